import BookModel
import PageRendering

extension BookBuild {
  /// MathML for the formulas of the book. Where KaTeX is missing or does not work, the pages show the
  /// TeX, and the build says why.
  func typeset(
    _ written: [WrittenFormula], of book: Book
  ) async -> (TypesetFormulas, [Diagnostic]) {
    // Markdown keeps its TeX, in notebooks too.
    if written.isEmpty || [.markdown, .ipynb].contains(request.format) {
      return (TypesetFormulas(), [])
    }
    let used = Set(written.map(\.formula))
    let katex = KaTeX(
      macros: book.settings.macros, isConfined: request.sandbox != .off)
    var store = FormulaStore(
      path: request.caches.book + "/formulas", version: katex.identity ?? "")
    let new = used.filter { store.mathML[$0] == nil }
      .sorted { ($0.tex, $0.isDisplay ? 1 : 0) < ($1.tex, $1.isDisplay ? 1 : 0) }
    func typeset() -> TypesetFormulas {
      TypesetFormulas(mathML: store.mathML, used: used, maker: katex.identity)
    }
    if new.isEmpty { return (typeset(), []) }
    let answers: [KaTeX.Answer]
    do {
      answers = try await katex.typeset(new)
    } catch {
      return (typeset(), [Self.explanation(of: error)])
    }
    var made: [Formula: String] = [:]
    var problems: [Diagnostic] = []
    let definitions = MacroDefinitions(in: written)
    let places = FormulaPlaces(book.chapters)
    for (formula, answer) in zip(new, answers) {
      switch answer {
      case .mathML(let text): made[formula] = text
      case .mistake(let message, let offset):
        for place in written where place.formula == formula {
          problems.append(
            Diagnostic(
              .error, .formula, at: places.range(of: offset, in: place),
              "formula cannot be set\(Self.near(offset, in: formula)): \(message)",
              notes: definitions.notes(for: message)))
        }
      }
    }
    store.add(made, used: used)
    return (typeset(), problems)
  }

  private static func near(_ offset: Int?, in formula: Formula) -> String {
    guard let offset else { return "" }
    let rest = formula.tex.utf16.dropFirst(offset)
    let text = String(Substring(rest)).prefix(20)
    return text.isEmpty ? " at the end" : " at '\(text)'"
  }

  private static func explanation(of failure: KaTeX.Failure) -> Diagnostic {
    switch failure {
    case .missing(let package):
      Diagnostic(
        .warning, .noKatex,
        "formulas are shown as TeX, because '\(package)' is not installed; "
          + "'apt install katex nodejs' mends this")
    case .broken(let reason):
      Diagnostic(
        .warning, .katexFailed, "formulas are shown as TeX, because KaTeX failed: \(reason)")
    }
  }
}
