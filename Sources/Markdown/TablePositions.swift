extension MarkdownDocument {
  /// The bytes of a row, from its first mark to its last. cmark's columns are those of the table's
  /// first line, and a header that follows a paragraph at once is said to be where that begins.
  func offsets(ofRow row: CNode) -> Range<Int>? {
    guard let table = row.parent, table.startLine > 0 else { return nil }
    var number = row.startLine
    if row.isHeaderRow { number = (row.next?.startLine ?? table.endLine + 1) - 2 }
    let line = lines.range(ofLine: number)
    var start = line.lowerBound
    if number == table.startLine {
      start = min(start + table.startColumn - 1, line.upperBound)
    } else {
      while start < line.upperBound, text[start].isSpace || text[start] == UInt8(ascii: ">") {
        start += 1
      }
    }
    var end = line.upperBound
    while end > start, text[end - 1].isSpace { end -= 1 }
    return start..<end
  }

  /// The bytes of a cell between its pipes, blanks left out; nil for cells that cmark added to a
  /// short row.
  func offsets(ofCell cell: CNode) -> Range<Int>? {
    guard let row = cell.parent else { return nil }
    if cellOffsets[row] == nil { cellOffsets[row] = locateCells(of: row) }
    return cellOffsets[row]?[cell]
  }

  private func locateCells(of row: CNode) -> [CNode: Range<Int>] {
    guard let line = offsets(ofRow: row) else { return [:] }
    var found: [CNode: Range<Int>] = [:]
    var cell = row.firstChild
    var next = line.lowerBound
    if next < line.upperBound, text[next] == .pipe { next += 1 }
    while let current = cell, next < line.upperBound {
      var start = next
      var end = endOfCell(from: start, line)
      next = end + 1
      while start < end, text[start].isSpace { start += 1 }
      while end > start, text[end - 1].isSpace { end -= 1 }
      found[current] = start..<end
      cell = current.next
    }
    return found
  }

  /// Offset of the next pipe that no backslash escapes.
  private func endOfCell(from start: Int, _ line: Range<Int>) -> Int {
    var i = start
    while i < line.upperBound, text[i] != .pipe {
      i += text[i] == .backslash && i + 1 < line.upperBound && text[i + 1] == .pipe ? 2 : 1
    }
    return min(i, line.upperBound)
  }
}
