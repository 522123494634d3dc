import SwiftDiagnostics
import SwiftParserDiagnostics
import SwiftSyntax

/// Mistakes of the grammar are found before the compiler starts: a brace that one cell leaves open
/// would swallow all the cells after it, and the compiler's messages would be about those.
func grammarMistakes(in tree: SourceFileSyntax) -> [(offset: Int, message: String)] {
  ParseDiagnosticsGenerator.diagnostics(for: tree)
    .filter { $0.diagMessage.severity == .error }
    .map { ($0.position.utf8Offset, $0.message) }
}
