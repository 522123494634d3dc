extension Shades {
  /// A bar of the shades with the numbers at its ends.
  func drawKey(
    on canvas: Canvas, at origin: Point, width: Double, _ extent: DataRange, positive: Ink = .blue
  ) {
    guard !extent.isEmpty, full > none else { return }
    let width = max(width, 70)
    var bar = ShadedCells(self)
    let steps = 17
    let lowest = isSigned ? -full : none
    let values = (0..<steps).map { lowest + (full - lowest) * Double($0) / Double(steps - 1) }
    let low = figureNumber(lowest, digits: 3)
    let x = origin.x + textWidth(low, size: 12) + 5
    let barWidth = width - 10
    bar.addRow(values, x: x, centerY: origin.y + 6, cellWidth: barWidth / Double(steps))
    bar.draw(on: canvas, cellHeight: 9, positive: positive)
    canvas.rectangle(
      Rectangle(x: x, y: origin.y + 1.5, width: barWidth, height: 9), fill: .none, stroke: .grid)
    canvas.text(low, at: Point(x: x - 5, y: origin.y + 10), .end, .muted)
    canvas.text(
      figureNumber(full, digits: 3), at: Point(x: x + barWidth + 5, y: origin.y + 10), .start,
      .muted)
  }
}
