import BookModel

/// Puts what a cell really gave into the ` ```output ` fence after it.
package struct AcceptedOutput: Sendable {
  /// Line of the opening fence, and the one of the closing fence.
  let first: Int
  private let last: Int
  private let text: String
  private let old: String

  package init(_ expected: Cell.ExpectedOutput, text: String) {
    first = expected.range.start.line
    // A range that ends where a line begins ends with the line before.
    let end = expected.range.end
    last = end.column == 1 && end.line > first ? end.line - 1 : end.line
    self.text = text
    old = expected.text
  }

  /// The lines that go, after `-`, and those that come, after `+`, indented.
  var changes: [String] {
    let (before, after) = (Self.lines(of: old), Self.lines(of: text))
    let changes = after.difference(from: before).map { change in
      switch change {
      case .remove(let offset, let line, _): (offset, 0, "    - \(line)")
      case .insert(let offset, let line, _): (offset, 1, "    + \(line)")
      }
    }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    let most = 20
    return changes.count <= most
      ? changes : changes.prefix(most) + ["    … and \(changes.count - most) more lines"]
  }

  private static func lines(of text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The chapter with every accepted output in place; all other bytes are as they were.
  package static func applying(_ outputs: [AcceptedOutput], to chapter: [UInt8]) -> [UInt8] {
    var lines = split(chapter)
    for output in outputs.sorted(by: { $0.first > $1.first }) { output.replace(in: &lines) }
    return lines.flatMap { $0 }
  }

  private func replace(in lines: inout [ArraySlice<UInt8>]) {
    guard first >= 1, last > first, last <= lines.count else { return }
    let opening = lines[first - 1]
    guard let fenceStart = opening.firstIndex(where: { $0 == 0x60 || $0 == 0x7E }) else { return }
    let mark = opening[fenceStart]
    let prefix = opening[..<fenceStart]
    let fence = opening[fenceStart...].prefix { $0 == mark }
    let rest = opening[fence.endIndex...]
    let ending = rest.suffix { $0 == 0x0D || $0 == 0x0A }
    // In a list item the first line carries the mark of the item, which later lines do not.
    let indent = prefix.map { $0 == 0x3E || $0 == 0x09 ? $0 : 0x20 }
    let whole = text.hasSuffix("\n") ? text.dropLast() : text[...]
    let body: [Substring] =
      whole.isEmpty ? [] : whole.split(separator: "\n", omittingEmptySubsequences: false)
    // The text may hold fences itself.
    var longest = 0
    for line in body {
      let text = line.utf8.drop(while: { $0 == 0x20 })
      longest = max(longest, text.prefix(while: { $0 == mark }).count)
    }
    let length = max(fence.count, longest >= 3 ? longest + 1 : 3)
    let newFence = [UInt8](repeating: mark, count: length)
    var new: [ArraySlice<UInt8>] = [prefix + newFence + rest]
    for line in body { new.append((indent + Array(line.utf8) + Array(ending))[...]) }
    let closing = lines[last - 1]
    let closingEnd = closing.suffix { $0 == 0x0D || $0 == 0x0A }
    new.append((indent + newFence + closingEnd)[...])
    lines.replaceSubrange((first - 1)..<last, with: new)
  }

  /// Lines with their ends: `\n`, `\r\n` or `\r`.
  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      if byte == 0x0A || byte == 0x0D {
        lines.append(bytes[start..<index])
        start = index
      }
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }
}

extension ArraySlice<UInt8> {
  fileprivate func suffix(_ matches: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    var start = endIndex
    while start > startIndex, matches(self[start - 1]) { start -= 1 }
    return self[start...]
  }
}
