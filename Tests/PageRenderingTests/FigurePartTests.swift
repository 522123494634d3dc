import BookModel
import ChapterParsing
import Foundation
import Testing

@testable import PageRendering

/// Several figures under one number and one caption.
@Suite struct FigurePartTests {
  static let text = """
    ```swift id=fig-first caption="Before."
    1
    ```

    > [!FIGURES] Two *views* of $f$, see [](#fig-first). {#fig-both}
    >
    > ```swift hide-code id=fig-a caption="By a *cell*"
    > 2
    > ```
    >
    > <a id="fig-b"></a>![A drawing](b.svg "By `hand`")
    >
    > ![Another](c.svg "Without a name")

    > [!FIGURES]
    > A caption below the mark. {#fig-more}
    >
    > ![One](d.svg "One")
    >
    > ```swift hide-code caption="Two"
    > 3
    > ```

    <a id="fig-last"></a>![Last](e.svg "Last")

    See [](#fig-both), [](#fig-a), [](#fig-b), [](#fig-more) and [](#fig-last).
    """

  static let results = [
    CellResult(outputs: [.text("one")]), CellResult(outputs: [.text("two")]),
    CellResult(outputs: [.text("three")]),
  ]

  @Test func `have one number, and letters`() throws {
    let book = try SampleBook(["01-a": Self.text, "02-b": "Also [](#fig-b).\n"])
    #expect(book.messages == "")
    let article = book.article(cells: Self.results).replacing("\n", with: "")
    for part in [
      """
      <figure class="parts" id="fig-both"><div class="cell" id="cell-1">
      """,
      """
      <figcaption><a class="number" href="#fig-a">(a)</a>By a <em>cell</em></figcaption></figure></div>\
      <figure class="image" id="fig-b"><img src="b.svg" alt="A drawing" title="By `hand`" />\
      <figcaption><a class="number" href="#fig-b">(b)</a>By <code>hand</code></figcaption></figure>\
      <figure class="image"><img src="c.svg" alt="Another" title="Without a name" />\
      <figcaption><span class="number">(c)</span>Without a name</figcaption></figure>\
      <figcaption><a class="number" href="#fig-both">Figure 1.2</a>Two <em>views</em> of \
      <span class="together"><code class="tex">f</code>,</span> see <a href="#fig-first">Figure 1.1</a>.</figcaption></figure>\
      <figure class="parts" id="fig-more"><figure class="image">
      """,
      """
      <figcaption><span class="number">(b)</span>Two</figcaption></figure></div>\
      <figcaption><a class="number" href="#fig-more">Figure 1.3</a>A caption below the mark.</figcaption>
      """,
      """
      <figcaption><a class="number" href="#fig-last">Figure 1.4</a>Last</figcaption>
      """,
      """
      <p>See <a href="#fig-both">Figure 1.2</a>, <a href="#fig-a">Figure 1.2a</a>, \
      <a href="#fig-b">Figure 1.2b</a>, <a href="#fig-more">Figure 1.3</a> and \
      <a href="#fig-last">Figure 1.4</a>.</p>
      """,
    ] {
      #expect(article.contains(part), "\(part)\n\nis not in\n\n\(article)")
    }
    #expect(book.article(1).contains("Also <a href=\"01-a.html#fig-b\">Figure 1.2b</a>."))
    // The stylesheet is there where it is needed.
    #expect(book.page(0).contains("href=\"assets/parts.css\""))
    #expect(!book.page(1).contains("assets/parts.css"))
    _ = ParsedPage(book.page(cells: Self.results))
  }

