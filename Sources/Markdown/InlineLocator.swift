/// Finds the bytes of the inline nodes of one block in the author's text.
///
/// cmark counts columns in the text of the block and misses some line ends (after a backslash, in
/// the target of a link, in a formula). What can be relied on is a column relative to the last
/// line end that cmark did count. So the nodes are walked in order and that line end is tracked.
struct InlineLocator {
  /// Byte ranges in the text of the block.
  private(set) var found: [CNode: Range<Int>] = [:]
  private let block: CNode
  private let content: UnsafeBufferPointer<UInt8>
  /// Offset just after the last line end that cmark counted.
  private var lineStart = 0
  /// Everything before this offset belongs to nodes already met.
  private var cursor = 0
  /// What cmark adds to the column of every node of the block.
  private let columnBase: Int

  /// The ranges of a block's inline nodes in the document.
  static func locate(in block: CNode, of document: MarkdownDocument) -> [CNode: Range<Int>] {
    guard let map = ContentMap(block, document) else { return [:] }
    var locator = InlineLocator(block)
    locator.walk()
    let limit = document.text.count
    return locator.found.mapValues { range in
      let start = min(max(0, map.source(range.lowerBound)), limit)
      return start..<min(max(start, map.source(end: range.upperBound)), limit)
    }
  }

  private init(_ block: CNode) {
    self.block = block
    content = block.content
    columnBase = block.startColumn - 1 + block.internalOffset
  }

  private mutating func walk() {
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

  private mutating func set(_ node: CNode, _ range: Range<Int>) {
    found[node] = range
    cursor = max(cursor, range.upperBound)
  }

  private mutating func enter(_ node: CNode) {
    switch node.kind {
    case .softBreak: passLine(counted: true)
    case .lineBreak:
      var i = cursor
      while i < content.count, content[i] != .lineFeed { i += 1 }
      passLine(counted: i == 0 || content[i - 1] != .backslash)
    case .code: locateCode(node)
    case .htmlInline:
      locate(node, length: node.literal.utf8.count)
      countLines(in: found[node]!)
    case .formula: locate(node, length: node.formulaFlags.source(of: node.literal).utf8.count)
    case .text: locateText(node)
    case .footnoteReference:
      let start = offset(column: node.startColumn)
      set(node, start..<clamp(endOfLabel(from: start) + 1))
      countLines(in: found[node]!, isText: true)
    case .link where locateAutolink(node): break
    default:
      if node.startColumn > 0 {
        let start = offset(column: node.startColumn)
        found[node] = start..<start
      }
    }
  }

  private mutating func leave(_ node: CNode) {
    let first = node.firstChild.flatMap { found[$0] }
    let last = node.lastChild.flatMap { found[$0] }
    switch node.kind {
    case .emphasis, .strong:
      // The columns are those of the whole run of marks, of which this node took the inner ones.
      let width = node.kind == .strong ? 2 : 1
      let start = first.map { $0.lowerBound - width } ?? found[node]?.lowerBound ?? cursor
      set(node, clamp(start)..<clamp(max(start, max(cursor, last?.upperBound ?? cursor) + width)))
    case .link, .image, .strikethrough:
      guard let start = found[node]?.lowerBound, found[node]?.isEmpty == true else { return }
      set(node, start..<max(start, offset(column: node.endColumn + 1)))
    default: break
    }
  }

  private mutating func passLine(counted: Bool) {
    while cursor < content.count, content[cursor] != .lineFeed { cursor += 1 }
    cursor = clamp(cursor + 1)
    if counted { lineStart = cursor }
  }

  /// - Parameter isText: text has line breaks, and those after a backslash are not counted.
  private mutating func countLines(in range: Range<Int>, isText: Bool = false) {
    for i in range where content[i] == .lineFeed {
      if isText, i > 0, content[i - 1] == .backslash { continue }
      lineStart = i + 1
    }
  }

  private mutating func locate(_ node: CNode, length: Int) {
    let start = offset(column: node.startColumn)
    set(node, start..<clamp(start + length))
  }

  /// Text that stands as it was written ends with its last byte, other text where cmark says. The
  /// column of back-quotes that open nothing is that of the byte after them.
  private mutating func locateText(_ node: CNode) {
    if found[node] != nil { return }
    let literal = node.literal.utf8
    let start = node.startColumn > 0 ? offset(column: node.startColumn) : cursor
    for start in [start, cursor] where content[start...].starts(with: literal) {
      set(node, start..<start + literal.count)
      countLines(in: found[node]!, isText: true)
      return
    }
    if let label = brokenLabel(in: node.literal, from: start) {
      set(node, label)
      countLines(in: label, isText: true)
      return
    }
    let said = node.startColumn > 0 ? offset(column: node.endColumn + 1) : start
    let end = max(start, said)
    set(node, start..<(content[start..<end].firstIndex(of: .lineFeed) ?? end))
  }

  /// A footnote that nobody wrote is text; cmark counted the line ends in its label.
  private func brokenLabel(in literal: String, from start: Int) -> Range<Int>? {
    guard literal.contains("[^") else { return nil }
    let end = endOfLabel(from: start)
    guard end < content.count, content[start..<end].contains(.lineFeed) else { return nil }
    return start..<end + 1
  }

  private static let longestLabel = 1000

  /// Offset of the bracket that closes the first one at or after `start`; the end of the block
  /// where none does.
  private func endOfLabel(from start: Int) -> Int {
    var depth = 0
    var i = start
    while i < min(content.count, start + Self.longestLabel) {
      switch content[i] {
      case .backslash: i += 1
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"):
        depth -= 1
        if depth <= 0 { return i }
      default: break
      }
      i += 1
    }
    return content.count
  }

  /// cmark's columns are those of the text between the back-quotes.
  private mutating func locateCode(_ node: CNode) {
    let inner = offset(column: node.startColumn)
    var start = inner
    while start > cursor, content[start - 1] == .backQuote { start -= 1 }
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

  /// Links that are their own text. `<https://…>` has columns that leave every offset out; bare
  /// addresses have none, or those of the text they were found in.
  private mutating func locateAutolink(_ node: CNode) -> Bool {
    let start = node.startColumn - 1
    if start >= cursor, start < node.endColumn, node.endColumn <= content.count,
      content[start] == UInt8(ascii: "<"), content[node.endColumn - 1] == UInt8(ascii: ">")
    {
      set(node, start..<node.endColumn)
      if let text = node.firstChild { found[text] = start + 1..<node.endColumn - 1 }
      return true
    }
    guard let text = node.firstChild, text.kind == .text, text.next == nil else { return false }
    if node.startColumn > 0, content[offset(column: node.startColumn)...].first == UInt8(ascii: "[")
    {
      return false
    }
    let literal = text.literal.utf8
    var i = cursor
    let end = min(content.count - literal.count, cursor + 64)
    while i <= end, !content[i...].starts(with: literal) { i += 1 }
    guard i <= end else { return false }
    set(node, i..<i + literal.count)
    found[text] = found[node]
    return true
  }
}
