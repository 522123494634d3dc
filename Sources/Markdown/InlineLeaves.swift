// How the places of text, code spans, bare links and labels are found.

extension InlineLocator {
  /// Text that stands as it was written ends with its last byte, other text where cmark says. The
  /// column of back-quotes that open nothing is that of the byte after them.
  mutating func locateText(_ node: CNode) {
    if found[node] != nil { return }
    let literal = node.literal.utf8
    let start = node.hasColumns ? offset(column: node.startColumn) : cursor
    for start in [start, cursor] where content[start...].starts(with: literal) {
      set(node, start..<start + literal.count)
      countLines(in: found[node]!, isText: true)
      return
    }
    let said = node.hasColumns ? offset(column: node.endColumn + 1) : start
    let end = max(start, said)
    set(node, start..<(content[start..<end].firstIndex(of: .lineFeed) ?? end))
  }

  static let longestLabel = 1000

  /// Offset of the bracket that closes the first one at or after `start`; the end of the block
  /// where none does.
  func endOfLabel(from start: Int) -> Int {
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
  mutating func locateCode(_ node: CNode) {
    let literal = node.literal.utf8.drop { $0 == 0x20 }.prefix { $0 != 0x20 }
    let inner = offset(of: node) { [content] inner in
      inner > 0 && content[inner - 1] == .backQuote
        && content[inner...].drop { $0.isSpace || $0 == .backslash }.starts(with: literal)
    }
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
  mutating func locateAutolink(_ node: CNode) -> Bool {
    let start = node.startColumn - 1
    let bytes = node.firstChild?.literal.utf8 ?? "".utf8
    if start >= 0, start < node.endColumn, node.endColumn <= content.count,
      content[start] == UInt8(ascii: "<"), content[node.endColumn - 1] == UInt8(ascii: ">"),
      start >= cursor || content[(start + 1)...].starts(with: bytes)
    {
      set(node, start..<node.endColumn)
      if let text = node.firstChild { found[text] = start + 1..<node.endColumn - 1 }
      return true
    }
    guard let text = node.firstChild, text.kind == .text, text.next == nil else { return false }
    if node.hasColumns, content[offset(column: node.startColumn)...].first == UInt8(ascii: "[") {
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

extension CNode {
  /// cmark gives no columns to bare addresses. A paragraph that a table follows at once begins at
  /// column 0, so that a first column of 0 alone says nothing.
  var hasColumns: Bool { startColumn > 0 || endColumn > 0 }
}
