import PageRendering
import Testing

@Suite struct HighlightTests {
  @Test(arguments: [
    ("let x = 1.5", "<b>let</b> x = <a>1.5</a>"),
    ("Dense(2)", "<i>Dense</i>(<a>2</a>)"),
    (
      "net.train(on: d)",
      "net.<var>train</var>(on: d)"
    ),
    (
      "@inlinable func f() {}",
      "<span class=\"a\">@inlinable</span> <b>func</b> f() {}"
    ),
    ("\"a\\(b)\"", "<u>&quot;a</u>\\(b)<u>&quot;</u>"),
    (
      "xs.map { $0 < 1 } // c",
      "xs.<var>map</var> { $0 &lt; <a>1</a> } "
        + "<span class=\"c\">// c</span>"
    ),
    ("/* a\nb */", "<span class=\"c\">/* a</span>\n<span class=\"c\">b */</span>"),
    (
      "let wörter = \"🎈\"",
      "<b>let</b> wörter = <u>&quot;🎈&quot;</u>"
    ),
  ])
  func tokensHaveClasses(code: String, html: String) throws {
    let book = try SampleBook("```swift ignore\n\(code)\n```\n")
    let article = book.article()
    #expect(
      article.contains("<pre class=\"swift\"><code>\(html)</code></pre>"), "\(article)")
  }
}
