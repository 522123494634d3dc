import BookModel
import Foundation
import PageRendering
import Testing

@Suite struct CitationTests {
  private static let bibliography = Bibliography(
    path: "chapters/references.bib", format: .bibTeX, bytes: [],
    keys: ["rumelhart1986", "minsky:1969"].map { Located($0, at: SourceRange(file: "r", line: 1)) })

  /// As the processor writes it.
  private static let html = """
    <p><span class="citation" data-cites="rumelhart1986">(see <a href="#ref-rumelhart1986"
    role="doc-biblioref">Rumelhart &amp; al. 1986</a>)</span></p>
    <p><span class="citation" data-cites="minsky:1969"><a href="#ref-minsky:1969">Minsky</a></span></p>
    <div id="refs" class="references" role="doc-bibliography">
    <div id="ref-minsky:1969" class="csl-entry" role="doc-biblioentry">
    Minsky. <em>Perceptrons</em>. <a href="https://example.org/">https://example.org/</a>.
    </div>
    <div id="ref-rumelhart1986" class="csl-entry">
    <div class="csl-left-margin">[1] </div><div class="csl-right-inline" style="x">Rumelhart.</div>
    </div>
    </div>
    """

  private func book(_ texts: KeyValuePairs<String, String>) throws -> (SampleBook, PageRenderer) {
    let book = try SampleBook(texts)
    let index = BookIndex(
      Book(settings: book.settings, chapters: book.chapters, bibliography: Self.bibliography))
    #expect(DiagnosticPrinter().text(for: index.diagnostics) == "")
    let works = try #require(
      CitedWorks(html: Self.html, groups: ["[see @rumelhart1986]", "@minsky:1969"]))
    return (book, PageRenderer(index: index, works: works))
  }

  private func article(_ renderer: PageRenderer, _ chapter: Chapter) -> String {
    let page = renderer.page(for: chapter, result: nil)
    let text = String(decoding: page.files[page.path] ?? [], as: UTF8.self)
    let content = text.components(separatedBy: "</header>").last ?? text
    return (content.components(separatedBy: "</article>").first ?? content)
      .trimmingCharacters(in: .newlines)
  }

  @Test func aChapterEndsWithTheWorksThatItCites() throws {
    let (book, renderer) = try book([
      "01-a":
        "As [see\n@rumelhart1986], \"here\".\n\nAnd [see @rumelhart1986] again.[^1]\n\n[^1]: A note.",
      "02-b": "Or @minsky:1969.", "03-c": "None.",
    ])
    #expect(
      article(renderer, book.chapters[0]).contains(
        """
        <p>As <span class="citation" id="cite-1">(see <a href="#ref-rumelhart1986" \
        role="doc-biblioref">Rumelhart &amp; al. 1986</a>)</span>, “here”.</p>
        """))
    #expect(
      article(renderer, book.chapters[0]).contains(
        """
        <section class="references"><h2 id="cited-works">References</h2><ul>\
        <li id="ref-rumelhart1986"><div class="csl-left-margin">[1] </div>\
        <div class="csl-right-inline">Rumelhart.</div> \
        <a class="footnote-backref" href="#cite-1" role="doc-backlink" \
        aria-label="Back to citation 1">↩</a> \
        <a class="footnote-backref" href="#cite-2" role="doc-backlink" \
        aria-label="Back to citation 2">↩<sup>2</sup></a></li></ul></section>
        <section class="footnotes">
        """))
    #expect(
      article(renderer, book.chapters[1]).contains(
        """
        <p>Or <span class="citation" id="cite-1"><a href="#ref-minsky-1969" \
        role="doc-biblioref">Minsky</a></span>.</p>
        <section class="references"><h2 id="cited-works">References</h2><ul>\
        <li id="ref-minsky-1969">Minsky. <em>Perceptrons</em>. \
        <a href="https://example.org/">https://example.org/</a>.
        """))
    #expect(!article(renderer, book.chapters[2]).contains("references"))
  }

  @Test func aHeadingGathersTheWorksOfTheBook() throws {
    let (book, renderer) = try book([
      "01-a": "As [see @rumelhart1986].", "02-b": "Or @minsky:1969.\n\n## Works {#refs}\n\nAfter.",
    ])
    let first = article(renderer, book.chapters[0])
    #expect(first.contains("<a href=\"02-b.html#ref-rumelhart1986\" role=\"doc-biblioref\">"))
    #expect(!first.contains("class=\"references\""))
    let second = article(renderer, book.chapters[1])
    #expect(second.contains("<a href=\"#ref-minsky-1969\" role=\"doc-biblioref\">"))
    #expect(second.contains("<a class=\"footnote-backref\" href=\"01-a.html#cite-1\""))
    #expect(second.contains("<a class=\"footnote-backref\" href=\"#cite-1\""))
    let order = ["id=\"refs\"", "<div class=\"references\">", "<p>After.</p>"].map {
      second.range(of: $0)?.lowerBound
    }
    #expect(
      order.allSatisfy { $0 != nil }
        && order.compactMap(\.self) == order.compactMap(\.self).sorted())
    // Other pages show the work beside its citation.
    let page = renderer.page(for: book.chapters[1], result: nil)
    let preview = String(decoding: page.files["02-b.preview.js"] ?? [], as: UTF8.self)
    #expect(preview.contains("ref-rumelhart1986") && preview.contains("Rumelhart."))
  }

  @Test func withoutTheProcessorCitationsStayAsTheyAreWritten() throws {
    let (book, _) = try book(["01-a": "As [see @rumelhart1986]."])
    #expect(book.article() == "<p>As [see @rumelhart1986].</p>")
  }

  @Test func printedMarkdownAndTheWholeBookCiteToo() throws {
    let (book, renderer) = try book([
      "01-a": "```swift asis caption=\"See @minsky:1969\"\nprint(\"x\")\n```\n"
    ])
    let result = ChapterResult(
      cells: [CellResult(outputs: [.markdown("Said [see @rumelhart1986].\n")])], inlineValues: [])
    let page = renderer.page(for: book.chapters[0], result: result)
    let text = String(decoding: page.files[page.path] ?? [], as: UTF8.self)
    #expect(text.contains("Said <span class=\"citation\">(see <a href=\"#ref-rumelhart1986\""))
    #expect(text.contains("See <span class=\"citation\"><a href=\"#ref-minsky-1969\""))
    let (printed, whole) = try self.book([
      "01-a": "As [see @rumelhart1986].", "02-b": "@minsky:1969",
    ])
    let parts = printed.chapters.map { whole.part(of: $0, result: nil) }
    let sheet = String(decoding: whole.wholeBook(parts)["index.html"] ?? [], as: UTF8.self)
    var ids: Set<String> = []
    for match in sheet.matches(of: /\sid="([^"]*)"/) {
      #expect(ids.insert(String(match.1)).inserted)
    }
    for match in sheet.matches(of: /\shref="#([^"]*)"/) { #expect(ids.contains(String(match.1))) }
  }

  @Test(arguments: [
    (
      "[@rumelhart1968]",
      "error: citation '@rumelhart1968' names nothing in 'chapters/references.bib'; did you mean "
        + "'@rumelhart1986'? [unknown-citation]"
    ),
    ("[@x]", "error: citation '@x' names nothing in 'chapters/references.bib' [unknown-citation]"),
    (
      "@main",
      "error: citation '@main' names nothing in 'chapters/references.bib'; a mere '@' is written "
        + "'\\@' [unknown-citation]"
    ),
    (
      "## About [@rumelhart1986]",
      "error: heading holds a citation; it belongs into the text below [citation-in-heading]"
    ),
  ])
  func mistakes(text: String, message: String) throws {
    let book = try SampleBook(text)
    let index = BookIndex(
      Book(settings: book.settings, chapters: book.chapters, bibliography: Self.bibliography))
    let said = DiagnosticPrinter().text(for: index.diagnostics)
    #expect(said.contains(message), "\(said)")
  }

  @Test func aBookWithoutABibliographyHasOnlyText() throws {
    #expect(try SampleBook("An @main function, and me@example.org.").messages == "")
    let messages = try SampleBook("As [see @one].").messages
    #expect(
      messages.contains(
        "warning: citation '[see @one]' is text here, because the book has no bibliography; put one "
          + "named 'references.bib' beside the chapters [no-bibliography]"))
  }
}
