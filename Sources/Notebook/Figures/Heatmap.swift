/// Draws a matrix as a map of shades; a small one has its numbers written in.
///
/// ```swift
/// heatmap(weights, rowNames: ["h1", "h2"], columnNames: ["x1", "x2"], title: "weights")
/// ```
public func heatmap<Value: ShownNumber>(
  _ rows: [[Value]], rowNames: [String] = [], columnNames: [String] = [], title: String = "",
  x: String = "", y: String = "", range: ClosedRange<Double>? = nil, showsValues: Bool? = nil,
  format: NumberFormat? = nil
) -> Figure {
  let rows = rows.map { doubles($0) }
  return Figure { size in
    Heatmap(
      rows: rows, rowNames: rowNames, columnNames: columnNames, title: title, xLabel: x, yLabel: y,
      range: range, showsValues: showsValues, format: format
    ).drawing(size)
  }
}

struct Heatmap {
  let rows: [[Double]]
  let rowNames: [String]
  let columnNames: [String]
  let title: String
  let xLabel: String
  let yLabel: String
  let range: ClosedRange<Double>?
  let showsValues: Bool?
  let format: NumberFormat?

  /// More cells than this along a side are averaged together.
  private static let mostCells = 40

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    var columnCount = 0
    for row in rows { columnCount = max(columnCount, row.count) }
    let cells = averaged(rows, columns: columnCount, limit: Self.mostCells)
    let columns = cells.first?.count ?? 0

    var left = 8.0
    var nameWidth = 0.0
    for name in rowNames { nameWidth = max(nameWidth, textWidth(name, size: 12)) }
    nameWidth = min(nameWidth, size.width * 0.3)
    left += nameWidth
    var cell = min((size.width - left - 10) / Double(max(columns, 1)), 40)
    let cellHeight = min(cell, max(240 / Double(max(cells.count, 1)), 3))
    let writesValues =
      showsValues
      ?? (cells.count == rows.count && columns == columnCount && cell >= 30 && cellHeight >= 16)
    // Only numbers need more width than height.
    if !writesValues, cellHeight > cell * 0.5 { cell = cellHeight }
    var longestName = 0.0
    for name in columnNames { longestName = max(longestName, textWidth(name, size: 12)) }
    let isTurned = longestName > cell - 4
    let nameHeight = columnNames.isEmpty ? 4 : isTurned ? min(longestName, 90) * 0.75 + 12 : 18
    let top =
      (title.utf8.isEmpty ? 2 : 22) + (axisNames.utf8.isEmpty ? 0 : 18) + nameHeight
    let mapWidth = Double(columns) * cell
    let mapHeight = Double(cells.count) * cellHeight
    let turnedRoom = isTurned ? min(longestName, 90) * 0.7 : 0
    let heading = axisNames
    let textRoom = max(textWidth(title, size: 13) * 1.06, textWidth(heading, size: 12)) + 4
    let width = min(
      max(left + mapWidth + 10 + turnedRoom, textRoom, writesValues && columns > 0 ? 40 : 190),
      size.width + turnedRoom)

    var extent = DataRange()
    for row in rows { for value in row { extent.include(value) } }
    var shades = Shades(covering: extent, range: range)
    if writesValues { shades.strongest = 0.55 }

    return Drawing(
      width: width, height: top + mapHeight + (writesValues ? 6 : 34),
      title: title.utf8.isEmpty ? "Heat map" : title,
      description: words(extent, columns: columnCount)
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      if columns == 0 {
        canvas.text("no values to draw", at: Point(x: width / 2, y: top + 6), .middle, .muted)
        return
      }
      canvas.text(heading, at: Point(x: 2, y: top - nameHeight - 5), .start, .muted)
      var map = ShadedCells(shades)
      for (index, row) in cells.enumerated() {
        map.addRow(
          row, x: left, centerY: top + (Double(index) + 0.5) * cellHeight, cellWidth: cell)
      }
      map.draw(on: canvas, cellHeight: cellHeight)
      canvas.rectangle(
        Rectangle(x: left, y: top, width: mapWidth, height: mapHeight), fill: .none, stroke: .grid)
      drawNames(
        canvas, left: left, top: top, cell: cell, cellHeight: cellHeight, isTurned: isTurned)
      if writesValues {
        for (index, row) in cells.enumerated() {
          for (column, value) in row.enumerated() {
            canvas.text(
              text(value, width: cell),
              at: Point(
                x: left + (Double(column) + 0.5) * cell,
                y: top + (Double(index) + 0.5) * cellHeight + 4),
              .middle)
          }
        }
      }
      if !writesValues {
        shades.drawKey(
          on: canvas, at: Point(x: left, y: top + mapHeight + 10), width: min(mapWidth, 130),
          extent)
      }
    }
  }

  /// A number as the author wants it, or with as many digits as fit its cell.
  private func text(_ value: Double, width: Double) -> String {
    guard let format, value.isFinite else { return cellText(value, width: width) }
    var text = TextBuffer()
    text.append(value, format)
    return text.typeset.string
  }

  /// "↓ query   → key"
  private var axisNames: String {
    var text = TextBuffer()
    if !yLabel.utf8.isEmpty {
      text.append("↓ ")
      text.append(yLabel)
      if !xLabel.utf8.isEmpty { text.append("   ") }
    }
    if !xLabel.utf8.isEmpty {
      text.append("→ ")
      text.append(xLabel)
    }
    return text.string
  }

  private func drawNames(
    _ canvas: Canvas, left: Double, top: Double, cell: Double, cellHeight: Double, isTurned: Bool
  ) {
    // Names of rows that would overlap are left out evenly.
    let rowStride = max(Int((13 / cellHeight).rounded(.up)), 1)
    for (index, name) in rowNames.enumerated() where index < rows.count && index % rowStride == 0 {
      canvas.text(
        shortened(name, width: left - 8),
        at: Point(x: left - 5, y: top + (Double(index) + 0.5) * cellHeight + 4), .end)
    }
    let columnStride = max(Int((13 / cell).rounded(.up)), 1)
    for (index, name) in columnNames.enumerated()
    where index < (rows.first?.count ?? 0) && index % columnStride == 0 {
      let place = Point(x: left + (Double(index) + 0.5) * cell, y: top - 6)
      if isTurned {
        canvas.markup.begin("g")
        var turn = TextBuffer()
        turn.append("rotate(-45 ")
        turn.append(Int(place.x))
        turn.append(" ")
        turn.append(Int(place.y))
        turn.append(")")
        canvas.markup.set("transform", raw: turn.bytes)
        canvas.text(shortened(name, width: 90), at: place)
        canvas.markup.end()
      } else {
        canvas.text(name, at: place, .middle)
      }
    }
  }

  private func words(_ extent: DataRange, columns: Int) -> String {
    var text = TextBuffer()
    text.appendGrouped(rows.count)
    text.append(" × ")
    text.appendGrouped(columns)
    if extent.isEmpty {
      text.append(" cells, no values to draw")
    } else {
      text.append(" values from ")
      text.appendFigureNumber(extent.lower, digits: 3)
      text.append(" to ")
      text.appendFigureNumber(extent.upper, digits: 3)
    }
    return text.string
  }
}

/// A number that fits its cell: fewer digits where there is less room.
func cellText(_ value: Double, width: Double) -> String {
  for digits in [3, 2, 1] {
    let text = figureNumber(value, digits: digits)
    if textWidth(text, size: 12) <= width - 2 { return text }
  }
  return figureNumber(value, digits: 1)
}
