import BookModel
import Foundation
import Testing

@testable import PageRendering

/// The whole book on one page, and in the files of an EPUB.
@Suite struct `The whole book` {
  private func book() throws -> SampleBook {
    try SampleBook([
      "01-a": """
      ---
      title: One
      ---
      ## Start

      See [](#fig-b), [it](02-b.md), [this](02-b.md#start) and [above](#start). Two&nbsp;words.

      > [!EXERCISE]
      > How many?
      >
      > <details class="solution"><summary>Solution</summary>
      >
      > As many as [here](02-b.md#start).
      >
      > </details>
      """,
      "02-b": """
      ---
      title: Two
      ---
      ## Start

      ```swift id=fig-b caption="The last"
      1
      ```
      """,
    ])
  }

  private func parts(_ book: SampleBook) -> [WholeBookPart] {
    book.chapters.map {
      book.renderer().part(of: $0, result: ChapterResult(cells: [], inlineValues: []))
    }
  }

  private func page(_ book: SampleBook, pages: [String: Int] = [:]) throws -> String {
    let files = book.renderer().wholeBook(parts(book), pages: pages)
    #expect(
      files.keys.sorted() == [
        "assets/book.css", "assets/icon.svg", "assets/print.css", "index.html",
      ])
    return String(decoding: try #require(files["index.html"]), as: UTF8.self)
  }

  @Test func `has every link lead to a place of the same page`() throws {
    let parsed = ParsedPage(try page(try book()))
    let ids = parsed.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let links = parsed["a"].compactMap { $0.attributes["href"] }
    #expect(links.count > 6)
    for link in links {
      #expect(link.hasPrefix("#") && ids.contains(String(link.dropFirst())), "\(link)")
    }
    for link in ["#02-b/fig-b", "#02-b", "#02-b/start", "#01-a/start"] {
      #expect(links.contains(link))
    }
    #expect(parsed["script"].isEmpty)
  }

  @Test func `has its solutions at the end, each with its exercise`() throws {
    let text = try page(try book())
    let halves = text.components(separatedBy: "id=\"solutions\"")
    #expect(halves.count == 2)
    #expect(halves[0].contains("How many?") && !halves[0].contains("As many as"))
    #expect(halves[1].contains("As many as <a href=\"#02-b/start\">here</a>."))
    #expect(halves[1].contains("<a href=\"#01-a/exercise-1\">Exercise 1.1</a>"))
    #expect(!text.contains("<summary"))
  }

  @Test func `shows the page of what a link leads to, where it is known`() throws {
    let text = try page(try book(), pages: ["02-b": 7, "02-b/fig-b": 8])
    #expect(text.contains("<a href=\"#02-b/fig-b\" data-page=\"p. 8\">Figure 2.1</a>"))
    #expect(text.contains("<a href=\"#02-b\" data-page=\"p. 7\">it</a>"))
    #expect(text.contains("<a href=\"#01-a/start\">above</a>"))
  }

  @Test func `is an EPUB whose files know each other`() throws {
    let book = try book()
    let parts = book.chapters.map {
      book.renderer().epubPart(of: $0, result: ChapterResult(cells: [], inlineValues: []))
    }
    let files = book.renderer().epub(
      parts, images: ["a.png": [1]], modified: "2026-03-01", identifier: "urn:a")
    var listed: Set<String> = []
    for (path, bytes) in files where path.hasSuffix("ml") || path.hasSuffix(".opf") {
      let file = ParsedPage(String(decoding: bytes, as: UTF8.self))
      for link in file["a"].compactMap({ $0.attributes["href"] }) {
        #expect(
          link.hasPrefix("#") || files["EPUB/" + link.split(separator: "#")[0]] != nil, "\(link)")
      }
      for item in file["item"].compactMap({ $0.attributes["href"] }) {
        listed.insert("EPUB/" + item)
      }
    }
    let rest = Set(files.keys).subtracting(listed)
    #expect(rest == ["EPUB/book.opf", "META-INF/container.xml"])
    let text = String(decoding: try #require(files["EPUB/01-a.xhtml"]), as: UTF8.self)
    #expect(text.contains("<a href=\"02-b.xhtml#fig-b\">Figure 2.1</a>"))
    let contents = String(decoding: try #require(files["EPUB/contents.xhtml"]), as: UTF8.self)
    #expect(contents.contains("<a href=\"02-b.xhtml#start\">"))
  }

  @Test(arguments: [
    ("<td align=\"right\">1</td>", "<td style=\"text-align: right\">1</td>"),
    (
      "<td class=\"a\" align=\"left\" style=\"color: red\">1</td>",
      "<td class=\"a\" style=\"text-align: left; color: red\">1</td>"
    ),
    ("<td style=\"color: red\">1</td>", "<td style=\"color: red\">1</td>"),
  ]) func `has columns that electronic books know`(markup: String, inXML: String) {
    var rules = RelocatedMarkup.Rules(id: { $0 }, address: { _ in nil })
    #expect(RelocatedMarkup(markup, rules).markup == markup)
    rules.isXML = true
    #expect(RelocatedMarkup(markup, rules).markup == inXML)
  }

  @Test func `stays byte for byte where nothing is renamed`() {
    let rules = RelocatedMarkup.Rules(id: { $0 }, address: { _ in nil })
    for text in [
      "", "a &amp; b", "<p class=\"x\">1 < 2<br />", "<a href='#b'>c</a><!-- d -->", "<p", "x</",
      "<svg fill=\"url(#a)\"><path d=\"M0\"/></svg>",
    ] {
      #expect(RelocatedMarkup(text, rules).markup == text)
    }
    let other = RelocatedMarkup.Rules(id: { "z/" + $0 }, address: { _ in nil })
    #expect(
      RelocatedMarkup("<g id=\"a\" fill=\"url(#a)\" aria-labelledby=\"b c\">", other).markup
        == "<g id=\"z/a\" fill=\"url(#z/a)\" aria-labelledby=\"z/b z/c\">")
  }
}
