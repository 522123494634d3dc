import BookModel
import Markdown

/// A piece of TeX, as KaTeX must typeset it.
package struct Formula: Hashable, Sendable {
  package var tex: String
  package var isDisplay: Bool

  package init(tex: String, isDisplay: Bool) {
    self.tex = tex
    self.isDisplay = isDisplay
  }
}

extension Formula {
  /// Whether a text is MathML as a formula of a page has it.
  package static func isMarkup(_ text: String) -> Bool { FormulaMarkup(text) != nil }

  /// What can be read of TeX without setting it: `\sigma(x)` is "sigma(x)".
  static func words(of tex: String) -> String {
    // A comma, colon or exclamation mark by itself was the command for a space.
    tex.split { "\\{} ".contains($0) }.filter { ![",", ";", ":", "!"].contains($0) }
      .joined(separator: " ")
  }
}

extension [Formula: String] {
  /// MathML of a formula as pages show it; its TeX where there is none. A long formula of a sentence comes in parts, between
  /// which a line may end.
  func parts(of formula: Formula) -> [HTML] {
    guard let mathML = self[formula] else {
      return [.tag("code", ["class": "tex"], .text(formula.tex))]
    }
    guard let markup = FormulaMarkup(mathML) else { return [.markup(mathML)] }
    return formula.isDisplay ? [markup.whole] : markup.parts
  }

  func html(of formula: Formula) -> HTML { .group(parts(of: formula)) }
}

/// A formula and the place where the author wrote it.
package struct WrittenFormula: Hashable, Sendable {
  package var formula: Formula
  package var range: SourceRange?

  /// The formulas of Markdown that cells printed, which no outline knows.
  package static func all(
    printedBy result: ChapterResult?, in chapter: Chapter
  ) -> [WrittenFormula] {
    chapter.cells.flatMap { cell in
      (result?[cell.id]?.outputs ?? []).flatMap { output in
        switch output {
        case .markdown(let text): all(in: text, at: cell.range)
        case .console(let text) where cell.options.output == .markdown:
          all(in: text, at: cell.range)
        case .console, .text, .html, .svg, .control, .check: [WrittenFormula]()
        }
      }
    }
  }

  /// Those of its caption and of the question about its result.
  static func all(shownWith cell: Cell) -> [WrittenFormula] {
    var formulas: [WrittenFormula] = []
    if let caption = cell.options.caption { formulas += all(in: caption.value, at: caption.range) }
    if case .predicted(let question) = cell.options.output {
      formulas += all(in: question.value, at: question.range)
    }
    return formulas
  }

  /// Those of a text and of the titles of its figures.
  static func all(
    in nodes: [KnownNode], range: (MarkdownNode) -> SourceRange?
  ) -> [WrittenFormula] {
    nodes.flatMap { known -> [WrittenFormula] in
      switch known.kind {
      case .formulaBlock(let block):
        [
          WrittenFormula(
            formula: Formula(tex: block.tex, isDisplay: true), range: range(known.node))
        ]
      case .formula(let tex, let isDisplay):
        [WrittenFormula(formula: Formula(tex: tex, isDisplay: isDisplay), range: range(known.node))]
      case .image(_, let title): all(in: title, at: range(known.node))
      default: []
      }
    }
  }

  private static func all(in markdown: String, at range: SourceRange?) -> [WrittenFormula] {
    guard markdown.utf8.contains(UInt8(ascii: "$")) || markdown.contains("math") else { return [] }
    return all(in: MarkdownDocument(parsing: markdown).knownNodes) { _ in range }
  }
}
