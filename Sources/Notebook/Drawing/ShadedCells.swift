/// Cells of a map as few bytes: one path per shade, and one stroke for each run of equal cells.
struct ShadedCells {
  private var paths = [PathData](repeating: PathData(), count: 2 * Shades.levels + 1)
  private let shades: Shades

  init(_ shades: Shades) {
    self.shades = shades
  }

  /// Adds a row of cells; NaN leaves its cell empty.
  mutating func addRow(_ values: [Double], x: Double, centerY: Double, cellWidth: Double) {
    var column = 0
    while column < values.count {
      let level = shades.level(values[column])
      let start = column
      while column < values.count, shades.level(values[column]) == level { column += 1 }
      guard level != 0 else { continue }
      paths[level + Shades.levels].move(to: Point(x: x + Double(start) * cellWidth, y: centerY))
      paths[level + Shades.levels].line(to: Point(x: x + Double(column) * cellWidth, y: centerY))
    }
  }

  func draw(on canvas: Canvas, cellHeight: Double, positive: Ink = .blue, negative: Ink = .orange) {
    canvas.markup.begin("g")
    canvas.markup.set("shape-rendering", "crispEdges")
    canvas.markup.set("stroke-width", cellHeight)
    for (index, path) in paths.enumerated() where !path.isEmpty {
      let level = index - Shades.levels
      canvas.markup.begin("path")
      canvas.markup.set("d", raw: path.bytes)
      canvas.markup.set("stroke", level < 0 ? negative : positive)
      canvas.markup.set("stroke-opacity", hundredths: shades.opacity(level))
      canvas.markup.end()
    }
    canvas.markup.end()
  }
}
