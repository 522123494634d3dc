extension NetworkDiagram {
  func drawConnections(
    _ before: DiagramPlan.Column, _ column: DiagramPlan.Column, _ canvas: Canvas
  ) {
    guard before.isNext(to: column) else {
      canvas.text(
        "…", at: Point(x: (before.x + column.x) / 2, y: column.middle + 5), .middle, .muted,
        size: 18)
      return
    }
    let weights = layers[column.layer].weights
    // Equal thicknesses share one path.
    let steps = 6
    var paths = [PathData](repeating: PathData(), count: 2 * steps)
    var plain = PathData()
    let largest = weights.reduce(0) { row, values in
      values.reduce(row) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    }
    for from in before.units {
      for to in column.units {
        let start = Point(x: before.x, y: from.y)
        let end = Point(x: column.x, y: to.y)
        guard showsWeights, from.index < weights.count, to.index < weights[from.index].count else {
          plain.move(to: start)
          plain.line(to: end)
          continue
        }
        let weight = weights[from.index][to.index]
        guard weight.isFinite, largest > 0, weight != 0 else { continue }
        let step = min(Int(weight.magnitude / largest * Double(steps)), steps - 1)
        let place = weight < 0 ? steps + step : step
        paths[place].move(to: start)
        paths[place].line(to: end)
      }
    }
    canvas.path(plain, stroke: .muted, opacity: 0.8)
    // A crowd of lines would be one dark patch.
    let scale = before.units.count * column.units.count > 36 ? 0.4 : 0.65
    for (index, path) in paths.enumerated() {
      let isNegative = index >= steps
      canvas.path(
        path, stroke: isNegative ? .orange : .blue, width: 0.75 + Double(index % steps) * scale,
        dash: isNegative ? "5 3" : nil)
    }
  }

  func writeWeights(
    _ before: DiagramPlan.Column, _ column: DiagramPlan.Column, _ plan: DiagramPlan,
    _ canvas: Canvas
  ) {
    let weights = layers[column.layer].weights
    guard before.isNext(to: column) else { return }
    var taken: [Rectangle] = []
    for one in [before, column] {
      for unit in one.units where unit.index < layers[one.layer].biases.count {
        let width = textWidth(biasText(one.layer, unit.index), size: 12)
        taken.append(
          Rectangle(x: one.x - width / 2, y: unit.y + plan.radius + 1, width: width, height: 13))
      }
    }
    for from in before.units where from.index < weights.count {
      for to in column.units where to.index < weights[from.index].count {
        let weight = weights[from.index][to.index]
        let text = figureNumber(weight, digits: 3)
        let width = textWidth(text, size: 12)
        // Along the line, where no number stands yet; lines stand apart near their starts.
        var box = Rectangle(x: 0, y: 0, width: width, height: 13)
        for share in [0.36, 0.27, 0.45, 0.6, 0.68, 0.5, 0.22, 0.75, 0.55, 0.31, 0.4, 0.64] {
          box.x = before.x + (column.x - before.x) * share - width / 2
          box.y = from.y + (to.y - from.y) * share - 6
          let isFree = !taken.contains {
            $0.x < box.right && box.x < $0.right && $0.y < box.bottom && box.y < $0.bottom
          }
          if isFree { break }
        }
        taken.append(box)
        canvas.text(
          text, at: Point(x: box.x + width / 2, y: box.y + 10), .middle, .sign(weight), halo: true,
          handle: handle(column.layer, from: from.index, to: to.index))
      }
    }
  }
}
