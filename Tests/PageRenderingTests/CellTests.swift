import BookModel
import PageRendering
import Testing

/// Each way of showing a cell, as the page has it.
@Suite struct CellTests {
  static let value = CellResult(outputs: [.console("printed\n"), .text("42")])
  static let output = """
    <div class="output"><div class="results" id="cell-0-output"><pre class="console"><samp>printed\
    </samp></pre><pre class="value"><samp>42</samp></pre></div></div>
    """
  static let source =
    "<div class=\"source\"><pre class=\"swift\"><code>answer</code></pre></div>"

  private func article(_ info: String, _ result: CellResult, code: String = "answer") throws
    -> String
  {
    let book = try SampleBook("```swift \(info)\n\(code)\n```\n")
    return book.article(cells: [result])
  }

  @Test(arguments: [
    ("", source + output),
    ("hide-code", output),
    ("hide-output", source),
    (
      "fold", "<details class=\"fold\"><summary>Show the code</summary>\(source)</details>" + output
    ),
  ])
  func showsWhatItsWordsAsk(info: String, content: String) throws {
    let article = try article(info, Self.value)
    #expect(article == "<div class=\"cell\" id=\"cell-0\">\(content)</div>")
  }

  @Test func aHiddenCellLeavesNothing() throws {
    #expect(try article("hidden", Self.value) == "")
  }

  @Test(arguments: ["", "fold"]) func aCellWithoutCodeHasNoEmptyBox(info: String) throws {
    #expect(try article(info, CellResult(), code: " ") == "")
  }

