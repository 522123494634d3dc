import BookModel
import Markdown

extension ChapterReader {
  /// GitHub's dialect drops cells beyond the columns of the head without a word.
  func checkRow(_ row: MarkdownNode, _ problems: inout Problems) {
    guard case .table(let columns)? = row.parent?.kind, let range = range(of: row) else { return }
    let line = source.line(range.start.line)
    let bytes = Array(line)
    var start = range.start.column - 1
    while start < bytes.count, bytes[start].isBlank { start += 1 }
    if start < bytes.count, bytes[start] == UInt8(ascii: "|") { start += 1 }
    var end = bytes.count
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    var pipes: [Int] = []
    var i = start
    while i < end {
      if bytes[i] == UInt8(ascii: "\\") {
        i += 1
      } else if bytes[i] == UInt8(ascii: "|") {
        pipes.append(i)
      }
      i += 1
    }
    let cells = pipes.last == end - 1 ? pipes.count : pipes.count + 1
    guard cells > columns.count, pipes.indices.contains(columns.count - 1) else { return }
    let first = pipes[columns.count - 1]
    problems.add(
      .tableCells, at: source.range(line: range.start.line, first..<end),
      "row has \(cells) cells and its table \(columns.count) columns, so the rest of it would not be "
        + "shown; a '|' inside a cell, code too, is written '\\|'")
  }
}
