import BookModel
import PageRendering

extension BookBuild {
  /// The citations of a book as they stand on its pages. Where pandoc is missing or does not work, the
  /// pages show what the author wrote, and the build says why.
  func formatCitations(
    _ written: [WrittenCitation], of book: Book
  ) async -> (CitedWorks, [Diagnostic]) {
    guard let bibliography = book.bibliography else { return (CitedWorks(), []) }
    let known = Set(bibliography.keys.map(\.value))
    var seen: Set<String> = []
    let groups = written.map(\.group).filter {
      $0.keys.allSatisfy(known.contains) && seen.insert($0.text).inserted
    }.map(\.text)
    if groups.isEmpty { return (CitedWorks(), []) }
    let pandoc = Pandoc(isConfined: request.sandbox != .off)
    let question = Pandoc.Request(
      groups: groups, bibliography: bibliography, style: book.settings.citationStyle,
      language: book.settings.language)
    let store = CitationStore(path: request.caches.book + "/citations")
    let key = pandoc.identity.map(question.key)
    if let key, let works = store.works(for: key) { return (works, []) }
    do {
      let works = try await pandoc.format(question)
      if let key { store.keep(works, for: key) }
      return (works, [])
    } catch {
      return (CitedWorks(), [Self.explanation(of: error, bibliography)])
    }
  }

  private static func explanation(
    of failure: Pandoc.Failure, _ bibliography: Bibliography
  ) -> Diagnostic {
    switch failure {
    case .missing:
      Diagnostic(
        .warning, .noPandoc,
        "citations are shown as they are written, because 'pandoc' is not installed; 'apt install "
          + "pandoc' mends this")
    case .malformed(let message, let line):
      Diagnostic(
        .error, .bibliography, at: SourceRange(file: bibliography.path, line: line ?? 1),
        "bibliography cannot be read: \(message)")
    case .broken(let reason):
      Diagnostic(
        .warning, .pandocFailed,
        "citations are shown as they are written, because pandoc failed: \(reason)")
    }
  }
}
