import BookModel
import ChapterParsing
import Foundation
import PageRendering
import Testing

@Suite struct SymbolListTests {
  private static let chapters: KeyValuePairs<String, String> = [
    "01-a": """
    Before $x_{1}$ any section.

    ## Steps

    $$
    \\hat W \\leftarrow \\mathbf{b} + W - \\eta x \\text{ and } h
    $$

    ## More

    $\\eta$ again, and $b$.

    ```swift ignore id=fig-a caption="The $k$"
    1
    ```
    """,
    "02-b": "# Two\n\n## One step {#sec-one}\n\n$W_{ij}$\n",
  ]

  private func book(_ symbols: String) throws -> SampleBook {
    var book = try SampleBook(Self.chapters)
    let (settings, problems) = BookSettingsParser().parse(
      bytes: Array("symbols:\n\(symbols)\n".utf8), path: "chapters/book.yml")
    #expect(problems == [])
    book.settings.symbols = settings.symbols
    return book
  }

  private func text(_ files: [String: [UInt8]], _ path: String) -> String {
    String(decoding: files[path] ?? [], as: UTF8.self)
  }

  @Test func leadsToTheFirstPlaceOfEachChapter() throws {
    let book = try book(
      """
        $\\eta$: the *learning rate*, of [](#sec-one)
        $x$: what comes in, one number of "$W$"
        $W$: weights
        $\\hat W$: other weights
        $k$: a number
        $x_1$: the first
      """)
    #expect(book.messages == "")
    let math = [Formula(tex: "\\eta", isDisplay: false): "<math><mi>η</mi></math>"]
    let files = book.renderer(math: math).commonFiles()
    let page = text(files, "symbols.html")
    _ = ParsedPage(page)
    #expect(
      page.contains(
        """
        <tr><th scope="row"><math><mi>η</mi></math></th><td>the <em>learning rate</em>, of \
        <a href="02-b.html#sec-one">Section 2.1</a></td><td><a href="01-a.html#steps">1.1</a></td></tr>
        """))
    #expect(
      page.contains(
        """
        <td>what comes in, one number of “<code class="tex">W</code>”</td>\
        <td><a href="01-a.html">1</a></td></tr>
        """))
    #expect(
      page.contains(
        """
        <td>weights</td><td><a href="01-a.html#steps">1.1</a>, \
        <a href="02-b.html#sec-one">2.1</a></td></tr>
        """))
    #expect(
      page.contains("<td>other weights</td><td><a href=\"01-a.html#steps\">1.1</a></td></tr>"))
    #expect(page.contains("<td>a number</td><td><a href=\"01-a.html#more\">1.2</a></td></tr>"))
    #expect(page.contains("<td>the first</td><td><a href=\"01-a.html\">1</a></td></tr>"))
    #expect(text(files, "index.html").contains("<a href=\"symbols.html\">Symbols</a>"))
    // What other pages show of a section.
    let previews = book.renderer().page(for: book.chapters[0], result: nil).files
    #expect(text(previews, "01-a.preview.js").contains("\"steps\": "))
    #expect(book.index.formulas.map(\.formula.tex).suffix(3) == ["\\hat W", "k", "x_1"])
  }

  @Test func standsInBooksOnPaperAndInReaders() throws {
    let book = try book("  $\\eta$: the rate of [a step](02-b.md#sec-one)")
    let renderer = book.renderer()
    let whole = text(
      renderer.wholeBook(book.chapters.map { renderer.part(of: $0, result: nil) }), "index.html")
    #expect(whole.contains("<a href=\"#symbols\">Symbols</a>"))
    #expect(
      whole.contains(
        """
        <td>the rate of <a href="#02-b/sec-one">a step</a></td><td><a href="#01-a/steps">1.1</a></td>
        """))
    let epub = renderer.epub(
      book.chapters.map { renderer.epubPart(of: $0, result: nil) }, images: [:],
      modified: "2026-03-01", identifier: "x")
    let page = text(epub, "EPUB/symbols.xhtml")
    #expect(page.contains("<a href=\"01-a.xhtml#steps\">1.1</a>"))
    #expect(text(epub, "EPUB/contents.xhtml").contains("<a href=\"symbols.xhtml\">Symbols</a>"))
    #expect(text(epub, "EPUB/book.opf").contains("idref=\"symbols\""))
  }

  @Test func standsInMarkdownAndInANotebook() throws {
    let book = try book(
      """
        $\\eta$: the *rate* of [a step](02-b.md#sec-one), $\\eta > 0$
        $\\hat W$: see [](#sec-one) | $|W|$
      """)
    let renderer = book.renderer()
    #expect(
      text(renderer.markdownLists, "symbols.md") == """
        # Symbols

        | Symbol | Meaning | First used in |
        | --- | --- | --- |
        | $\\eta$ | the *rate* of [a step](02-b.md#sec-one), $\\eta > 0$ | [1.1](01-a.md#steps) |
        | $\\hat W$ | see [Section 2.1](02-b.md#sec-one) \\| $\\|W\\|$ | [1.1](01-a.md#steps) |

        """)
    #expect(text(renderer.markdownLists, "README.md").hasSuffix("\n\n[Symbols](symbols.md)\n"))
    #expect(renderer.notebookLists.keys.sorted() == ["symbols.ipynb"])
    let notebook = text(renderer.notebookLists, "symbols.ipynb")
    #expect(notebook.contains("[1.1](01-a.ipynb#steps) |\\n\""))
    #expect(try SampleBook(Self.chapters).renderer().notebookLists.isEmpty)
  }

  @Test func isNotThereWithoutSymbols() throws {
    let files = try SampleBook(Self.chapters).renderer().commonFiles()
    #expect(files["symbols.html"] == nil)
    #expect(!text(files, "index.html").contains("symbols.html"))
  }

  @Test func saysWhatIsWrong() throws {
    let book = try book(
      """
        $\\etta$: the rate
        $q$: nothing, see [](#sec-two)
        $x_1$: one
        $x_{1}$: one
      """)
    #expect(
      book.messages == """
        chapters/book.yml:5:3: error: symbol '$x_{1}$' is listed twice [duplicate-key]
        chapters/book.yml:4:3: note: first listed here
        chapters/book.yml:2:3: error: symbol '$\\etta$' stands in no formula of the chapters; did you \
        mean '$\\eta$'? [unused-symbol]
        chapters/book.yml:3:3: error: symbol '$q$' stands in no formula of the chapters [unused-symbol]
        chapters/book.yml:3:8: error: reference '#sec-two' names nothing in the book; did you mean \
        'sec-one'? [unknown-reference]

        """)
  }

  @Test(arguments: [
    (
      "symbols: $x$",
      "1:10: error: value of 'symbols' must be lines of their own, such as '  $\\eta$: the learning rate' [yaml-value]"
    ),
    (
      "symbols:\n  η: rate",
      "2:3: error: symbol 'η' must be a formula between dollars, such as '$\\eta$' [yaml-value]"
    ),
    (
      "symbols:\n  $x$:",
      "2:3: error: symbol '$x$' has no meaning; it stands after the colon [yaml-value]"
    ),
  ])
  func itsLinesAreFormulasAndWords(text: String, expected: String) {
    let (_, problems) = BookSettingsParser().parse(bytes: Array(text.utf8), path: "book.yml")
    #expect(DiagnosticPrinter().text(for: problems).hasPrefix("book.yml:\(expected)\n"))
  }

  @Test func itsPageHasAName() throws {
    var book = try SampleBook(["symbols": "$x$"])
    #expect(book.messages == "")
    book.settings.symbols = try self.book("  $x$: it").settings.symbols
    #expect(
      book.messages == """
        chapters/symbols.md:1:1: error: chapter 'symbols.md' would take the place of the list of \
        symbols; give it another name [reserved-chapter-name]

        """)
  }
}
