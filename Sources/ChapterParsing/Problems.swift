import BookModel

/// Collects diagnostics of one file and quotes its lines in them.
struct Problems {
  let source: SourceText
  private(set) var found: [Diagnostic] = []

  /// Files that the chapter shows, whose lines may be wrong as well.
  var inclusions: [Inclusion] = []

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
    let line = line(range.start.line)
    found.append(
      Diagnostic(
        severity, id, at: range, summary,
        excerpt: line.utf8.count > Self.longestExcerpt ? nil : line,
        notes: notes))
    if found.count == Self.most {
      found.append(
        Diagnostic(
          .note, .tooManyErrors, at: range,
          "more than \(Self.most) messages for one file; the others are left out"))
    }
  }

  private func line(_ number: Int) -> String {
    guard let place = Inclusion.line(number) else { return source.text(ofLine: number) }
    let lines = inclusions.indices.contains(place.number) ? inclusions[place.number].lines : []
    return lines.indices.contains(place.line - 1) ? lines[place.line - 1] : ""
  }
}
