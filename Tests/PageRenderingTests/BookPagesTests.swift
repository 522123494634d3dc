import BookModel
import PageRendering
import Testing

@Suite struct `The pages around the chapters` {
  private func located(_ text: String) -> Located<String> {
    Located(text, at: SourceRange(file: "chapters/book.yml", line: 3))
  }

  private func book() throws -> SampleBook {
    try SampleBook([
      "01-a":
        "---\ntitle: One\ndate: 2026-03-01\nmoved from: 00-old.html\n---\nSee [](#fig-b), [it](02-b.md) and [this](02-b.md#more).\n",
      "02-b": """
      ---
      title: Two
      description: More
      ---
      ## More

      A first paragraph.

      ```swift live id=fig-b caption="The $x$ of *it*"
      1
      ```
      """,
    ])
  }

  private func text(_ files: [String: [UInt8]], _ path: String) -> String {
    String(decoding: files[path] ?? [], as: UTF8.self)
  }

  @Test func `show parts, where to begin, and how long chapters take`() throws {
    var book = try book()
    book.settings.parts = [
      BookSettings.Part(title: "Beginnings", first: located("01-a.md")),
      BookSettings.Part(title: "Ends", first: located("02-b.md")),
    ]
    book.settings.start = located("02-b.md")
    #expect(book.messages == "")
    let index = text(book.renderer().commonFiles(), "index.html")
    #expect(index.contains("<h2 class=\"part\">Beginnings</h2>"))
    #expect(index.contains("<a href=\"02-b.html\">Start here: Two</a>"))
    #expect(index.contains("<span class=\"minutes\">1 min</span>"))
    #expect(book.page().contains("<li class=\"part\">Ends</li>"))
    _ = ParsedPage(index)
  }

