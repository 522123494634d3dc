/// One column of a network diagram: the inputs, or the units of a layer.
public struct DiagramLayer: Sendable {
  let name: String
  let count: Int
  let unitNames: [String]
  let weights: [[Double]]
  let biases: [Double]
  let maps: [Field]

  /// - Parameters:
  ///   - weights: one row for each unit of the layer before, one column for each unit of this.
  ///   - maps: what each unit answers over the plane, drawn inside it.
  public init<Number: ShownNumber>(
    _ name: String, count: Int, unitNames: [String] = [], weights: [[Number]],
    biases: [Number] = [], maps: [Field] = []
  ) {
    self.name = name
    self.count = count
    self.unitNames = unitNames
    self.weights = weights.map { doubles($0) }
    self.biases = doubles(biases)
    self.maps = maps
  }

  public init(_ name: String, count: Int, unitNames: [String] = [], maps: [Field] = []) {
    self.init(name, count: count, unitNames: unitNames, weights: [[Double]](), maps: maps)
  }
}

/// Draws units and the connections between them: thicker for larger weights, blue above zero,
/// orange and dashed below.
///
/// ```swift
/// diagram([
///   DiagramLayer("inputs", count: 2, unitNames: ["x₁", "x₂"]),
///   DiagramLayer("hidden", count: 2, weights: [[10, 10], [10, 10]], biases: [-5, -15]),
///   DiagramLayer("output", count: 1, weights: [[10], [-10]], biases: [-5]),
/// ])
/// ```
///
/// - Parameters:
///   - showsValues: whether weights and biases are written as numbers.
///   - showsWeights: false draws all connections alike, for a network whose lines are to be counted.
public func diagram(
  _ layers: [DiagramLayer], title: String = "", showsValues: Bool? = nil,
  showsWeights: Bool = true
) -> Figure {
  Figure { size in
    NetworkDiagram(
      layers: layers, title: title, showsValues: showsValues, showsWeights: showsWeights
    ).drawing(size)
  }
}

struct NetworkDiagram {
  let layers: [DiagramLayer]
  let title: String
  let showsValues: Bool?
  let showsWeights: Bool
  var handles: WeightHandles?

