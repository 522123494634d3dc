import BookModel

/// Collects diagnostics of one file and quotes its lines in them.
struct Problems {
  let source: SourceText
  private(set) var found: [Diagnostic] = []

  init(_ source: SourceText) { self.source = source }

  mutating func add(
    _ id: String, severity: Diagnostic.Severity = .error, at range: SourceRange,
    _ summary: String, notes: [Diagnostic.Note] = []
  ) {
    found.append(
      Diagnostic(
        severity, id, at: range, summary, excerpt: source.text(ofLine: range.start.line),
        notes: notes))
  }
}