  @Test func `say what book.yml names that is not there`() throws {
    var book = try book()
    book.settings.parts = [
      BookSettings.Part(title: "A", first: located("01-a.md")),
      BookSettings.Part(title: "B", first: located("01-a.md")),
      BookSettings.Part(title: "C", first: located("02-bb.md")),
    ]
    book.settings.start = located("03.md")
    book.settings.cover = located("fig-c")
    #expect(
      book.messages == """
        chapters/book.yml:3:1: error: chapter '01-a.md' begins two parts, 'A' and 'B'; each part \
        begins with a chapter of its own [duplicate-part]
        chapters/book.yml:3:1: error: part 'C' names '02-bb.md', which is no chapter of the book; \
        did you mean '02-b.md'? [unknown-chapter]
        chapters/book.yml:3:1: error: key 'start' names '03.md', which is no chapter of the book \
        [unknown-chapter]
        chapters/book.yml:3:1: error: cover 'fig-c' is no figure of the book; it is the id of one, \
        such as 'fig-xor'; did you mean 'fig-b'? [unknown-reference]

        """)
  }

  @Test func `have a live figure on the cover, with the scripts of its chapter`() throws {
    var book = try book()
    book.settings.cover = located("fig-b")
    let renderer = book.renderer()
    let page = renderer.page(
      for: book.chapters[1],
      result: ChapterResult(
        cells: [CellResult(outputs: [.text("1")])],
        liveModule: LiveModule(bytes: [0], cells: [0])))
    let cover = try #require(page.cover)
    let index = text(renderer.commonFiles(cover: cover, listed: page.listed), "index.html")
    #expect(index.contains("<div class=\"cell\" id=\"cell-0\" data-live=\"0\"><figure"))
    #expect(index.contains("src=\"02-b.controls.js\""))
    #expect(index.contains("wasm-unsafe-eval"))
    _ = ParsedPage(index)
    #expect(renderer.page(for: book.chapters[0], result: nil).cover == nil)
  }

  @Test func `list figures with their captions`() throws {
    let book = try book()
    let page = book.renderer(math: [Formula(tex: "x", isDisplay: false): "<math><mi>x</mi></math>"])
      .page(for: book.chapters[1], result: nil)
    let list = text(book.renderer().commonFiles(listed: page.listed), "figures.html")
    #expect(list.contains("<li><a href=\"02-b.html#fig-b\">Figure 2.1</a> The x of it</li>"))
    #expect(book.renderer().commonFiles()["figures.html"] == nil)
  }

  @Test func `hold what other pages show of a reference, and nothing else`() throws {
    let book = try book()
    let pages = book.chapters.map { book.renderer().page(for: $0, result: nil) }
    #expect(pages[0].files["01-a.preview.js"] == nil)
    let script = text(pages[1].files, "02-b.preview.js")
    #expect(
      script.hasPrefix(
        "(nnbook.previews ??= {})[\"02-b.html\"] = {\"\": \"<h3>Chapter 2 · Two</h3><p>More</p>\""))
    #expect(script.contains("\"fig-b\": \"<figure class=\\\"output\\\" id=\\\"fig-b\\\">"))
    #expect(script.contains("A first paragraph.</p>"))
  }

  @Test func `tell other programs what they are, once the book says where it will be`() throws {
    var book = try book()
    #expect(!book.page().contains("og:title"))
    #expect(book.renderer().commonFiles()["sitemap.xml"] == nil)
    book.settings.base = "https://example.org/book/"
    let page = book.page()
    #expect(page.contains("<link rel=\"canonical\" href=\"https://example.org/book/01-a.html\" />"))
    #expect(page.contains("<meta property=\"og:title\" content=\"One\" />"))
    #expect(page.contains("\"datePublished\": \"2026-03-01\""))
    let files = book.renderer().commonFiles()
    #expect(
      text(files, "sitemap.xml").contains(
        "<url><loc>https://example.org/book/01-a.html</loc><lastmod>2026-03-01</lastmod>"))
    #expect(text(files, "feed.xml").contains("<updated>2026-03-01T00:00:00Z</updated>"))
    for path in ["sitemap.xml", "feed.xml", "404.html"] { _ = ParsedPage(text(files, path)) }
    #expect(text(files, "404.html").contains("href=\"https://example.org/book/assets/book.css\""))
    #expect(!text(files, "404.html").contains("open-contents"))
  }

  @Test func `cannot be broken by what an author's title holds`() throws {
    var book = try SampleBook(["01-a": "---\ntitle: \"</script><b>\\\\ & \\\"q\\\"\"\n---\nText\n"])
    book.settings.base = "https://example.org/"
    _ = ParsedPage(book.page())
    #expect(!book.page().contains("</script><b>"))
  }

  @Test func `lead on from names that are gone`() throws {
    let book = try book()
    let moved = text(book.renderer().commonFiles(), "00-old.html")
    #expect(moved.contains("<meta http-equiv=\"refresh\" content=\"0; url=01-a.html\" />"))
    #expect(moved.contains("It is now here: <a href=\"01-a.html\">One</a>"))
  }

  @Test func `are not taken by chapters, old ones or new`() throws {
    let book = try SampleBook([
      "figures": "---\ntitle: A\nmoved from: [b, c.md]\n---\n",
      "b": "---\ntitle: B\nmoved from: c\n---\n",
    ])
    #expect(
      book.messages == """
        chapters/figures.md:1:1: error: chapter 'figures.md' would take the place of the list of \
        figures; give it another name [reserved-chapter-name]
        chapters/figures.md:3:14: error: page 'b.html' is there; 'moved from' names pages that are \
        gone [moved-page]
        chapters/b.md:3:13: error: page 'c.html' has moved twice; one chapter names it \
        [moved-page]
        chapters/figures.md:3:17: note: first named here

        """)
  }

  @Test func `say how a chapter is cited`() throws {
    var book = try book()
    book.settings.base = "https://example.org/"
    let page = book.page()
    #expect(
      page.contains(
        "<p>A. Author (2026). One. Networks by Hand, Chapter 1. https://example.org/01-a.html</p>"))
    #expect(page.contains("@incollection{01-a,"))
    book.settings.author = nil
    #expect(!book.page().contains("class=\"cite\""))
  }

  @Test func `link to their source and to where mistakes are told`() throws {
    var book = try book()
    book.settings.editAddress = "https://example.org/edit/{path}"
    book.settings.issueAddress = "https://example.org/new?title={path}"
    let page = book.page()
    #expect(page.contains("<a href=\"https://example.org/edit/01-a.md\">Edit this page</a>"))
    #expect(page.contains("<a href=\"https://example.org/new?title=01-a.md\">Report a problem</a>"))
  }
}
