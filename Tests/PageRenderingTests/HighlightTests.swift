import PageRendering
import Testing

@Suite struct HighlightTests {
  @Test(arguments: [
    ("let x = 1.5", "<span class=\"k\">let</span> x = <span class=\"n\">1.5</span>"),
    ("Dense(2)", "<span class=\"t\">Dense</span>(<span class=\"n\">2</span>)"),
    (
      "net.train(on: d)",
      "net.<span class=\"f\">train</span>(<span class=\"l\">on</span>: d)"
    ),
    (
      "@inlinable func f() {}",
      "<span class=\"a\">@inlinable</span> <span class=\"k\">func</span> f() {}"
    ),
    ("\"a\\(b)\"", "<span class=\"s\">&quot;a</span>\\(b)<span class=\"s\">&quot;</span>"),
    (
      "xs.map { $0 < 1 } // c",
      "xs.<span class=\"f\">map</span> { <span class=\"l\">$0</span> &lt; <span class=\"n\">1</span> } "
        + "<span class=\"c\">// c</span>"
    ),
    ("/* a\nb */", "<span class=\"c\">/* a</span>\n<span class=\"c\">b */</span>"),
    (
      "let wörter = \"🎈\"",
      "<span class=\"k\">let</span> wörter = <span class=\"s\">&quot;🎈&quot;</span>"
    ),
  ])
  func tokensHaveClasses(code: String, html: String) throws {
    let book = try SampleBook("```swift ignore\n\(code)\n```\n")
    let article = book.article()
    #expect(
      article.contains("<pre class=\"swift\"><code>\(html)</code></pre>"), "\(article)")
  }
}