  @Test func aCellWithoutOutputHasNoEmptyBox() throws {
    #expect(
      try article("", CellResult()) == "<div class=\"cell\" id=\"cell-0\">\(Self.source)</div>")
  }

  @Test func aCellThatHasNotRunSaysSo() throws {
    let book = try SampleBook("```swift\nanswer\n```\n")
    let page = book.renderer().page(for: book.chapters[0], result: nil)
    let html = String(decoding: page.files[page.path] ?? [], as: UTF8.self)
    #expect(
      html.contains(
        "<div class=\"results\" id=\"cell-0-output\"><p class=\"pending\">Not run yet</p></div>"))
  }

  @Test func hiddenLinesAreFoldedWithoutTheirMarkers() throws {
    let article = try article(
      "", CellResult(), code: "a\n// snippet.hide\nb\nc\n// snippet.show\nd")
    #expect(
      article == """
        <div class="cell" id="cell-0"><div class="source"><pre class="swift"><code>a</code></pre>\
        <details class="folded-lines"><summary>2 lines folded</summary><pre class="swift"><code>b
        c</code></pre></details><pre class="swift"><code>d</code></pre></div></div>
        """)
  }

  @Test func printedMarkdownIsProseOfThePage() throws {
    let article = try article(
      "asis hide-code", CellResult(outputs: [.console("**Bold** $x$\n\n| a |\n| - |\n| 1 |\n")]))
    #expect(
      article == """
        <div class="cell" id="cell-0"><div class="output"><div class="results" id="cell-0-output">\
        <div class="markdown"><p><strong>Bold</strong> <code class="tex">x</code></p>
        <div class="table">
        <table>
        <thead>
        <tr>
        <th>a</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <td>1</td>
        </tr>
        </tbody>
        </table>
        </div>
        </div></div></div></div>
        """)
  }

  @Test func printedTextIsEscaped() throws {
    let article = try article(
      "hide-code", CellResult(outputs: [.console("<b> & \u{7} \u{1B}[1mbold\n")]))
    #expect(
      article.contains("<samp>&lt;b&gt; &amp; ␇ <span class=\"ansi-bold\">bold</span></samp>"))
  }

  @Test func aPredictionCarriesTheComputedNumber() throws {
    let article = try article(
      "hide-code tol=0.01 predict=\"How *many*?\"",
      CellResult(outputs: [.console("in all: 683\n")]))
    #expect(
      article == """
        <div class="cell" id="cell-0"><p class="question">How <em>many</em>?</p>\
        <details class="predict" data-answer="683" data-tolerance="0.01">\
        <summary>Show the result</summary><div class="output"><div class="results" \
        id="cell-0-output"><pre class="console"><samp>in all: 683</samp></pre></div></div>\
        </details></div>
        """)
  }

  @Test(arguments: [
    ([CellOutput.text("-0.5"), .console("7\n")], "-0.5"),
    ([.text("2.5e-3")], "2.5e-3"),
    ([.text("[1.0, 2.5e-3]")], nil),
    ([.console("epoch 3, loss 0.25.\n")], nil),
    ([.text("no number"), .console("loss 0.25.\n")], "0.25"),
    ([.console("1,234 parameters\n")], "1234"),
    ([.console("97.5%\n"), .svg("")], "97.5"),
    ([.console("7\n"), .text("[1, 2]")], nil),
    ([.text("cross-entropy")], nil),
  ])
  func theAnswerIsTheOnlyNumber(outputs: [CellOutput], answer: String?) throws {
    let article = try article("predict=\"?\"", CellResult(outputs: outputs))
    if let answer {
      #expect(article.contains("data-answer=\"\(answer)\""), "\(article)")
    } else {
      #expect(!article.contains("data-answer"))
    }
  }

  @Test(arguments: [("crash", "The program stops"), ("fail", "The compiler refuses this")])
  func aPredictedFailureIsFoldedBehindItsQuestion(word: String, speaker: String) throws {
    let article = try article(
      "\(word) hide-code predict=\"Will it?\"",
      CellResult(outputs: [.console("7\n")], expectedFailure: "no"))
    #expect(
      article == """
        <div class="cell" id="cell-0"><p class="question">Will it?</p><details class="predict">\
        <summary>Show the result</summary><div class="output failure" id="cell-0-output">\
        <pre class="console"><samp>7</samp></pre><p class="says">\(speaker)</p>\
        <pre class="message"><samp>no</samp></pre></div></details></div>
        """)
  }

  @Test func printedMarkdownKeepsItsNotesAndReferences() throws {
    let book = try SampleBook(
      "$$ x = 1 $$ {#eq-a}\n\n```swift asis\n1\n```\n\n```swift asis\n2\n```\n\nOne[^1], [m](#main).\n\n"
        + "[^1]: Of the chapter.\n\n## Main\n")
    let printed = { (note: String) in
      CellResult(outputs: [.console("See[^1] [](#eq-a).\n\n[^1]: \(note)\n")])
    }
    let files = book.renderer().markdownFiles(
      for: book.chapters[0],
      result: ChapterResult(cells: [printed("First."), printed("Second.")], inlineValues: []))
    let text = String(decoding: try #require(files["01-sample.md"]), as: UTF8.self)
    for (label, note) in [
      ("1", "Of the chapter."), ("1-cell-0", "First."), ("1-cell-1", "Second."),
    ] {
      #expect(text.components(separatedBy: "[^\(label)]").count == 3, "used once, and defined")
      #expect(text.contains("[^\(label)]:\n    \(note)"))
    }
    #expect(text.contains("See[^1-cell-0] [Equation (1.1)](#eq-a)."))
    #expect(text.contains("<a id=\"section-main\"></a>\n\n## Main"))
    #expect(text.contains("[m](#section-main)"))
  }

  @Test func textsOfACellHoldValues() throws {
    let book = try SampleBook(
      """
      `{swift} a`, `{swift} b, %.1e`
      ```swift hide-code id=fig-a
      //| caption: "Of \\"x\\" `{swift} c` and *`{swift} d`*"
      //| alt: Up to `{swift} e` of 9
      //| predict: Above `{swift} f`?
      ```

      """)
    let result = ChapterResult(
      cells: [CellResult(outputs: [.svg("")])],
      inlineValues: ["-3", "-1.5e-07", "-0.5%", "[-1]", "-2e+10", "a-b"])
    let page = book.renderer().page(for: book.chapters[0], result: result)
    let html = String(decoding: page.files[page.path] ?? [], as: UTF8.self)
    #expect(html.contains("<p>−3, −1.5\u{A0}·\u{A0}10<sup>−7</sup></p>"))
    #expect(html.contains("Of “x” −0.5% and <em>[-1]</em></figcaption>"), "\(html)")
    #expect(html.contains("aria-label=\"Up to −2\u{A0}·\u{A0}10¹⁰ of 9\""))
    #expect(html.contains("<p class=\"question\">Above a-b?</p>"))
    let files = book.renderer().markdownFiles(for: book.chapters[0], result: result)
    let text = String(decoding: files["01-sample.md"] ?? [], as: UTF8.self)
    #expect(text.contains("**Figure 1.1** Of \"x\" −0.5% and *\\[-1\\]*"), "\(text)")
    #expect(text.contains("![Up to −2\u{A0}·\u{A0}10¹⁰ of 9]"))
    #expect(text.contains("<summary>Above a-b?</summary>"))
  }

  @Test func anExpectedFailureIsHiddenWhereOutputIs() throws {
    #expect(try article("crash hidden", CellResult(expectedFailure: "no")) == "")
    #expect(
      try article("fail hide-output", CellResult(expectedFailure: "no"))
        == "<div class=\"cell\" id=\"cell-0\">\(Self.source)</div>")
  }

  @Test func anExpectedFailureShowsTheMessage() throws {
    let article = try article(
      "fail", CellResult(expectedFailure: "error: cannot find 'answer' in scope\n"))
    #expect(
      article == """
        <div class="cell" id="cell-0">\(Self.source)<div class="output failure" \
        id="cell-0-output"><p class="says">The compiler refuses this</p><pre class="message">\
        <samp>error: cannot find 'answer' in scope</samp></pre></div></div>
        """)
  }

  @Test func aLiveCellHasRoomForItsControls() throws {
    let article = try article("live", CellResult(outputs: [.text("1")]))
    #expect(
      article == """
        <div class="cell" id="cell-0" data-live="0">\(Self.source)<div class="output">\
        <div class="controls"></div><div class="results" \
        id="cell-0-output"><pre class="value"><samp>1</samp></pre></div></div></div>
        """)
  }

  @Test func markupThatTheContentPolicyWouldRefuseIsAnError() throws {
    let book = try SampleBook("```swift\n1\n```\n")
    let page = book.renderer().page(
      for: book.chapters[0],
      result: ChapterResult(cells: [CellResult(outputs: [.html("<b style=\"x\">b</b>")])]))
    #expect(
      DiagnosticPrinter().text(for: page.diagnostics) == """
        chapters/01-sample.md:4:1: error: attribute 'style' of 'b' can't be used; the page's \
        content policy allows no styles or handlers in tags [raw-html]

        """)
  }

  @Test func cellsInListsAndQuotesStayThere() throws {
    let book = try SampleBook(
      "- one\n\n  ```swift\n  answer\n  ```\n\n> ```swift\n> answer\n> ```\n")
    let article = book.article(cells: [CellResult(), CellResult()])
    #expect(
      article == """
        <ul>
        <li>
        <p>one</p>
        <div class="cell" id="cell-0">\(Self.source)</div>
        </li>
        </ul>
        <blockquote>
        <div class="cell" id="cell-1">\(Self.source)</div>
        </blockquote>
        """)
  }

  @Test func expectedOutputIsNotShownTwice() throws {
    let book = try SampleBook("```swift\nanswer\n```\n\n```output\nprinted\n42\n```\n")
    #expect(
      book.article(cells: [Self.value])
        == "<div class=\"cell\" id=\"cell-0\">\(Self.source)\(Self.output)</div>")
  }
}
