/// The one place where a diagnostic becomes text.
package struct DiagnosticPrinter: Sendable {
  package var usesColor: Bool

  package init(usesColor: Bool = false) { self.usesColor = usesColor }

  /// `file:line:column: error: summary [id]`, then the source line and a caret, then the notes.
  package func text(for diagnostic: Diagnostic) -> String {
    var lines = [headline(diagnostic)]
    if let excerpt = diagnostic.excerpt, let start = diagnostic.range?.start {
      lines.append(contentsOf: quoted(excerpt, range: diagnostic.range, column: start.column))
    }
    for note in diagnostic.notes {
      lines.append(place(note.range) + styled("note", .note) + ": " + note.summary)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  package func text(for diagnostics: some Sequence<Diagnostic>) -> String {
    diagnostics.map(text(for:)).joined()
  }

  private func headline(_ diagnostic: Diagnostic) -> String {
    place(diagnostic.range) + styled(diagnostic.severity.rawValue, diagnostic.severity)
      + ": \(diagnostic.summary) [\(diagnostic.id)]"
  }

  private func place(_ range: SourceRange?) -> String {
    guard let range else { return "" }
    return "\(range.file):\(range.start.line):\(range.start.column): "
  }

  /// The caret stands under the column as a terminal shows it: tabs are kept as tabs, and each
  /// character before the column takes one cell.
  private func quoted(_ excerpt: String, range: SourceRange?, column: Int) -> [String] {
    let prefix = excerpt.utf8.prefix(max(0, column - 1))
    let before = String(decoding: prefix, as: UTF8.self)
    let indent = String(before.map { $0 == "\t" ? "\t" : " " })
    var marks = "^"
    if let range, range.end.line == range.start.line, range.end.column > range.start.column + 1 {
      let width = excerpt.utf8.dropFirst(column - 1).prefix(range.end.column - range.start.column)
      marks += String(
        repeating: "~", count: max(0, String(decoding: width, as: UTF8.self).count - 1))
    }
    return ["  " + excerpt, "  " + indent + marks]
  }

  private func styled(_ word: String, _ severity: Diagnostic.Severity) -> String {
    guard usesColor else { return word }
    let code =
      switch severity {
      case .error: "31"
      case .warning: "33"
      case .note: "36"
      }
    return "\u{1B}[1;\(code)m\(word)\u{1B}[0m"
  }
}
