import BookModel

/// Collects diagnostics of one file and quotes its lines in them.
struct Problems {
  let source: SourceText
  private(set) var found: [Diagnostic] = []

  /// Files that the chapter shows, whose lines may be wrong as well.
  var inclusions: [Inclusion] = []
  /// In parts of the chapter before this one.
  let inclusionsBefore: Int
  /// Whether others are put with them before anybody is told.
  private let isPart: Bool
  /// For lines of the file that `source` does not hold.
  var lineOfFile: ((Int) -> String?)?

  init(_ source: SourceText, isPart: Bool = false, inclusionsBefore: Int = 0) {
    self.source = source
    self.isPart = isPart
    self.inclusionsBefore = inclusionsBefore
  }

  /// Longer lines are not quoted.
  private static let longestExcerpt = 400

  /// Whether what else is found is not told.
  var isFull: Bool { found.count >= Diagnostic.mostOfAFile }

  mutating func add(
    _ id: DiagnosticID, severity: Diagnostic.Severity = .error, at range: SourceRange,
    _ summary: @autoclosure () -> String, notes: [Diagnostic.Note] = []
  ) {
    guard !isFull else { return }
    let line = line(range.start.line)
    add(
      Diagnostic(
        severity, id, at: range, summary(),
        excerpt: line.utf8.count > Self.longestExcerpt ? nil : line,
        notes: notes))
  }

  /// One that was found in a part.
  mutating func add(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    found.append(diagnostic)
    if found.count == Diagnostic.mostOfAFile, !isPart {
      found.append(.tooMany(at: diagnostic.range))
    }
  }

  private func line(_ number: Int) -> String {
    guard let place = Inclusion.line(number) else {
      return lineOfFile?(number) ?? source.text(ofLine: number)
    }
    let index = place.number - inclusionsBefore
    let lines = inclusions.indices.contains(index) ? inclusions[index].lines : []
    return lines.indices.contains(place.line - 1) ? lines[place.line - 1] : ""
  }
}
