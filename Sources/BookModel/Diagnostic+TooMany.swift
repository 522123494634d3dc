extension Diagnostic {
  /// What is wrong a hundred times over is not told more often.
  package static let mostOfAFile = 100

  /// Says that others are left out.
  package static func tooMany(at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      .note, .tooManyErrors, at: range,
      "more than \(mostOfAFile) messages for one file; the others are left out")
  }
}

extension Sequence<Diagnostic> {
  /// The first ones of each file and severity, so that no warnings stand in the place of an error.
  package var withoutTooMany: [Diagnostic] {
    var counts: [Place: Int] = [:]
    var kept: [Diagnostic] = []
    for diagnostic in self {
      let place = Place(file: diagnostic.range?.file, severity: diagnostic.severity)
      let count = counts[place, default: 0] + 1
      counts[place] = count
      if count <= Diagnostic.mostOfAFile {
        kept.append(diagnostic)
      } else if count == Diagnostic.mostOfAFile + 1 {
        kept.append(.tooMany(at: diagnostic.range))
      }
    }
    return kept
  }
}

private struct Place: Hashable {
  var file: String?
  var severity: Diagnostic.Severity
}
