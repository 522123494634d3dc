import BookModel
import ChapterParsing
import Foundation
import Testing

@testable import PageRendering

/// Numbered notes on lines of code.
@Suite struct LineNoteTests {
  static let text = """
    ```swift
    let a = 1  // <1>

    // snippet.hide
    let b = 2 // <3>
    // snippet.show
    print(a + b)  //<2>
    a
    ```

    ```output
    3
    1
    ```

    1. One, with `code` and $x$.
    2. The sum.
    3. Folded away.

       In two paragraphs.

    ```python
    import os  # <1>
    if 1 < 2:
        os.exit()  # <2>
    ```

    1. As [above](#cell-0-line-1).
    2. Leaves.

    ```swift fold
    a + 1 // <1>
    ```

    4. A list that begins elsewhere is none of the code's...
    """.replacing("4. A list that begins elsewhere is none of the code's...", with: "1. Folded.")

  static let results = [
    CellResult(outputs: [.console("3\n"), .text("1")]), CellResult(outputs: [.text("2")]),
  ]

  @Test func `stand between code and output, and lead back`() throws {
    let book = try SampleBook(Self.text)
    let page = book.page(cells: Self.results)
    let article = book.article(cells: Self.results)
    for part in [
      """
      <code class="noted"><b>let</b> a = <a>1</a></code><a class="line-mark" id="cell-0-line-1" \
      href="#cell-0-note-1" aria-label="Note 1">1</a>
      <code></code></pre>
      """,
      """
      <pre class="swift"><code class="noted"><b>let</b> b = <a>2</a></code><a class="line-mark" \
      id="cell-0-line-3" href="#cell-0-note-3" aria-label="Note 3">3</a></pre></details>
      """,
      """
      id="cell-0-line-2" href="#cell-0-note-2" aria-label="Note 2">2</a>
      <code>a</code></pre></div>
      <ol class="line-notes">
      <li id="cell-0-note-1">
      """,
      """
      <a class="footnote-backref" href="#cell-0-line-2" aria-label="Back to the line of note 2">↩</a>
      """,
      """
      <p>In two paragraphs. <a class="footnote-backref" href="#cell-0-line-3"
      """,
      """
      <div class="source plain"><pre><code class="language-python noted">import os</code>\
      <a class="line-mark" id="code-1-line-1" href="#code-1-note-1" aria-label="Note 1">1</a>
      <code class="language-python">if 1 &lt; 2:</code>
      <code class="language-python noted">    os.exit()</code>
      """,
      """
      <li id="code-1-note-1">
      """,
    ] {
      #expect(article.contains(part), "\(part)\n\nis not in\n\n\(article)")
    }
    // Notes of a folded cell are folded with it.
    let fold = try #require(article.components(separatedBy: "<details class=\"fold\">").last)
    let folded = try #require(fold.components(separatedBy: "</details>").first)
    #expect(folded.contains("<ol class=\"line-notes\">"), "\(fold)")
    #expect(!article.contains("&lt;1&gt;"))
    #expect(!article.contains("<!--notes-->"))
    #expect(page.contains("href=\"assets/line-notes.css\""))
    _ = ParsedPage(page)
  }

  /// What a reader copies are the texts of the elements of code, line by line.
  @Test func `are no part of what is compiled, copied or searched`() throws {
    let book = try SampleBook(Self.text)
    let chapter = book.chapters[0]
    #expect(
      chapter.cells[0].code
        == "let a = 1\n\n// snippet.hide\nlet b = 2\n// snippet.show\nprint(a + b)\na\n")
    #expect(chapter.cells[0].lines.map(\.line) == Array(5...11))
    let article = book.article(cells: Self.results)
    let python = try #require(article.components(separatedBy: "source plain").last)
    let pre = try #require(python.components(separatedBy: "</pre>").first)
    let copied = pre.matches(of: /<code[^>]*>([^<]*)<\/code>/).map(\.1).joined(separator: "\n")
    #expect(copied == "import os\nif 1 &lt; 2:\n    os.exit()")
    let page = book.renderer().page(for: chapter, result: nil)
    #expect(page.searchEntries[0].code.contains("import os\nif 1 < 2:\n    os.exit()\n"))
    #expect(page.searchEntries[0].text.contains("The sum."))
    #expect(chapter.blocks.map(\.firstLine) == [4, 25, 34])
  }

  @Test func `keep their marks in Markdown`() throws {
    let book = try SampleBook(Self.text)
    let files = book.renderer().markdownFiles(
      for: book.chapters[0], result: ChapterResult(cells: Self.results, inlineValues: []))
    let text = String(decoding: files["01-sample.md"] ?? [], as: UTF8.self)
    #expect(
      text.contains(
        """
        ``` swift
        let a = 1  // <1>

        let b = 2 // <3>
        print(a + b)  //<2>
        a
        ```

        1.  One, with `code` and $x$.
        """), "\(text)")
    #expect(
      text.contains("In two paragraphs.\n\n<!-- end list -->\n\n``` text\n3\n```\n"), "\(text)")
  }

  @Test func `stand anywhere that code does`() throws {
    let book = try SampleBook(
      """
      > [!NOTE]
      > ```swift
      > 1 // <1>
      > ```
      >
      > 3. Three
      """.replacing("<1>", with: "<3>"))
    let article = book.article(cells: [CellResult(outputs: [.text("1")])])
    #expect(article.contains("<ol class=\"line-notes\" start=\"3\">"), "\(article)")
    #expect(article.contains("href=\"#cell-0-note-3\" aria-label=\"Note 3\">3</a>"))
  }

  @Test func `mean nothing in Markdown that is shown`() throws {
    let book = try SampleBook("````markdown\n```swift\n1 // <1>\n```\n````\n")
    #expect(book.article().contains("1 // &lt;1&gt;"))
    // Nor is any list after code a list of notes.
    let plain = try SampleBook("```swift\n1\n```\n\n1. One\n")
    #expect(!plain.page().contains("line-notes"))
  }

  @Test func aLineOfAStringIsText() throws {
    let quotes = String(repeating: "\"", count: 3)
    let text =
      "# T\n\n```swift\nlet a = \(quotes)\n  x // <1>\n  \(quotes)\nlet b = 1 // <1>\n```\n\n1. One.\n"
    let (chapter, problems) = ChapterParser().parse(bytes: Array(text.utf8), path: "a.md")
    #expect(problems == [])
    #expect(
      chapter?.cells[0].code == "let a = \(quotes)\n  x // <1>\n  \(quotes)\nlet b = 1\n")
  }
}
