/// Finds the bytes of the inline nodes of one block in the author's text.
///
/// cmark counts columns in the text of the block and misses some line ends (after a backslash, in
/// the target of a link, in a formula). What can be relied on is a column relative to the last
/// line end that cmark did count. So the nodes are walked in order and that line end is tracked.
struct InlineLocator {
  /// Byte ranges in the text of the block.
  var found: [CNode: Range<Int>] = [:]
  private let block: CNode
  let content: UnsafeBufferPointer<UInt8>
  /// Offset just after the last line end that cmark counted.
  private var lineStart = 0
  /// Everything before this offset belongs to nodes already met.
  private(set) var cursor = 0
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

  func clamp(_ offset: Int) -> Int { min(max(offset, 0), content.count) }

  func offset(column: Int) -> Int { clamp(lineStart + column - 1 - columnBase) }

  mutating func set(_ node: CNode, _ range: Range<Int>) {
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
      let start = offset(of: node) { [content] in content[$0...].starts(with: "[^".utf8) }
      set(node, start..<clamp(endOfLabel(from: start) + 1))
      countLines(in: found[node]!, isText: true)
    case .link where locateAutolink(node): break
    default:
      if node.hasColumns {
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
  mutating func countLines(in range: Range<Int>, isText: Bool = false) {
    for i in range where content[i] == .lineFeed {
      if isText, i > 0, content[i - 1] == .backslash { continue }
      lineStart = i + 1
    }
  }

  private mutating func locate(_ node: CNode, length: Int) {
    let first = node.kind == .formula ? UInt8.dollar : UInt8(ascii: "<")
    let start = offset(of: node) { [content] in $0 < content.count && content[$0] == first }
    set(node, start..<clamp(start + length))
  }

  /// The offset of a node that must stand at a certain place. Where it does not, cmark counted a
  /// line end that left no node, as in the label of a footnote that nobody wrote: the next ones are
  /// tried.
  mutating func offset(of node: CNode, where stands: (Int) -> Bool) -> Int {
    let known = lineStart
    let limit = clamp(known + 2 * Self.longestLabel)
    while lineStart < limit {
      let start = offset(column: node.startColumn)
      if stands(start) { return start }
      guard let end = content[lineStart..<limit].firstIndex(of: .lineFeed) else { break }
      lineStart = end + 1
    }
    lineStart = known
    return offset(column: node.startColumn)
  }
}
