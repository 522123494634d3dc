import Testing

@testable import PageRendering

@Suite struct `Formulas on pages` {
  private func math(_ row: String) -> String {
    "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><semantics><mrow>\(row)</mrow></semantics></math>"
  }

  /// As it stands in a page.
  private func short(_ row: String) -> String { "<math>\(row)</math>" }

  private func whole(_ row: String) throws -> String {
    let text = try #require(FormulaMarkup(math(row))).whole.rendered
    #expect(text.hasPrefix("<math>") && text.hasSuffix("</math>"))
    return String(text.dropFirst("<math>".count).dropLast("</math>".count))
  }

  @Test func `say of a sign that it is upright where letters could be slanted alone`() throws {
    let upright = "<mi mathvariant=\"normal\">"
    #expect(
      try whole("<mi>x</mi>\(upright)/</mi>\(upright)R</mi>\(upright)∂</mi>")
        == "<mi>x</mi><mi>/</mi>\(upright)R</mi>\(upright)∂</mi>")
  }

  @Test(arguments: [
    // ln 2
    (
      "<mi>ln</mi><mo>\u{2061}</mo><mn>2</mn>",
      "<mi>ln</mi><mo>\u{2061}</mo><mspace width=\"0.1667em\"></mspace><mn>2</mn>"
    ),
    // ln(x)
    (
      "<mi>ln</mi><mo>\u{2061}</mo><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo>",
      "<mi>ln</mi><mo>\u{2061}</mo><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo>"
    ),
    // (-1)
    (
      "<mo stretchy=\"false\">(</mo><mo>−</mo><mn>1</mn><mo stretchy=\"false\">)</mo>",
      "<mo stretchy=\"false\">(</mo><mo form=\"prefix\">−</mo><mn>1</mn><mo stretchy=\"false\">)</mo>"
    ),
    // x = -b
    (
      "<mi>x</mi><mo>=</mo><mo>−</mo><mi>b</mi>",
      "<mi>x</mi><mo>=</mo><mo form=\"prefix\">−</mo><mi>b</mi>"
    ),
    // a - b stays, in a root too
    ("<mi>a</mi><mo>−</mo><mi>b</mi>", "<mi>a</mi><mo>−</mo><mi>b</mi>"),
    (
      "<msqrt><mo>−</mo><mn>1</mn></msqrt>", "<msqrt><mo form=\"prefix\">−</mo><mn>1</mn></msqrt>"
    ),
  ])
  func `are spaced as print spaces them`(row: String, expected: String) throws {
    #expect(try whole(row) == expected)
  }

  @Test(arguments: [
    // \left| x \right|
    (
      "<mo fence=\"true\">∣</mo><mi>x</mi><mo fence=\"true\">∣</mo>",
      "<mo stretchy=\"true\">|</mo><mi>x</mi><mo stretchy=\"true\">|</mo>"
    ),
    ("<mo fence=\"true\">∥</mo>", "<mo stretchy=\"true\">‖</mo>"),
    // |x|
    (
      "<mi mathvariant=\"normal\">∣</mi><mi>x</mi>",
      "<mi mathvariant=\"normal\">∣</mi><mi>x</mi>"
    ),
  ])
  func `have bars that grow with what stands between`(row: String, expected: String) throws {
    #expect(try whole(row) == expected)
  }

  @Test(arguments: [
    // f'
    (
      "<msup><mi>f</mi><mo mathvariant=\"normal\">′</mo></msup>",
      "<mrow><mi>f</mi><mo lspace=\"0.05em\" rspace=\"0\">′</mo></mrow>"
    ),
    // f'', in a fraction
    (
      "<mfrac><msup><mi>f</mi><mrow><mo>′</mo><mo>′</mo></mrow></msup><mn>2</mn></mfrac>",
      "<mfrac><mrow><mi>f</mi><mo lspace=\"0.05em\" rspace=\"0\">′′</mo></mrow><mn>2</mn></mfrac>"
    ),
    // b'_g
    (
      "<msubsup><mi>b</mi><mi>g</mi><mo>′</mo></msubsup>",
      "<msub><mrow><mi>b</mi><mo lspace=\"0.05em\" rspace=\"0\">′</mo></mrow><mi>g</mi></msub>"
    ),
    // f'^2
    (
      "<msup><mi>f</mi><mrow><mo>′</mo><mn>2</mn></mrow></msup>",
      "<msup><mrow><mi>f</mi><mo lspace=\"0.05em\" rspace=\"0\">′</mo></mrow><mn>2</mn></msup>"
    ),
  ])
  func `have primes that are not raised a second time`(row: String, expected: String) throws {
    #expect(try whole(row) == expected)
  }

  @Test func `of two letters before a function have a space between`() throws {
    let row = "<mi>π</mi><mi>cos</mi><mo>\u{2061}</mo><mi>x</mi>"
    #expect(
      try whole(row)
        == "<mi>π</mi><mspace width=\"0.1667em\"></mspace><mi>cos</mi><mo>\u{2061}</mo>"
        + "<mspace width=\"0.1667em\"></mspace><mi>x</mi>")
  }

  @Test func `may be cut after a relation or a sum, and nowhere in parentheses`() throws {
    let row = (1...8).map { "<mn>\($0)0</mn>" }.joined(separator: "<mo>+</mo>")
    let parts = try #require(FormulaMarkup(math("<mi>a</mi><mo>=</mo>" + row))).parts
    #expect(parts.count == 9)
    #expect(parts[0].rendered == short("<mi>a</mi><mo form=\"infix\">=</mo>"))
    let joined = parts.map { HTMLFragment.text(in: $0.rendered, between: "") }.joined()
    #expect(joined == "a=10+20+30+40+50+60+70+80")
    let inside = "<mo stretchy=\"false\">(</mo>\(row)<mo stretchy=\"false\">)</mo>"
    #expect(try #require(FormulaMarkup(math(inside))).parts.count == 1)
  }

  @Test func `that are short stay in one piece`() throws {
    let short = "<mi>a</mi><mo>=</mo><mi>b</mi>"
    #expect(try #require(FormulaMarkup(math(short))).parts.map(\.rendered) == [self.short(short)])
  }

  @Test func `of several lines are mended like others`() throws {
    let table = "<mtable><mtr><mtd><mo>−</mo><msup><mi>f</mi><mo>′</mo></msup></mtd></mtr></mtable>"
    let markup = try #require(FormulaMarkup("<math><semantics>\(table)</semantics></math>"))
    #expect(
      markup.whole.rendered
        == short(
          "<mtable><mtr><mtd><mo form=\"prefix\">−</mo>"
            + "<mrow><mi>f</mi><mo lspace=\"0.05em\" rspace=\"0\">′</mo></mrow></mtd></mtr></mtable>"
        ))
    #expect(markup.parts.count == 1)
  }

  @Test(arguments: ["", "<math></math>", "text", "<math><semantics><mi>x</mi></semantics></math>"])
  func `of another shape are left alone`(markup: String) {
    #expect(FormulaMarkup(markup) == nil)
  }
}
