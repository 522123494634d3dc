import BookModel
import Foundation

/// Diagnostics for other programs: CI systems, editors, dashboards. `docs/reports.md` has the forms.
package struct DiagnosticReport: Sendable {
  package enum Format: String, CaseIterable, Sendable {
    /// As people read it.
    case text
    /// A form of our own, with all that is known.
    case json
    /// The Static Analysis Results Interchange Format, version 2.1.0.
    case sarif
    /// Workflow commands, which GitHub shows as annotations in a pull request.
    case github
  }

  private let diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  package func text(as format: Format) -> String {
    switch format {
    case .text: DiagnosticPrinter().text(for: diagnostics)
    case .json: encoded(JSONReport(diagnostics))
    case .sarif: encoded(SARIFLog(diagnostics))
    case .github: diagnostics.map { GitHubAnnotation($0).text }.joined()
    }
  }

  private func encoded(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Texts and whole numbers are always written.
    guard let data = try? encoder.encode(value) else { return "{}\n" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
