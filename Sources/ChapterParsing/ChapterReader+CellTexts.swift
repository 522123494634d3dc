import BookModel
import Markdown

/// The texts among a cell's words may hold inline values, as prose does.
extension ChapterReader {
  mutating func readTexts(of options: CellOptions, _ problems: inout Problems) {
    var texts = [options.caption, options.alternativeText].compactMap(\.self)
    if case .predicted(let question) = options.output { texts.append(question) }
    for text in texts where text.value.contains("`{") { readValues(in: text, &problems) }
  }

  private mutating func readValues(in text: Located<String>, _ problems: inout Problems) {
    let document = MarkdownDocument(parsing: text.value)
    let columns = source.columns(of: text)
    let line = text.range.start.line
    for node in document.nodes {
      guard case .code(let code) = node.kind, code.hasPrefix("{"), let found = node.range,
        found.start.line == 1, columns.indices.contains(found.end.column - 1)
      else { continue }
      let offsets = found.start.column - 1..<found.end.column - 1
      let range = source.range(
        SourcePosition(line: line, column: columns[offsets.lowerBound]),
        SourcePosition(line: line, column: columns[offsets.upperBound]))
      guard var value = InlineValue(code: code, range: range, source: source, &problems) else {
        continue
      }
      value.rangeInText = offsets
      inlineValues.append(value)
    }
  }
}

extension SourceText {
  /// The column of each byte of a word's value, and the one after the last: quotation marks and
  /// backslashes that escape one are not part of the value.
  fileprivate func columns(of text: Located<String>) -> [Int] {
    let (start, end) = (text.range.start.column, text.range.end.column)
    let bytes = Array(line(text.range.start.line).dropFirst(start - 1).prefix(end - start))
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else {
      return Array(start...end)
    }
    var columns: [Int] = []
    var i = 1
    while i < bytes.count - 1 {
      if bytes[i] == backslash, i + 2 < bytes.count,
        bytes[i + 1] == quote || bytes[i + 1] == backslash
      {
        i += 1
      }
      columns.append(start + i)
      i += 1
    }
    return columns + [end - 1]
  }
}
