import BookModel
import ChapterParsing
import Foundation
import PageRendering
import Testing

/// Theorems and the like, and tables with captions.
@Suite struct StatementTests {
  static let text = """
    > [!THEOREM] Universal *approximation* of $f$ {#thm-universal}
    > One layer is enough.
    >
    > If it is wide.

    > [!LEMMA]
    > Without a title.

    > [!THEOREM] {#thm-second}
    > Named alone.

    > [!DEFINITION] Width

    > [!PROOF] of [](#thm-universal)
    > Omitted.

    > [!EXERCISE] {#exr-try}
    > Try it.

    > [!EXERCISE]
    > And again.

    : Widths and *losses* {#tbl-widths}

    | w | l |
    | - | - |
    | 1 | 2 |

    | a |
    | - |
    | 1 |

    : Below, and not counted

    See [](#thm-universal), [](#thm-second), [](#exr-try) and [](#tbl-widths).
    """

  @Test func theyAreNumberedAndLedTo() throws {
    let book = try SampleBook(Self.text)
    #expect(book.messages == "")
    // Where lines end between blocks is no matter.
    let article = book.article().replacing("\n", with: "")
    for part in [
      """
      <div class="alert theorem" role="note" id="thm-universal"><p class="alert-title">\
      <a class="number" href="#thm-universal">Theorem 1.1</a> Universal <em>approximation</em> of \
      <code class="tex">f</code></p><p>One layer is enough.</p>
      <p>If it is wide.</p>
      """,
      """
      <div class="alert lemma" role="note"><p class="alert-title">Lemma 1.1</p>
      <p>Without a title.</p>
      """,
      """
      <div class="alert theorem" role="note" id="thm-second"><p class="alert-title">\
      <a class="number" href="#thm-second">Theorem 1.2</a></p>
      <p>Named alone.</p>
      """,
      """
      <div class="alert definition" role="note"><p class="alert-title">Definition 1.1 Width</p>
      """,
      """
      <p class="alert-title">Proof of <a href="#thm-universal">Theorem 1.1</a></p><p>Omitted.</p>
      """,
      """
      <div class="alert exercise" role="note" id="exr-try"><p class="alert-title">\
      <a class="number" href="#exr-try">Exercise 1.1</a></p>
      """,
      """
      <div class="alert exercise" role="note" id="exercise-2"><p class="alert-title">Exercise 1.2</p>
      """,
      """
      <figure class="captioned" id="tbl-widths"><figcaption>\
      <a class="number" href="#tbl-widths">Table 1.1</a>Widths and <em>losses</em></figcaption>
      <div class="table">
      """,
      """
      <figure class="captioned"><div class="table">
      """,
      """
      <figcaption>Below, and not counted</figcaption></figure>
      """,
      """
      <p>See <a href="#thm-universal">Theorem 1.1</a>, <a href="#thm-second">Theorem 1.2</a>, \
      <a href="#exr-try">Exercise 1.1</a> and <a href="#tbl-widths">Table 1.1</a>.</p>
      """,
    ] {
      #expect(
        article.contains(part.replacing("\n", with: "")), "\(part)\n\nis not in\n\n\(article)")
    }
    let opened = article.components(separatedBy: "<figure").count
    #expect(opened == article.components(separatedBy: "</figure>").count)
    let paragraphs = article.matches(of: /<p[ >]/).count
    #expect(paragraphs == article.components(separatedBy: "</p>").count - 1)
  }

  @Test func theyAreListedAndFound() throws {
    let book = try SampleBook(Self.text)
    let page = book.renderer().page(for: book.chapters[0], result: nil)
    #expect(page.listed.map { "\($0.label) \($0.caption)" } == ["Table 1.1 Widths and losses"])
    let labels = page.searchEntries.flatMap(\.labels).map { "\($0.kind) \($0.number)" }
    #expect(
      labels == [
        "chapter 1", "theorem 1.1", "lemma 1.1", "theorem 1.2", "definition 1.1", "exercise 1.1",
        "exercise 1.2", "table 1.1",
      ])
  }

  @Test func inMarkdown() throws {
    let book = try SampleBook(Self.text)
    let files = book.renderer().markdownFiles(for: book.chapters[0], result: nil)
    let text = String(decoding: files["01-sample.md"] ?? [], as: UTF8.self)
    for part in [
      "<a id=\"thm-universal\"></a>", "> **Theorem 1.1** Universal *approximation* of $f$\n",
      "> **Lemma 1.1**\n", "> **Definition 1.1** Width\n", "> **Exercise 1.2**\n",
      "**Table 1.1** Widths and *losses*\n",
    ] {
      #expect(text.contains(part), "\(part) is not in\n\(text)")
    }
  }

  @Test(arguments: [
    (
      "> [!THEOREM] T {#universal}",
      "name 'universal' of a theorem must begin with 'thm-', as in '{#thm-universal}' [name-prefix]"
    ),
    (
      "> [!EXERCISE] {#thm-a}",
      "name 'thm-a' of an exercise must begin with 'exr-', as in '{#exr-thm-a}' [name-prefix]"
    ),
    (
      "> [!LEMMA] T {.big}",
      "'{.big}' after '[!LEMMA]' has no meaning; only a name such as '{#lem-one}' has [alert-text]"
    ),
    (
      "> [!PROOF] {#prf-a}",
      "'{#prf-a}' names a proof, which has no number to be named by [alert-text]"
    ),
    (
      "> [!THEORM]\n> x",
      "note '[!THEORM]' doesn't exist; did you mean '[!THEOREM]'? [unknown-alert]"
    ),
    ("> [!NOTE] title", "note '[!NOTE]' must stand alone on its line [alert-text]"),
    (
      "> [!LEMMA] {#lem-a}\n\n> [!LEMMA] {#lem-a}",
      "id 'lem-a' is used twice; an id names one thing of a chapter [duplicate-id]"
    ),
    (
      ": Widths {#tbl-a}\n\nText.",
      "caption '{#tbl-a}' has no table; it stands right before the table or right after it "
        + "[table-caption]"
    ),
    (
      ": Widths {#widths}\n\n| a |\n|-|",
      "name 'widths' of a table must begin with 'tbl-', as in '{#tbl-widths}' [name-prefix]"
    ),
    (
      ": Widths {.a}\n\n| a |\n|-|",
      "'{.a}' after a caption has no meaning; only a name such as '{#tbl-one}' has [table-caption]"
    ),
  ])
  func mistakes(text: String, message: String) {
    let (_, problems) = ChapterParser().parse(bytes: Array("# T\n\n\(text)\n".utf8), path: "a.md")
    let said = DiagnosticPrinter().text(for: problems)
    #expect(said.contains("error: \(message)\n"), "\(said)")
  }
}
