import Testing

@testable import PageRendering

@Suite struct HTMLFragmentTests {
  @Test(arguments: [
    ("<br>", "<br />"),
    ("<input disabled value=a>", "<input disabled=\"\" value=\"a\" />"),
    (
      "<p class='a\"b'>x &amp; y &lt; &nbsp;&copy; &unknown; & z</p>",
      "<p class=\"a&quot;b\">x &amp; y &lt; \u{A0}© &amp;unknown; &amp; z</p>"
    ),
    (
      "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>",
      "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>"
    ),
    ("a <!-- note -- here --> b", "a  b"),
    ("1 < 2 <3", "1 &lt; 2 &lt;3"),
  ])
  func isWrittenWellFormed(html: String, expected: String) throws {
    #expect(try HTMLFragment.wellFormed([html]) == [expected])
  }

  @Test func elementsMayStayOpenFromOnePieceToTheNext() throws {
    #expect(try HTMLFragment.wellFormed(["<b>", "</b>"]) == ["<b>", "</b>"])
  }

  @Test(arguments: [
    (
      ["<b>"],
      "element 'b' is never closed; its closing tag belongs into the same paragraph, list "
        + "item or quote", 0
    ),
    (["<i>", "</b>"], "tag '/b' closes nothing; each closing tag ends the element opened last", 1),
    (["<p a=1 A=2>"], "attribute 'A' of 'p' is given twice", 0),
    (
      ["<p onclick=x>"],
      "attribute 'onclick' of 'p' can't be used; the page's content policy allows "
        + "no styles or handlers in tags", 0
    ),
    (
      ["<script>"],
      "element 'script' can't be part of a page; pages hold no scripts, styles or "
        + "frames of their own", 0
    ),
    (["<p"], "tag 'p' is incomplete; it has no closing angle bracket", 0),
    (["<p a='x>"], "value of attribute 'a' of 'p' has no closing quote", 0),
    (["<!-- x"], "comment is never closed; end it with '-->'", 0),
    (
      ["<!DOCTYPE html>"], "declarations can't be part of a page; only elements and comments can", 0
    ),
  ])
  func saysWhatIsWrong(pieces: [String], summary: String, piece: Int) {
    let problem = #expect(throws: HTMLFragment.Problem.self) {
      try HTMLFragment.wellFormed(pieces)
    }
    #expect(problem?.summary == summary)
    #expect(problem?.piece == piece)
  }
}
