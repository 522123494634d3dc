import BookModel

/// The form of `--report json`. Names and meanings stay; later versions only add.
struct JSONReport: Encodable {
  struct Entry: Encodable {
    var severity: String
    var id: String
    var message: String
    var file: String?
    /// Lines from 1, columns from 1 in UTF-8 bytes; the end is behind the last byte.
    var line: Int?
    var column: Int?
    var endLine: Int?
    var endColumn: Int?
    var excerpt: String?
    var notes: [Note]
  }

  struct Note: Encodable {
    var message: String
    var file: String?
    var line: Int?
    var column: Int?
  }

  struct Counts: Encodable {
    var errors: Int
    var warnings: Int
    var notes: Int
  }

  var version = 1
  var diagnostics: [Entry]
  var counts: Counts

  init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics.map { diagnostic in
      Entry(
        severity: diagnostic.severity.rawValue, id: diagnostic.id.rawValue,
        message: diagnostic.summary,
        file: diagnostic.range?.file, line: diagnostic.range?.start.line,
        column: diagnostic.range?.start.column, endLine: diagnostic.range?.end.line,
        endColumn: diagnostic.range?.end.column, excerpt: diagnostic.excerpt,
        notes: diagnostic.notes.map { note in
          Note(
            message: note.summary, file: note.range?.file, line: note.range?.start.line,
            column: note.range?.start.column)
        })
    }
    counts = Counts(
      errors: diagnostics.count { $0.severity == .error },
      warnings: diagnostics.count { $0.severity == .warning },
      notes: diagnostics.count { $0.severity == .note })
  }
}
