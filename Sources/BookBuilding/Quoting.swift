import BookModel

/// Quotes the author's line in diagnostics of stages that know only its place.
struct Quoting {
  private let chapters: [String: Chapter]

  init(_ chapters: [Chapter]) {
    self.chapters = Dictionary(chapters.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
  }

  /// - Returns: no more of one file than anybody reads.
  func with(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var known: [String: [Substring.UTF8View]] = [:]
    func line(_ range: SourceRange) -> String? {
      guard let chapter = chapters[range.file] else { return nil }
      let lines =
        known[range.file]
        ?? chapter.markdown.utf8.split(
          separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      known[range.file] = lines
      // Nil for a line of the front matter, and for one too long to be of help.
      let index = range.start.line - chapter.firstLine
      guard lines.indices.contains(index), !lines[index].isEmpty, lines[index].count <= 400 else {
        return nil
      }
      return String(Substring(lines[index]))
    }
    return diagnostics.withoutTooMany.map { diagnostic in
      guard diagnostic.excerpt == nil, let range = diagnostic.range, let line = line(range) else {
        return diagnostic
      }
      var diagnostic = diagnostic
      diagnostic.excerpt = line
      return diagnostic
    }
  }
}
