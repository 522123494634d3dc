/// Draws a recurrent layer unrolled over its steps: the same weights at every step, a state that
/// changes from one to the next.
///
/// ```swift
/// unrolled(inputs: ["t", "h", "e"], states: [[0.1, -0.3], [0.5, 0.2], [0.9, -0.8]], outputs: ["", "", "y"])
/// ```
///
/// - Parameters:
///   - inputs: what each step reads; as many steps are drawn.
///   - states: the hidden state after each step, drawn as a column of shades; may be empty.
///   - outputs: what is read at each step; an empty name where nothing is.
///   - cell: the name inside of each cell.
///   - title: stands above the drawing, and begins its alternative text.
public func unrolled(
  inputs: [String], states: [[Float]] = [], outputs: [String] = [], cell: String = "cell",
  title: String = ""
) -> Figure {
  Figure { size in
    UnrolledNetwork(
      inputs: inputs, states: states.map { doubles($0) }, outputs: outputs, cell: cell, title: title
    ).drawing(size)
  }
}

struct UnrolledNetwork {
  let inputs: [String]
  let states: [[Double]]
  let outputs: [String]
  let cell: String
  let title: String

  /// More steps are drawn with their middle left out.
  private static let mostSteps = 5

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    let count = inputs.count
    let most = size == .full ? Self.mostSteps : 4
    let shown =
      count <= most
      ? Array(0..<count) : Array(0..<most - 3) + [-1] + Array(count - 2..<count)
    let step =
      (size.width - 8) / Double(max(shown.count, 1)) < 92
      ? (size.width - 8) / Double(max(shown.count, 1)) : 92
    let boxWidth = max(step - 20, 22)
    let hasOutputs = outputs.contains { !$0.utf8.isEmpty }
    let top = (title.utf8.isEmpty ? 4.0 : 28) + (hasOutputs ? 40 : 6)
    let boxHeight = states.isEmpty ? 40.0 : 66
    let left = (size.width - step * Double(shown.count)) / 2
    let height = top + boxHeight + 66
    return Drawing(
      width: size.width, height: height,
      title: title.utf8.isEmpty ? "Recurrent layer, unrolled" : title, description: words
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      if count == 0 {
        canvas.text("no steps to draw", at: Point(x: size.width / 2, y: 40), .middle, .muted)
        return
      }
      for (place, index) in shown.enumerated() {
        let center = left + (Double(place) + 0.5) * step
        let middle = top + boxHeight / 2
        if place > 0 {
          arrow(
            canvas, from: Point(x: center - step + boxWidth / 2, y: middle),
            to: Point(x: center - boxWidth / 2, y: middle), .orange)
        }
        if index < 0 {
          canvas.text("…", at: Point(x: center, y: middle + 5), .middle, .muted, size: 18)
          continue
        }
        drawStep(
          index, Rectangle(x: center - boxWidth / 2, y: top, width: boxWidth, height: boxHeight),
          canvas)
      }
      canvas.text(
        shortened("→ state passed on, the same weights at every step", width: size.width),
        at: Point(x: size.width / 2, y: height - 5), .middle, .muted)
    }
  }

  private func drawStep(_ index: Int, _ box: Rectangle, _ canvas: Canvas) {
    let center = box.x + box.width / 2
    canvas.rectangle(box, fill: .paper, stroke: .ink, radius: 6)
    canvas.text(
      shortened(cell, width: box.width - 3),
      at: Point(x: center, y: states.isEmpty ? box.y + 24 : box.y + 15),
      .middle)
    if index < states.count { drawState(states[index], box, canvas) }
    arrow(
      canvas, from: Point(x: center, y: box.bottom + 20), to: Point(x: center, y: box.bottom), .blue
    )
    canvas.text(
      shortened(inputs[index], width: box.width + 20), at: Point(x: center, y: box.bottom + 34),
      .middle, .blue, bold: true)
    if index < outputs.count, !outputs[index].utf8.isEmpty {
      arrow(canvas, from: Point(x: center, y: box.y), to: Point(x: center, y: box.y - 20), .ink)
      canvas.text(
        shortened(outputs[index], width: box.width + 20), at: Point(x: center, y: box.y - 25),
        .middle, bold: true)
    }
  }

  /// The state as a row of shaded squares; a long one shows its first units.
  private func drawState(_ state: [Double], _ box: Rectangle, _ canvas: Canvas) {
    var extent = DataRange()
    for one in states { for value in one { extent.include(value) } }
    let units = Array(state.prefix(8))
    guard !units.isEmpty, !extent.isEmpty else { return }
    let side = min((box.width - 10) / Double(units.count), 14)
    let x = box.x + (box.width - side * Double(units.count)) / 2
    var cells = ShadedCells(
      Shades(covering: extent, range: min(extent.lower, 0)...max(extent.upper, 0)))
    cells.addRow(units, x: x, centerY: box.bottom - 24, cellWidth: side)
    cells.draw(on: canvas, cellHeight: 18)
    var frames = PathData()
    for index in units.indices {
      frames.rectangle(
        Rectangle(x: x + Double(index) * side, y: box.bottom - 33, width: side, height: 18))
    }
    canvas.path(frames, stroke: .muted, width: 0.6)
  }

  private func arrow(_ canvas: Canvas, from start: Point, to end: Point, _ color: Ink) {
    canvas.line(start, end, color, width: 1.6)
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = max((dx * dx + dy * dy).squareRoot(), 0.1)
    let (ux, uy) = (dx / length, dy / length)
    var head = PathData()
    head.move(to: end)
    head.line(to: Point(x: end.x - 7 * ux - 4 * uy, y: end.y - 7 * uy + 4 * ux))
    head.line(to: Point(x: end.x - 7 * ux + 4 * uy, y: end.y - 7 * uy - 4 * ux))
    head.close()
    canvas.path(head, fill: color)
  }

  private var words: String {
    var text = TextBuffer()
    text.appendGrouped(inputs.count)
    text.append(inputs.count == 1 ? " step" : " steps" as StaticString)
    for (index, input) in inputs.prefix(12).enumerated() {
      text.append(index == 0 ? ": " : ", " as StaticString)
      text.append(input)
    }
    if let size = states.first?.count {
      text.append("; the state has ")
      text.append(size)
      text.append(size == 1 ? " unit" : " units" as StaticString)
    }
    return text.string
  }
}
