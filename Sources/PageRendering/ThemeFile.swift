import BookModel
import Markdown

/// The text of a file of a theme, whose lines messages show.
struct ThemeFile {
  let path: String
  private let text: String
  private let lines: LineTable

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = LineTable(Array(text.utf8))
  }

  /// - Parameter range: in bytes of the text.
  func diagnostic(_ id: DiagnosticID, at range: Range<Int>, _ summary: String) -> Diagnostic {
    func place(_ offset: Int) -> SourcePosition {
      let position = lines.position(of: offset)
      return SourcePosition(line: position.line, column: position.column)
    }
    let bytes = Array(text.utf8)
    let start = place(min(range.lowerBound, bytes.count))
    let excerpt = bytes[lines.range(ofLine: start.line)]
    return Diagnostic(
      .error, id,
      at: SourceRange(file: path, start: start, end: place(min(range.upperBound, bytes.count))),
      summary, excerpt: excerpt.count > 400 ? nil : String(decoding: excerpt, as: UTF8.self))
  }
}
