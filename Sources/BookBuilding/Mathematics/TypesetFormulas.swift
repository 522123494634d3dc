import PageRendering

/// The formulas of a book as they stand on its pages.
struct TypesetFormulas: Sendable {
  /// Of these formulas and others; one that is missing is shown as its TeX.
  var mathML: [Formula: String] = [:]
  /// That the book has.
  private var used: Set<Formula> = []
  private var missing: Set<Formula> = []
  /// What made them: with another version or other macros they look otherwise.
  private var maker: String?

  init() {}

  init(mathML: [Formula: String], used: Set<Formula>, maker: String?) {
    self.mathML = mathML
    self.used = used
    missing = used.filter { mathML[$0] == nil }
    self.maker = maker
  }

  /// Whether a page that was made with `old`, and whose own text is the same now, shows what it would if
  /// it was made with these. What a formula looks like depends on its maker alone.
  func serve(_ old: TypesetFormulas) -> Bool {
    maker == old.maker
      && missing.symmetricDifference(old.missing).allSatisfy {
        !used.contains($0) || !old.used.contains($0)
      }
  }
}