  @Test func `are listed below the whole, found by their numbers, and shown by references`() throws
  {
    let book = try SampleBook(["01-a": Self.text, "02-b": "Also [](#fig-b), [](#fig-both).\n"])
    let page = book.renderer().page(
      for: book.chapters[0], result: ChapterResult(cells: Self.results, inlineValues: []))
    #expect(
      page.listed.map { "\($0.isPart ? "  " : "")\($0.label) \($0.caption)" } == [
        "Figure 1.1 Before.", "Figure 1.2 Two views of f, see Figure 1.1.",
        "  Figure 1.2a By a cell", "  Figure 1.2b By hand", "Figure 1.3 A caption below the mark.",
        "Figure 1.4 Last",
      ])
    let list = String(
      decoding: book.renderer().commonFiles(listed: page.listed)["figures.html"] ?? [],
      as: UTF8.self)
    #expect(
      list.contains(
        "see Figure 1.1.<ul><li><a href=\"01-a.html#fig-a\">Figure 1.2a</a> By a cell</li>"),
      "\(list)")
    let labels = page.searchEntries.flatMap(\.labels).map { "\($0.kind) \($0.number)" }
    #expect(
      labels == [
        "chapter 1", "figure 1.1", "figure 1.2", "figure 1.2a", "figure 1.2b", "figure 1.3",
        "figure 1.4",
      ])
    #expect(page.searchEntries[0].text.contains("Two views of f, see Figure 1.1."))
    #expect(!page.searchEntries[0].text.contains("FIGURES"))
    #expect(page.searchEntries[0].text.contains("Two views of f, see Figure 1.1."))
    #expect(!page.searchEntries.contains { $0.text.contains("{#") })
    let preview = String(decoding: page.files["01-a.preview.js"] ?? [], as: UTF8.self)
    #expect(
      preview.contains("\"fig-b\": \"<figure class=\\\"image\\\" id=\\\"fig-b\\\">"), "\(preview)")
    #expect(preview.contains("\"fig-both\": \"<figure class=\\\"parts\\\""))
  }

  @Test(arguments: [
    ("de", "Abbildung 1.2a"), ("ar", "الشكل 1.2a"), ("ja", "図 1.2a"), ("zh", "图 1.2a"),
  ])
  func `are named in the language of the book`(language: String, label: String) throws {
    var book = try SampleBook(Self.text)
    book.settings.language = language
    #expect(book.article(cells: Self.results).contains("<a href=\"#fig-a\">\(label)</a>"))
  }

  @Test func `of an appendix have its letter`() throws {
    let book = try SampleBook([
      "01-a": "One.\n", "02-b": "---\ntitle: B\nappendix: true\n---\n" + Self.text,
    ])
    #expect(book.article(1, cells: Self.results).contains("<a href=\"#fig-b\">Figure A.2b</a>"))
  }

  @Test func `may stand on the page of contents`() throws {
    var book = try SampleBook(Self.text)
    book.settings.cover = Located("fig-both", at: SourceRange(file: "book.yml", line: 1))
    #expect(book.messages == "")
    let page = book.renderer().page(
      for: book.chapters[0], result: ChapterResult(cells: Self.results, inlineValues: []))
    let files = book.renderer().commonFiles(cover: page.cover, listed: page.listed)
    let contents = String(decoding: files["index.html"] ?? [], as: UTF8.self)
    #expect(contents.contains("<figure class=\"parts\" id=\"fig-both\">"))
    #expect(contents.contains("href=\"assets/parts.css\""))
  }

  @Test func `nobody refers to are told of once, as the whole`() throws {
    let group = Self.text.components(separatedBy: "\n\n> [!FIGURES]\n")[0]
    let unused = try SampleBook(group).index.unusedTargets().map(\.id)
    #expect(unused == ["fig-both"])
    let used = try SampleBook(group + "\n\nSee [](#fig-b).\n").index.unusedTargets().map(\.id)
    #expect(used == [])
  }

  @Test func `stand in Markdown with their letters`() throws {
    let book = try SampleBook(Self.text)
    let files = book.renderer().markdownFiles(
      for: book.chapters[0], result: ChapterResult(cells: Self.results, inlineValues: []))
    let text = String(decoding: files["01-sample.md"] ?? [], as: UTF8.self)
    #expect(
      text.contains(
        """
        <a id="fig-both"></a>

        > 
        > 
        > <a id="fig-a"></a>
        > 
        > ``` text
        > two
        > ```
        > 
        > **(a)** By a *cell*
        > 
        > <a id="fig-b"></a>![A drawing](b.svg "By \\`hand\\`")
        > 
        > **(b)** By `hand`
        > 
        > ![Another](c.svg "Without a name")
        > 
        > **(c)** Without a name
        > 
        > **Figure 1.2** Two *views* of $f$, see [Figure 1.1](#fig-first).
        """), "\(text)")
    #expect(text.contains("![Last](e.svg \"Last\")\n\n**Figure 1.4** Last\n"))
  }

  // MARK: Mistakes

  @Test func `images have names of figures, each once`() throws {
    let book = try SampleBook(
      """
      > [!FIGURES] C {#fig-x}
      >
      > <a id="loss"></a>![A](a.svg "A")
      >
      > <a id="fig-x"></a>![B](b.svg "B")
      """)
    #expect(
      book.messages.contains(
        "6:3: error: name 'loss' of a figure's part must begin with 'fig-', as in 'fig-loss' "
          + "[name-prefix]"), "\(book.messages)")
    #expect(
      book.messages.contains(
        "8:3: error: id 'fig-x' is taken; each id names one thing in the whole book [duplicate-id]"),
      "\(book.messages)")
  }

  @Test func `a cell may be followed by what it is to print`() throws {
    let book = try SampleBook(
      "> [!FIGURES] C {#fig-x}\n>\n> ```swift caption=\"A\"\n> 1\n> ```\n>\n> ```output\n> 1\n> ```\n>\n"
        + "> ![B](b.svg \"B\")")
    #expect(book.messages == "")
  }
}
