/// A layer in a chain of blocks.
struct Block {
  let name: String
  /// What comes out of it, for one sample.
  let shape: String
  let count: Int
}

/// Draws layers as blocks below each other, with the shapes that flow between them.
func blockDiagram(_ blocks: [Block], input: String, title: String) -> Figure {
  Figure { size in
    BlockDiagram(blocks: blocks, input: input, title: title).drawing(size)
  }
}

private struct BlockDiagram {
  let blocks: [Block]
  let input: String
  let title: String

  /// Longer chains are drawn with their middle left out.
  private static let mostBlocks = 16

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    let shown =
      blocks.count <= Self.mostBlocks
      ? Array(blocks.indices) : Array(0..<9) + [-1] + Array(blocks.count - 5..<blocks.count)
    var boxWidth = 120.0
    for index in shown where index >= 0 {
      boxWidth = max(boxWidth, textWidth(blocks[index].name, size: 12) + 24)
    }
    boxWidth = min(boxWidth, size.width * 0.62)
    let x = 4.0
    let top = title.utf8.isEmpty ? 24.0 : 46
    let step = 50.0
    return Drawing(
      width: size.width, height: top + step * Double(max(shown.count, 1)) + 6,
      title: title.utf8.isEmpty ? "Layers of the network" : title, description: words
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      canvas.text(input, at: Point(x: x + boxWidth / 2 + 10, y: top - 4), .start, .muted)
      for (place, index) in shown.enumerated() {
        let y = top + Double(place) * step
        drawArrow(to: Point(x: x + boxWidth / 2, y: y + 4), from: y - 16, canvas)
        if index < 0 {
          canvas.text("⋮", at: Point(x: x + boxWidth / 2, y: y + 22), .middle, .muted, size: 16)
          continue
        }
        let block = blocks[index]
        canvas.rectangle(
          Rectangle(x: x, y: y + 4, width: boxWidth, height: 28), fill: .paper, stroke: .ink,
          radius: 4)
        canvas.text(
          shortened(block.name, width: boxWidth - 10), at: Point(x: x + boxWidth / 2, y: y + 22),
          .middle)
        if block.count > 0 {
          var text = TextBuffer()
          text.appendGrouped(block.count)
          text.append(" parameters")
          canvas.text(text.string, at: Point(x: x + boxWidth + 10, y: y + 22), .start, .blue)
        }
        canvas.text(
          block.shape, at: Point(x: x + boxWidth / 2 + 10, y: y + 46), .start, .muted)
      }
    }
  }

  private func drawArrow(to end: Point, from y: Double, _ canvas: Canvas) {
    canvas.line(Point(x: end.x, y: y), Point(x: end.x, y: end.y - 5), .muted, width: 1.4)
    var head = PathData()
    head.move(to: end)
    head.line(to: Point(x: end.x - 4, y: end.y - 7))
    head.line(to: Point(x: end.x + 4, y: end.y - 7))
    head.close()
    canvas.path(head, fill: .muted)
  }

  private var words: String {
    var text = TextBuffer()
    if !input.utf8.isEmpty {
      text.append("from ")
      text.append(input)
    }
    for block in blocks.prefix(20) {
      if !text.isEmpty { text.append(" through ") }
      text.append(block.name)
      if !block.shape.utf8.isEmpty {
        text.append(" to ")
        text.append(block.shape)
      }
    }
    return blocks.isEmpty ? "no layers" : text.string
  }
}