  /// Taller columns and longer rows are drawn with their middle left out.
  static let mostUnits = 9
  static let mostLayers = 9

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    var connections = 0
    for layer in layers.dropFirst() where !layer.weights.isEmpty {
      connections += layer.weights.count * layer.count
    }
    let writesValues =
      showsWeights
      && (showsValues
        ?? (connections > 0 && connections <= 9 && size == .full && layers[0].maps.isEmpty))
    // Numbers have signs of their own.
    let hasLegend = showsWeights && connections > 0 && !writesValues
    let plan = DiagramPlan(
      layers, size: size, top: title.utf8.isEmpty ? 6 : 28, isSpacious: writesValues)
    return Drawing(
      width: size.width, height: plan.height + (hasLegend ? 24 : 0),
      title: title.utf8.isEmpty ? "Network diagram" : title, description: words
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      if layers.isEmpty {
        canvas.text(
          "no layers to draw", at: Point(x: size.width / 2, y: plan.height / 2), .middle, .muted)
        return
      }
      for index in plan.columns.indices.dropFirst() {
        drawConnections(plan.columns[index - 1], plan.columns[index], canvas)
      }
      for index in plan.columns.indices.dropFirst() {
        drawHandles(plan.columns[index - 1], plan.columns[index], canvas)
      }
      if writesValues {
        for index in plan.columns.indices.dropFirst() {
          writeWeights(plan.columns[index - 1], plan.columns[index], plan, canvas)
        }
      }
      for column in plan.columns { drawUnits(column, plan, canvas, writesBiases: writesValues) }
      if hasLegend { drawLegend(at: plan.height + 16, size, canvas) }
    }
  }

  private func drawLegend(at y: Double, _ size: FigureSize, _ canvas: Canvas) {
    let names = ["adds", "takes away", "thicker: more"]
    let shown = size == .third ? Array(names.prefix(2)) : names
    let width = shown.reduce(-14) { $0 + textWidth($1, size: 12) + 34 }
    canvas.legend(shown, at: Point(x: (size.width - width) / 2, y: y), width: size.width) {
      index, point in
      canvas.line(
        Point(x: point.x - 8, y: point.y), Point(x: point.x + 8, y: point.y),
        index == 2 ? .muted : index == 1 ? .orange : .blue, width: index == 2 ? 4 : 2,
        dashed: index == 1)
    }
  }

  private func drawConnections(
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

  private func writeWeights(
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

  private func biasText(_ layer: Int, _ unit: Int) -> String {
    var text = TextBuffer()
    text.append("b ")
    text.appendFigureNumber(layers[layer].biases[unit], digits: 3)
    return text.string
  }

  private func drawUnits(
    _ column: DiagramPlan.Column, _ plan: DiagramPlan, _ canvas: Canvas, writesBiases: Bool
  ) {
    let layer = layers[column.layer]
    for unit in column.units {
      let center = Point(x: column.x, y: unit.y)
      if unit.index < layer.maps.count {
        let side = plan.radius * 2
        drawMap(
          layer.maps[unit.index],
          Rectangle(
            x: center.x - plan.radius, y: center.y - plan.radius, width: side, height: side),
          canvas)
      } else {
        canvas.circle(
          center, radius: plan.radius, fill: .paper, stroke: .ink, width: 1.5,
          handle: handle(column.layer, biasOf: unit.index))
      }
      if unit.index < layer.unitNames.count {
        let name = layer.unitNames[unit.index]
        if unit.index >= layer.maps.count, textWidth(name, size: 12) < plan.radius * 2 - 3 {
          canvas.text(name, at: Point(x: center.x, y: center.y + 4), .middle)
        } else if column.isFirst {
          canvas.text(name, at: Point(x: center.x - plan.radius - 4, y: center.y + 4), .end)
        } else {
          canvas.text(name, at: Point(x: center.x + plan.radius + 4, y: center.y + 4), halo: true)
        }
      }
      if writesBiases, unit.index < layer.biases.count {
        canvas.text(
          biasText(column.layer, unit.index),
          at: Point(x: center.x, y: center.y + plan.radius + 12), .middle, .muted, halo: true,
          handle: handle(column.layer, biasOf: unit.index))
      }
    }
    if let gap = column.gap {
      for offset in [-7.0, 0, 7] {
        canvas.circle(Point(x: column.x, y: gap + offset), radius: 1.6, fill: .muted)
      }
    }
    let names = plan.names(of: column, in: layers)
    for (line, name) in names.enumerated() {
      canvas.text(
        name, at: Point(x: plan.labelCenter(column, name), y: plan.labelTop + Double(line) * 15),
        .middle, line == 0 ? .ink : .muted)
    }
  }

  /// What a unit answers over the plane: orange below, blue above its middle.
  private func drawMap(_ field: Field, _ box: Rectangle, _ canvas: Canvas) {
    canvas.rectangle(box, fill: .paper)
    drawBands(of: field, on: canvas) { place in
      Point(x: box.x + place.x * box.width, y: box.bottom - place.y * box.height)
    }
    canvas.rectangle(box, fill: .none, stroke: .ink)
  }

  private var words: String {
    var text = TextBuffer()
    for (index, layer) in layers.enumerated() {
      if index > 0 { text.append(" → ") }
      text.append(layer.name)
      text.append(" (")
      text.appendGrouped(layer.count)
      text.append(layer.count == 1 ? " unit)" : " units)" as StaticString)
    }
    var extent = Extent()
    for layer in layers {
      for row in layer.weights { for weight in row { extent.include(weight) } }
    }
    if !extent.isEmpty {
      text.append("; weights from ")
      text.appendFigureNumber(extent.lower, digits: 3)
      text.append(" to ")
      text.appendFigureNumber(extent.upper, digits: 3)
    }
    return layers.isEmpty ? "no layers" : text.string
  }
}
