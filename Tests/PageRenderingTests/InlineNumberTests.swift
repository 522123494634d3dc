import Testing

@testable import PageRendering

@Suite struct InlineNumberTests {
  @Test(arguments: [
    ("3", "3"), ("-0.5", "−0.5"), ("1,234.5", "1,234.5"), ("-12.5%", "−12.5%"), ("-inf", "−inf"),
    ("1.9e-06", "1.9\u{A0}·\u{A0}10⁻⁶"), ("-1e+12", "−1\u{A0}·\u{A0}10¹²"),
    ("2E3", "2\u{A0}·\u{A0}10³"), ("5e+00", "5\u{A0}·\u{A0}10⁰"),
  ]) func isSetAsPrintSetsIt(text: String, plain: String) {
    #expect(InlineNumber(text)?.plain == plain)
  }

  @Test(arguments: [
    "", "-", "a-b", "2026-11-21", "[-1]", "e5", "1e", "1.", "- 3", "x-1e5", "3 - 2",
  ])
  func isNoOtherText(text: String) {
    #expect(InlineNumber(text) == nil)
  }

}
