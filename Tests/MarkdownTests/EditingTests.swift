import Markdown
import Testing

struct EditingTests {
  private func first(
    _ document: MarkdownDocument, where matches: (MarkdownKind) -> Bool
  ) throws -> MarkdownNode {
    try #require(document.nodes.first { matches($0.kind) })
  }

  @Test func `a block gives way to HTML, text, code and Markdown`() throws {
    let document = MarkdownDocument(parsing: "a\n\n***\n\nb\n")
    let rule = try first(document) { $0 == .thematicBreak }
    rule.replace(with: [
      .html("<hr class=\"x\">"), .text("1 < 2"), .code("let x", info: "swift"),
      .markdown("*c*\n\n- d"),
    ])
    #expect(
      document.render(.html) == """
        <p>a</p>
        <hr class="x">
        <p>1 &lt; 2</p>
        <pre><code class="language-swift">let x</code></pre>
        <p><em>c</em></p>
        <ul>
        <li>d</li>
        </ul>
        <p>b</p>

        """)
    #expect(rule.parent == nil)
    #expect(rule.kind == .thematicBreak)
  }

  @Test func `an inline node gives way to inline nodes`() throws {
    let document = MarkdownDocument(parsing: "a `b` c")
    try first(document) { $0 == .code("b") }.replace(with: [
      .html("<b>"), .text("<"), .markdown("*x*\n\ny"), .code("z"),
    ])
    #expect(
      document.render(.html) == "<p>a <b>&lt;<em>x</em> y<code>z</code> c</p>\n")
  }

  @Test func `marks are replaced around what they hold`() throws {
    let document = MarkdownDocument(parsing: "# *a* b\n\n[c](d)\n")
    try first(document) { $0 == .heading(level: 1) }
      .replaceMarks(enter: "<h1 id=\"a-b\">", exit: "</h1>\n")
    let link = try first(document) { $0 == .link(destination: "d", title: "") }
    link.append([.text("!")])
    link.setDestination("e.html")
    #expect(
      document.render(.html)
        == "<h1 id=\"a-b\">\n<em>a</em> b\n</h1>\n<p><a href=\"e.html\">c!</a></p>\n")
  }

  @Test func `nodes go before and after others`() throws {
    let document = MarkdownDocument(parsing: "a\n")
    let paragraph = try first(document) { $0 == .paragraph }
    paragraph.insertBefore([.html("<i></i>")])
    paragraph.insertAfter([.html("<u></u>")])
    #expect(document.render(.html) == "<i></i>\n<p>a</p>\n<u></u>\n")
  }

  @Test(
    arguments: [
      ("> [!NOTE]\n> x", .note), ("> [!tip]\n> x", .tip), ("> [!SOLUTION]\n>\n> x", .solution),
      ("> [!NOTE] x", .note), ("> [!FOO]\n> x", nil), ("> [!]\n> x", nil), ("> x [!NOTE]", nil),
      ("[!NOTE]", nil),
    ] as [(String, MarkdownAlert.Kind?)])
  func `a quote that begins with a word in brackets is an alert`(
    text: String, kind: MarkdownAlert.Kind?
  ) {
    let document = MarkdownDocument(parsing: text)
    #expect(document.root.firstChild?.alert?.kind == kind)
  }

  @Test func `the words of an alert are taken out`() throws {
    for text in ["> [!NOTE]\n> x", "> [!NOTE]\n>\n> x"] {
      let document = MarkdownDocument(parsing: text)
      try #require(document.root.firstChild?.alert).removeMarks()
      #expect(document.render(.html) == "<blockquote>\n<p>x</p>\n</blockquote>\n")
    }
  }
}
