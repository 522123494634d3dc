/// Draws a computation from its arguments at the top to its result at the bottom, with the value
/// and the gradient at each step.
///
/// ```swift
/// computationGraph([
///   GraphNode("w", value: 2, gradient: 3), GraphNode("x", value: 3, gradient: 2),
///   GraphNode("w · x", value: 6, gradient: 1, inputs: [0, 1]),
/// ])
/// ```
public func computationGraph(_ nodes: [GraphNode], title: String = "") -> Figure {
  Figure { size in ComputationGraph(nodes: nodes, title: title).drawing(size) }
}

struct ComputationGraph {
  let nodes: [GraphNode]
  let title: String

  /// A graph of more steps is not read node by node.
  private static let mostNodes = 60
  private static let lineHeight = 17.0
  private static let gap = 24.0

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    let name = title.utf8.isEmpty ? "Computation graph" : title
    if nodes.isEmpty || nodes.count > Self.mostNodes {
      return Drawing(width: size.width, height: 40, title: name, description: words) { canvas in
        canvas.text(words, at: Point(x: 4, y: 24), .start, .muted)
      }
    }
    let rows = self.rows
    var widest = 1
    for row in rows { widest = max(widest, row.count) }
    var boxWidth = self.boxWidth(stacked: false)
    // Where a row would be wider than the page, gradients stand below their values.
    let isStacked = Double(widest) * (boxWidth + 12) + 8 > size.width
    if isStacked { boxWidth = self.boxWidth(stacked: true) }
    let boxHeight = 6 + (isStacked ? 3 : 2) * Self.lineHeight
    let step = boxWidth + 12
    let width = max(Double(widest) * step + 8, size.width)
    let top = title.utf8.isEmpty ? 4.0 : 28
    var centers = [Point](repeating: Point(x: 0, y: 0), count: nodes.count)
    for (depth, row) in rows.enumerated() {
      for (place, index) in row.enumerated() {
        centers[index] = Point(
          x: width / 2 + (Double(place) - Double(row.count - 1) / 2) * max(step, 0),
          y: top + Double(depth) * (boxHeight + Self.gap) + boxHeight / 2)
      }
    }
    return Drawing(
      width: width, height: top + Double(rows.count) * (boxHeight + Self.gap) - 20, title: name,
      description: words
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      drawEdges(centers, boxHeight, canvas)
      for (index, node) in nodes.enumerated() {
        let center = centers[index]
        canvas.rectangle(
          Rectangle(
            x: center.x - boxWidth / 2, y: center.y - boxHeight / 2, width: boxWidth,
            height: boxHeight),
          fill: .paper, stroke: node.inputs.isEmpty ? .muted : .ink, radius: 5)
        let first = center.y - boxHeight / 2 + 16
        canvas.text(node.name, at: Point(x: center.x, y: first), .middle, bold: true)
        drawNumbers(
          node, at: Point(x: center.x, y: first + Self.lineHeight), stacked: isStacked, canvas)
      }
    }
  }

  private func boxWidth(stacked isStacked: Bool) -> Double {
    var width = 52.0
    for node in nodes {
      width = max(width, textWidth(node.name, size: 12) + 14)
      let (value, slope) = (textWidth(value(node), size: 12), textWidth(slope(node), size: 12))
      width = max(width, 12 + (isStacked || slope == 0 ? max(value, slope) : value + slope + 10))
    }
    return width
  }

  private func drawNumbers(
    _ node: GraphNode, at point: Point, stacked isStacked: Bool, _ canvas: Canvas
  ) {
    let (value, slope) = (value(node), slope(node))
    if slope.utf8.isEmpty || isStacked {
      canvas.text(value, at: point, .middle, .blue)
      canvas.text(slope, at: Point(x: point.x, y: point.y + Self.lineHeight), .middle, .orange)
      return
    }
    let half = (textWidth(value, size: 12) + textWidth(slope, size: 12) + 10) / 2
    canvas.text(value, at: Point(x: point.x - half, y: point.y), .start, .blue)
    canvas.text(slope, at: Point(x: point.x + half, y: point.y), .end, .orange)
  }

  private func value(_ node: GraphNode) -> String {
    node.detail.utf8.isEmpty ? figureNumber(node.value, digits: 3) : node.detail
  }

  private func slope(_ node: GraphNode) -> String {
    guard let gradient = node.gradient else { return "" }
    var text = TextBuffer()
    text.append("∂ ")
    text.appendFigureNumber(gradient, digits: 3)
    return text.string
  }

  private func drawEdges(_ centers: [Point], _ boxHeight: Double, _ canvas: Canvas) {
    var lines = PathData()
    var heads = PathData()
    for (index, node) in nodes.enumerated() {
      for input in node.inputs where input >= 0 && input < index {
        let start = Point(x: centers[input].x, y: centers[input].y + boxHeight / 2)
        let end = Point(x: centers[index].x, y: centers[index].y - boxHeight / 2)
        let bend = (end.y - start.y) / 2
        lines.move(to: start)
        lines.curve(
          Point(x: start.x, y: start.y + bend), Point(x: end.x, y: end.y - bend),
          to: Point(x: end.x, y: end.y - 5))
        heads.move(to: Point(x: end.x - 3.5, y: end.y - 7))
        heads.line(to: Point(x: end.x + 3.5, y: end.y - 7))
        heads.line(to: end)
        heads.close()
      }
    }
    canvas.path(lines, stroke: .muted, width: 1.2)
    canvas.path(heads, fill: .muted)
  }

  /// Nodes by row: an operation stands below its arguments, an argument right above its first use;
  /// within a row by the middle of what they are joined to.
  private var rows: [[Int]] {
    var depth = [Int](repeating: 0, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for input in node.inputs where input >= 0 && input < index {
        depth[index] = max(depth[index], depth[input] + 1)
      }
    }
    var firstUse = [Int](repeating: Int.max, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for input in node.inputs where input >= 0 && input < index {
        firstUse[input] = min(firstUse[input], depth[index])
      }
    }
    for (index, node) in nodes.enumerated() where node.inputs.isEmpty && firstUse[index] < Int.max {
      depth[index] = firstUse[index] - 1
    }
    var rows = [[Int]](repeating: [], count: (depth.max() ?? 0) + 1)
    for index in nodes.indices { rows[depth[index]].append(index) }
    for _ in 0..<4 { arrange(&rows) }
    return rows
  }

  private func arrange(_ rows: inout [[Int]]) {
    var place = [Double](repeating: 0, count: nodes.count)
    func note(_ row: [Int]) {
      for (position, index) in row.enumerated() {
        place[index] = Double(position) - Double(row.count - 1) / 2
      }
    }
    for row in rows { note(row) }
    for depth in rows.indices {
      var wanted = place
      for index in rows[depth] {
        var (sum, count) = (0.0, 0.0)
        for input in nodes[index].inputs where input >= 0 && input < index {
          sum += place[input]
          count += 1
        }
        for (user, node) in nodes.enumerated() where node.inputs.contains(index) {
          // What uses a node pulls a little less than what it is made of.
          sum += place[user] * 0.9
          count += 0.9
        }
        if count > 0 { wanted[index] = sum / count }
      }
      rows[depth].sort { wanted[$0] == wanted[$1] ? $0 < $1 : wanted[$0] < wanted[$1] }
      note(rows[depth])
    }
  }

  private var words: String {
    var text = TextBuffer()
    if nodes.isEmpty { return "no steps to draw" }
    text.appendGrouped(nodes.count)
    text.append(nodes.count == 1 ? " step" : " steps" as StaticString)
    if nodes.count > Self.mostNodes {
      text.append(": too many to draw one by one")
      return text.string
    }
    for node in nodes.suffix(12) {
      text.append("; ")
      text.append(node.name)
      text.append(" is ")
      if node.detail.utf8.isEmpty {
        text.appendFigureNumber(node.value, digits: 3)
      } else {
        text.append(node.detail)
      }
      if let gradient = node.gradient {
        text.append(", gradient ")
        text.appendFigureNumber(gradient, digits: 3)
      }
    }
    return text.string
  }
}
