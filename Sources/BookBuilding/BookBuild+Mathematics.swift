import BookModel
import EngineBuilding
import PageRendering

extension BookBuild {
  /// MathML for the formulas of the book. Where KaTeX is missing or does not work, the pages show the
  /// TeX, and the build says why.
  /// - Parameter groups: the formulas of the book as they travel together: those of each chapter.
  func typeset(
    _ groups: [[WrittenFormula]], of book: Book
  ) async -> (TypesetFormulas, [Diagnostic]) {
    let written = groups.flatMap(\.self)
    // Markdown keeps its TeX, in notebooks too.
    if written.isEmpty || [.markdown, .ipynb].contains(request.format) {
      return (TypesetFormulas(), [])
    }
    let used = Set(written.map(\.formula))
    let katex = KaTeX(
      macros: book.settings.macros, isConfined: request.sandbox != .off)
    var store = FormulaStore(
      path: request.caches.book + "/formulas", version: katex.identity ?? "")
    let exchange = katex.identity.flatMap { maker in
      shared.map { FormulaExchange(shared: $0, maker: maker) }
    }
    // What is stored is not looked at: this is how a store is filled, or mended.
    let isAnew = exchange != nil && request.execution == .always
    let absent =
      isAnew
      ? groups.map { Set($0.map(\.formula)) }.filter { !$0.isEmpty }
      : await take(groups, into: &store, from: exchange)
    let new = used.filter { isAnew || store.mathML[$0] == nil }.ordered
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
    for group in absent { exchange?.give(group, store.mathML) }
    return (typeset(), problems)
  }

  /// Fills the store with what other machines have of the formulas that it lacks.
  /// - Returns: the groups that they do not have.
  private func take(
    _ groups: [[WrittenFormula]], into store: inout FormulaStore, from exchange: FormulaExchange?
  ) async -> [Set<Formula>] {
    guard let exchange else { return [] }
    let lacking = groups.map { Set($0.map(\.formula)) }
      .filter { group in group.contains { store.mathML[$0] == nil } }
    let found = await parallelMap(lacking, width: request.width) { await exchange.take($0) }
    let taken = found.compactMap(\.self)
    if !taken.isEmpty {
      observer(.detail("Took the formulas of \(taken.count) chapters from the shared store"))
      store.add(
        taken.reduce(into: [:]) { $0.merge($1) { $1 } },
        used: Set(groups.joined().map(\.formula)))
    }
    return zip(lacking, found).filter { $0.1 == nil }.map(\.0)
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
