import BookModel

/// A symbol of the book's formulas, and where readers find it.
package struct ListedSymbol: Hashable, Sendable {
  struct Place: Hashable, Sendable {
    var slug: String
    /// Nil for what stands before the first section.
    var anchor: String?
    /// Of the section or the chapter.
    var number: String
  }

  var formula: Formula
  /// Markdown of one line.
  var meaning: Located<String>
  /// The first of each chapter.
  var places: [Place]
}

extension BookIndex {
  /// The name of the page with the symbols.
  static let symbolsName = "symbols"

  /// Of the list, which no chapter has.
  var formulasOfSymbols: [WrittenFormula] {
    settings.symbols.flatMap { symbol in
      let own = Formula(tex: symbol.formula.value, isDisplay: false)
      return [WrittenFormula(formula: own, range: symbol.formula.range)]
        + TitleText(symbol.meaning.value).formulas.map {
          WrittenFormula(formula: $0, range: symbol.meaning.range)
        }
    }
  }

  /// Finds the symbols that `book.yml` lists in the formulas of the chapters.
  mutating func collectSymbols() {
    let listed = settings.symbols.map { (symbol: $0, tokens: TeXTokens($0.formula.value)) }
    if listed.isEmpty { return }
    symbols = listed.map {
      ListedSymbol(
        formula: Formula(tex: $0.symbol.formula.value, isDisplay: false),
        meaning: $0.symbol.meaning, places: [])
    }
    var seen: [TeXTokens: SourceRange] = [:]
    var byFirst: [String: [Int]] = [:]
    for (number, entry) in listed.enumerated() {
      let range = entry.symbol.formula.range
      if let first = seen[entry.tokens] {
        diagnostics.append(
          Diagnostic(
            .error, .duplicateKey, at: range,
            "symbol '$\(entry.symbol.formula.value)$' is listed twice",
            notes: [Diagnostic.Note("first listed here", range: first)]))
        continue
      }
      seen[entry.tokens] = range
      if let first = entry.tokens.tokens.first { byFirst[first, default: []].append(number) }
    }
    var used: Set<String> = []
    for (chapter, number) in zip(chapters, chapterNumbers) {
      var open = Set(listed.indices)
      for written in chapter.formulasInOrder {
        let formula = TeXTokens(written.formula.tex)
        used.formUnion(formula.tokens)
        for place in formula.tokens.indices {
          for symbol in byFirst[formula.tokens[place]] ?? []
          where open.contains(symbol) && formula.contains(listed[symbol].tokens, at: place) {
            open.remove(symbol)
            let section = chapter.section(at: written.range)
            symbols[symbol].places.append(
              ListedSymbol.Place(
                slug: chapter.slug, anchor: section?.anchor,
                number: section?.number.map { "\(number.text).\($0)" } ?? number.text))
          }
        }
      }
    }
    checkSymbols(listed.map(\.tokens), isListed: Set(byFirst.values.joined()), used)
    for place in symbols.flatMap(\.places) {
      mentions[place.slug, default: []].insert(place.anchor)
    }
  }

  private mutating func checkSymbols(
    _ tokens: [TeXTokens], isListed: Set<Int>, _ used: Set<String>
  ) {
    let path = settings.symbols.first?.formula.range.file ?? ""
    for (place, symbol) in symbols.enumerated() {
      let range = settings.symbols[place].formula.range
      if symbol.places.isEmpty, isListed.contains(place) {
        let isCommand = symbol.formula.tex.hasPrefix("\\")
        let near = nearest(
          to: symbol.formula.tex, in: used.filter { isCommand && $0.hasPrefix("\\") }.sorted())
        diagnostics.append(
          Diagnostic(
            .error, .unusedSymbol, at: range,
            "symbol '$\(symbol.formula.tex)$' stands in no formula of the chapters"
              + (near.map { "; did you mean '$\($0)$'?" } ?? "")))
      }
      for link in WrittenLink.all(in: symbol.meaning.value, range: { _ in symbol.meaning.range }) {
        guard
          case .unknown(let summary, let id) = resolve(
            link.destination, slug: "", path: path, suggests: true)
        else { continue }
        diagnostics.append(Diagnostic(.error, id, at: link.range, summary))
      }
    }
  }
}

extension ChapterOutline {
  /// Captions of cells are known after the text.
  fileprivate var formulasInOrder: [WrittenFormula] {
    formulas.enumerated().sorted { a, b in
      guard let x = a.element.range?.start, let y = b.element.range?.start, x != y else {
        return a.offset < b.offset
      }
      return x < y
    }.map(\.element)
  }

  /// The section with a number that a place is in.
  fileprivate func section(at range: SourceRange?) -> ReferenceTarget? {
    guard let start = range?.start else { return nil }
    return targets.last {
      $0.kind == .section && $0.number != nil && $0.range.start.line <= start.line
    }
  }
}
