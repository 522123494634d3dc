/// What is wrong (or worth knowing), and where. A value: only `DiagnosticPrinter` makes text of it.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Sendable { case error, warning, note }

  package var severity: Severity
  package var id: DiagnosticID
  /// Nil where the mistake is not in a file of the book.
  package var range: SourceRange?
  /// One headline without a full stop: the thing and its value, the rule, the nearest valid value.
  package var summary: String
  /// The source line(s) to show under the headline, tabs and all, with a caret at `range`.
  package var excerpt: String?
  package var notes: [Note]

  package struct Note: Hashable, Sendable {
    package var summary: String
    package var range: SourceRange?

    package init(_ summary: String, range: SourceRange? = nil) {
      self.summary = summary
      self.range = range
    }
  }

  package init(
    _ severity: Severity = .error, _ id: DiagnosticID, at range: SourceRange? = nil,
    _ summary: String,
    excerpt: String? = nil, notes: [Note] = []
  ) {
    self.severity = severity
    self.id = id
    self.range = range
    self.summary = Self.shortened(summary)
    self.excerpt = excerpt
    self.notes = notes
  }
}

extension Diagnostic {
  /// What a message quotes may be a megabyte long; nobody reads the middle of it.
  private static func shortened(_ summary: String) -> String {
    guard summary.utf8.count > 2000 else { return summary }
    return summary.prefix(1200) + "…" + summary.suffix(400)
  }
}

extension Sequence<Diagnostic> {
  package var hasErrors: Bool { contains { $0.severity == .error } }
}

/// Several diagnostics thrown at once, by a stage that cannot give a value without them mended.
package struct DiagnosticError: Error, Sendable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  package init(_ diagnostic: Diagnostic) { self.init([diagnostic]) }
}
