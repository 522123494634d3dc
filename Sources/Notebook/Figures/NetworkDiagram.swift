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
///   - layers: columns from left to right, the inputs first.
///   - title: stands above the diagram, and begins its alternative text.
///   - showsValues: whether weights and biases are written as numbers; left out, where there is
///     room.
///   - showsWeights: false draws all connections alike, for a network whose lines are to be
///     counted.
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

  func biasText(_ layer: Int, _ unit: Int) -> String {
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
    var extent = DataRange()
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
