import BookModel

/// Collects diagnostics of one file and quotes its lines in them.
struct Problems {
  let source: SourceText
  private(set) var found: [Diagnostic] = []

  init(_ source: SourceText) { self.source = source }

  /// What is wrong a hundred times over is not told more often.
  private static let most = 100
  /// Longer lines are not quoted.
  private static let longestExcerpt = 400

  mutating func add(
    _ id: DiagnosticID, severity: Diagnostic.Severity = .error, at range: SourceRange,
    _ summary: String,
    notes: [Diagnostic.Note] = []
  ) {
    guard found.count < Self.most else { return }
    let line = source.line(range.start.line)
    found.append(
      Diagnostic(
        severity, id, at: range, summary,
        excerpt: line.count > Self.longestExcerpt ? nil : String(decoding: line, as: UTF8.self),
        notes: notes))
    if found.count == Self.most {
      found.append(
        Diagnostic(
          .note, .tooManyErrors, at: range,
          "more than \(Self.most) messages for one file; the others are left out"))
    }
  }
}
