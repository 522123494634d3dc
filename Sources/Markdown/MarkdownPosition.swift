/// A place in a Markdown text: line and column from 1, columns in UTF-8 bytes.
package struct MarkdownPosition: Hashable, Comparable, Sendable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (a: Self, b: Self) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// From `start` up to, but not including, `end`.
package struct MarkdownRange: Hashable, Sendable {
  package var start: MarkdownPosition
  package var end: MarkdownPosition

  package init(_ start: MarkdownPosition, _ end: MarkdownPosition) {
    self.start = start
    self.end = end
  }
}

/// Where the lines of a text begin. `\n`, `\r\n` and `\r` end a line, as they do for cmark.
package struct LineTable: Hashable, Sendable {
  /// Byte offset of the first byte of each line. No text is longer than four gigabytes.
  private var starts: [UInt32] = [0]
  /// Byte offset of the end of each line, its line end left out.
  private var ends: [UInt32] = []

  package init(_ bytes: [UInt8]) {
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      if byte == 0x0A || byte == 0x0D {
        ends.append(UInt32(i))
        if byte == 0x0D, i + 1 < bytes.count, bytes[i + 1] == 0x0A { i += 1 }
        starts.append(UInt32(i + 1))
      }
      i += 1
    }
    ends.append(UInt32(bytes.count))
  }

  package var count: Int { starts.count }

  /// The bytes of line `line`, from 1; empty beyond the last.
  package func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= starts.count else {
      let end = Int(ends.last ?? 0)
      return end..<end
    }
    return Int(starts[line - 1])..<Int(ends[line - 1])
  }

  package func position(of offset: Int) -> MarkdownPosition {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= offset { low = middle } else { high = middle }
    }
    return MarkdownPosition(line: low + 1, column: offset - Int(starts[low]) + 1)
  }

  package func offset(of position: MarkdownPosition) -> Int {
    range(ofLine: position.line).lowerBound + position.column - 1
  }
}
