import BookModel

/// A piece of TeX, as KaTeX must typeset it.
package struct Formula: Hashable, Sendable {
  package var tex: String
  package var isDisplay: Bool

  package init(tex: String, isDisplay: Bool) {
    self.tex = tex
    self.isDisplay = isDisplay
  }
}

/// A formula and the place where the author wrote it.
package struct WrittenFormula: Hashable, Sendable {
  package var formula: Formula
  package var range: SourceRange?
}
