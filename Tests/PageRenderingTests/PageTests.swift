import BookModel
import PageRendering
import Testing

@Suite struct PageTests {
  @Test(arguments: [
    (90, nil),
    (
      150,
      "warning: page '01-sample.html' has KIB KiB; above 100 KiB it loads slowly, and above "
        + "200 KiB it is refused [page-size]"
    ),
    (
      250,
      "error: page '01-sample.html' has KIB KiB; a page holds at most 200 KiB, so show less data "
        + "or split the chapter [page-size]"
    ),
  ])
  func largePagesAreNoticed(kibibytes: Int, message: String?) throws {
    let book = try SampleBook("```swift hide-code\nprint()\n```\n")
    let page = book.renderer().page(
      for: book.chapters[0],
      result: ChapterResult(cells: [
        CellResult(outputs: [.console(String(repeating: "x", count: kibibytes * 1024))])
      ]))
    let size = ((page.files[page.path] ?? []).count + 1023) / 1024
    let message = message?.replacing("KIB", with: "\(size)")
    #expect(
      DiagnosticPrinter().text(for: page.diagnostics)
        == (message.map { "chapters/01-sample.md:1:1: \($0)\n" } ?? ""))
  }

  @Test func previousAndNextFollowTheBook() throws {
    let book = try SampleBook(["01-a": "A\n", "02-b": "B\n", "03-c": "C\n"])
    #expect(!book.page(0).contains("rel=\"prev\""))
    #expect(book.page(1).contains("<link rel=\"prev\" href=\"01-a.html\" />"))
    #expect(book.page(1).contains("<link rel=\"next\" href=\"03-c.html\" />"))
    #expect(!book.page(2).contains("rel=\"next\""))
  }

  @Test func aLongBookListsTheChaptersNearby() throws {
    var book = try SampleBook("Text\n")
    let chapter = book.chapters[0]
    book.chapters = (1...100).map { number in
      var copy = chapter
      copy.slug = "c\(number)"
      copy.path = "chapters/c\(number).md"
      return copy
    }
    let page = book.page(49)
    #expect(page.contains(">Chapters 1 to 37</a>"))
    #expect(page.contains("href=\"c38.html\""))
    #expect(page.contains("href=\"c62.html\""))
    #expect(page.contains(">Chapters 63 to 100</a>"))
    #expect(!page.contains("href=\"c63.html\""))
  }

  @Test func thePolicyAllowsNoMoreThanThePageNeeds() throws {
    let book = try SampleBook("```swift live\n1\n```\n")
    let still = book.page(0)
    #expect(
      still.contains("content=\"default-src 'none'; ") || still.contains("default-src &#39;none"))
    #expect(!still.contains("wasm-unsafe-eval"))
    #expect(!still.contains("connect-src"))
    let live = book.renderer().page(
      for: book.chapters[0],
      result: ChapterResult(
        cells: [CellResult()], liveModule: LiveModule(bytes: [0], cells: [0])))
    #expect(
      String(decoding: live.files["01-sample.html"] ?? [], as: UTF8.self)
        .contains("wasm-unsafe-eval"))
  }

  @Test func aServedPageLoadsItsScriptAndMayListen() throws {
    let book = try SampleBook("Text\n")
    let renderer = PageRenderer(index: book.index, servingScript: "/reload.js")
    let page = renderer.page(for: book.chapters[0], result: nil)
    let html = String(decoding: page.files[page.path] ?? [], as: UTF8.self)
    #expect(html.contains("<script src=\"/reload.js\"></script>"))
    #expect(html.contains("connect-src"))
  }

  @Test func whatServingAddsIsNotCountedInAPagesSize() throws {
    let book = try SampleBook("```swift hide-code\nprint()\n```\n")
    func page(_ renderer: PageRenderer, filling count: Int) -> Page {
      renderer.page(
        for: book.chapters[0],
        result: ChapterResult(cells: [
          CellResult(outputs: [.console(String(repeating: "x", count: count))])
        ]))
    }
    let served = PageRenderer(index: book.index, servingScript: "/reload.js")
    func size(_ page: Page) -> Int { page.files[page.path]?.count ?? 0 }
    let filling = Page.sizeWarning - size(page(book.renderer(), filling: 1)) + 1
    for (filling, warns) in [(filling, false), (filling + 1, true)] {
      let (built, shown) = (page(book.renderer(), filling: filling), page(served, filling: filling))
      #expect(size(built) == Page.sizeWarning + (warns ? 1 : 0))
      #expect(size(shown) > Page.sizeWarning + 1)
      #expect(built.diagnostics.map(\.id) == (warns ? [.pageSize] : []))
      #expect(shown.diagnostics == built.diagnostics)
    }
  }

  @Test func rawHTMLThatIsNotWellFormedIsAnErrorAtItsPlace() throws {
    let book = try SampleBook("Some <b>text\n\n<div>\n\nMore\n")
    #expect(
      book.messages == """
        chapters/01-sample.md:4:6: error: element 'b' is never closed; its closing tag belongs \
        into the same paragraph, list item or quote [raw-html]
        chapters/01-sample.md:6:1: error: element 'div' is never closed; its closing tag belongs \
        into the same paragraph, list item or quote [raw-html]

        """)
    _ = ParsedPage(book.page())
  }

  @Test func theSearchIndexHoldsEachSection() throws {
    let book = try SampleBook(
      "Before \"it\": $\\sigma(x) =\\, \\frac{1}{2}$.\n\n## One\n\n`{swift} 1` and a\\\\b\n\n- x\n- y\n\n## Two\n\n> [!NOTE]\n> z\n"
    )
    let page = book.renderer().page(
      for: book.chapters[0], result: ChapterResult(inlineValues: ["46"]))
    #expect(
      page.searchEntries.map(\.url) == [
        "01-sample.html", "01-sample.html#one", "01-sample.html#two",
      ])
    #expect(
      page.searchEntries.map(\.text) == [
        "Before “it”: sigma(x) = frac 1 2.", "46 and a\\b x y", "z",
      ])
  }
}
