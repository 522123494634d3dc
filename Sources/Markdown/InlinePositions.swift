/// Finds the bytes of the inline nodes of one block in the author's text.
///
/// cmark counts the columns of inline nodes in the text of the block, with the prefixes of quotes
/// and lists gone, and its line counter misses some line ends. What can be relied on is a node's
/// column relative to the last line end that cmark did count. So the nodes are walked in order,
/// that line end is tracked, and offsets in the block's text are mapped to the author's lines.
func locateInlines(in block: CNode, of document: MarkdownDocument) -> [CNode: Range<Int>] {
  guard let map = ContentMap(block, document) else { return [:] }
  var locator = InlineLocator(block: block, content: block.content)
  locator.walk()
  return locator.found.mapValues { range in
    let start = map.source(range.lowerBound)
    return start..<max(start, map.source(end: range.upperBound))
  }
}

/// From offsets in a block's text to offsets in the document.
private struct ContentMap {
  /// For each line of the block's text: its offset there, and in the document.
  private var lines: [(content: Int, source: Int)] = []

  init?(_ block: CNode, _ document: MarkdownDocument) {
    let content = block.content
    guard !content.isEmpty else { return nil }
    var starts = [0]
    var end = content.count
    while end > 0, content[end - 1].isSpace { end -= 1 }
    for i in 0..<end where content[i] == .lineFeed { starts.append(i + 1) }

    if block.kind != .paragraph, !block.isSetextHeadingNode {
      let line = document.lines.range(ofLine: block.startLine)
      let source = line.lowerBound + block.startColumn - 1 + block.internalOffset
      lines = [(0, max(line.lowerBound, min(source, line.upperBound)))]
      return
    }
    // Definitions of links at the start of a paragraph are cut from its text, so count from its
    // last line.
    let last = block.endLine - (block.isSetextHeadingNode ? 1 : 0)
    for (i, start) in starts.enumerated() {
      var contentEnd = i + 1 < starts.count ? starts[i + 1] - 1 : end
      while contentEnd > start, content[contentEnd - 1].isSpace { contentEnd -= 1 }
      let line = document.lines.range(ofLine: last - (starts.count - 1 - i))
      var sourceEnd = line.upperBound
      while sourceEnd > line.lowerBound, document.text[sourceEnd - 1].isSpace { sourceEnd -= 1 }
      lines.append((start, max(line.lowerBound, sourceEnd - (contentEnd - start))))
    }
  }

  func source(_ offset: Int) -> Int {
    let line = lines[index(of: offset)]
    return line.source + offset - line.content
  }

  /// An end belongs to the line of the byte before it.
  func source(end offset: Int) -> Int { offset == 0 ? source(0) : source(offset - 1) + 1 }

  private func index(of offset: Int) -> Int {
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle].content <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

extension CNode {
  fileprivate var isSetextHeadingNode: Bool { kind == .heading && isSetextHeading }
}

private struct InlineLocator {
  let block: CNode
  let content: UnsafeBufferPointer<UInt8>
  var found: [CNode: Range<Int>] = [:]
  /// Offset just after the last line end that cmark counted.
  private var lineStart = 0
  /// Everything before this offset belongs to nodes already met.
  private var cursor = 0
  /// What cmark adds to the column of every node of the block.
  private let columnBase: Int

  init(block: CNode, content: UnsafeBufferPointer<UInt8>) {
    self.block = block
    self.content = content
    columnBase = block.startColumn - 1 + block.internalOffset
  }

  mutating func walk() {
    var open: [CNode] = []
    var next = block.firstChild
    while let node = next {
      enter(node)
      if let child = node.firstChild {
        open.append(node)
        next = child
        continue
      }
      leave(node)
      next = node.next
      while next == nil, let parent = open.popLast() {
        leave(parent)
        next = parent.next
      }
    }
  }

  private func clamp(_ offset: Int) -> Int { min(max(offset, 0), content.count) }

  private func offset(column: Int) -> Int { clamp(lineStart + column - 1 - columnBase) }

  private mutating func enter(_ node: CNode) {
    switch node.kind {
    case .softBreak: passLine(counted: true)
    case .lineBreak:
      var i = cursor
      while i < content.count, content[i] != .lineFeed { i += 1 }
      passLine(counted: i == 0 || content[i - 1] != .backslash)
    case .code: locateCode(node)
    case .htmlInline: locateHTML(node)
    case .formula:
      let start = offset(column: node.startColumn)
      let length = node.formulaFlags.source(of: node.literal).utf8.count
      set(node, start..<clamp(start + length))
    case .text: locateText(node)
    case .link where isAutolink(node):
      let start = clamp(node.startColumn - 1)
      set(node, start..<clamp(node.endColumn))
    default:
      if node.startColumn > 0 {
        let start = offset(column: node.startColumn)
        found[node] = start..<start
      }
    }
  }

  /// `<https://…>`: cmark leaves both offsets out of its columns.
  private func isAutolink(_ node: CNode) -> Bool {
    let start = node.startColumn - 1
    return start >= cursor && start < content.count && content[start] == UInt8(ascii: "<")
      && node.endColumn <= content.count && node.endColumn > start
      && content[node.endColumn - 1] == UInt8(ascii: ">")
  }

  private mutating func leave(_ node: CNode) {
    guard node.firstChild != nil else { return }
    let first = node.firstChild.flatMap { found[$0] }
    let last = node.lastChild.flatMap { found[$0] }
    switch node.kind {
    case .emphasis, .strong:
      // The columns are those of the whole run of marks, of which this node took the inner ones.
      let width = node.kind == .strong ? 2 : 1
      let start = first.map { $0.lowerBound - width } ?? found[node]?.lowerBound ?? cursor
      set(node, clamp(start)..<clamp(max(cursor, last?.upperBound ?? cursor) + width))
    case .link, .image, .strikethrough, .footnoteReference:
      guard let start = found[node]?.lowerBound, found[node]?.isEmpty == true else { return }
      set(node, start..<max(start, offset(column: node.endColumn + 1)))
    default: break
    }
  }

  private mutating func set(_ node: CNode, _ range: Range<Int>) {
    found[node] = range
    cursor = max(cursor, range.upperBound)
  }

  private mutating func passLine(counted: Bool) {
    while cursor < content.count, content[cursor] != .lineFeed { cursor += 1 }
    cursor = clamp(cursor + 1)
    if counted { lineStart = cursor }
  }

  private mutating func locateText(_ node: CNode) {
    let start = node.startColumn > 0 ? offset(column: node.startColumn) : cursor
    let end = node.endColumn >= node.startColumn ? offset(column: node.endColumn + 1) : start
    set(node, start..<max(start, end))
  }

  /// cmark's columns are those of the text between the back-quotes.
  private mutating func locateCode(_ node: CNode) {
    let inner = offset(column: node.startColumn)
    var start = inner
    while start > 0, content[start - 1] == .backQuote { start -= 1 }
    let width = inner - start
    var i = inner
    var run = 0
    while i < content.count {
      if content[i] == .backQuote {
        run += 1
      } else {
        if run == width { break }
        run = 0
      }
      i += 1
    }
    set(node, start..<i)
    countLines(in: start..<i)
  }

  private mutating func locateHTML(_ node: CNode) {
    let start = offset(column: node.startColumn)
    let end = clamp(start + node.literal.utf8.count)
    set(node, start..<end)
    countLines(in: start..<end)
  }

  private mutating func countLines(in range: Range<Int>) {
    for i in range where content[i] == .lineFeed { lineStart = i + 1 }
  }
}
