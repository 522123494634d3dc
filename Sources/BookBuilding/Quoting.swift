import BookModel

/// Quotes the author's line in diagnostics of stages that know only its place.
struct Quoting {
  private let chapters: [String: Chapter]

  init(_ chapters: [Chapter]) {
    self.chapters = Dictionary(chapters.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
  }

  func with(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.map { diagnostic in
      guard diagnostic.excerpt == nil, let range = diagnostic.range,
        let chapter = chapters[range.file], let line = line(range.start.line, of: chapter)
      else { return diagnostic }
      var diagnostic = diagnostic
      diagnostic.excerpt = line
      return diagnostic
    }
  }

  /// Nil for a line of the front matter, and for one too long to be of help.
  private func line(_ number: Int, of chapter: Chapter) -> String? {
    let index = number - chapter.firstLine
    guard index >= 0 else { return nil }
    let lines = chapter.markdown.utf8.split(
      separator: UInt8(ascii: "\n"), maxSplits: index + 1, omittingEmptySubsequences: false)
    guard index < lines.count, !lines[index].isEmpty, lines[index].count <= 400 else { return nil }
    return String(Substring(lines[index]))
  }
}
