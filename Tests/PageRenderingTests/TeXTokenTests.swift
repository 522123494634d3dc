import Testing

@testable import PageRendering

/// Where a symbol stands in a formula.
@Suite struct TeXTokenTests {
  private static func holds(_ formula: String, _ symbol: String) -> Bool {
    let (formula, symbol) = (TeXTokens(formula), TeXTokens(symbol))
    return formula.tokens.indices.contains { formula.contains(symbol, at: $0) }
  }

  @Test(arguments: [
    ("x_{1}", "x_1"), ("\\eta x", "\\eta"), ("\\mathrm{softmax}(x)", "x"),
    ("d_{\\text{in}}", "d_{\\text{in}}"), ("\\operatorname{sign} x", "\\operatorname{sign}"),
    ("\\mathbf{W}", "\\mathbf{W}"), ("\\frac{x}{2}", "x"),
  ]) func isThere(formula: String, symbol: String) { #expect(Self.holds(formula, symbol)) }

  @Test(arguments: [
    ("\\mathrm{softmax}", "x"), ("\\mathrm{softmax}", "m"), ("\\mathbf{a_{x}}", "x"),
    ("\\operatorname*{argmin}_w", "m"), ("\\begin{array}{cc} 1 \\end{array}", "a"),
    ("d_{\\text{in}}", "d_{\\text{out}}"), ("\\operatorname{sign}", "\\operatorname{argmin}"),
    ("\\text{loss}", "l"), ("\\hat{W}", "W"),
  ]) func isNotThere(formula: String, symbol: String) { #expect(!Self.holds(formula, symbol)) }

  @Test func wordsTellSymbolsApart() {
    #expect(TeXTokens("d_{\\text{in}}") != TeXTokens("d_{\\text{out}}"))
    #expect(TeXTokens("\\operatorname{a}") != TeXTokens("\\operatorname{b}"))
  }
}
