import BookModel
import ChapterParsing
import Foundation
import PageRendering
import Testing

@Suite struct GlossaryLinkTests {
  static let glossary = """
    ---
    title: Words
    glossary:
      Code: unlinked
      Encoder and decoder: encoder, decoder
    ---

    <a id="batch"></a>**Batch.** The samples of one step.

    **Batch normalization.** Keeps the mean of a [batch](#batch) at 0.

    **Code.** What comes out in the middle.

    **Cross-entropy:** A loss.

    - **Encoder and decoder**, the two halves.

    **Exclusive or (XOR).** On when exactly one is.

    **ReLU.** What is below zero becomes zero.
    """

  private func links(_ text: String, language: String = "en", glossary: String = Self.glossary)
    throws -> [String]
  {
    var book = try SampleBook(["01-a": text, "02-words": glossary])
    book.settings.language = language
    #expect(book.messages == "")
    return Self.links(in: book.article())
  }

  private static func links(in article: String) -> [String] {
    article.matches(of: /<a class="term" href="([^"]*)">([^<]*)<\/a>/).map {
      "\($0.2) → \($0.1.replacing("02-words.html", with: ""))"
    }
  }

  @Test(arguments: [
    // The first use of each, the longest at each place.
    (
      "A batch, batch normalization and a batch.",
      ["batch → #batch", "batch normalization → #term-batch-normalization"]
    ),
    ("Batch normalization comes first.", ["Batch normalization → #term-batch-normalization"]),
    ("Batches of an ENCODER.", ["Batches → #batch", "ENCODER → #term-encoder-and-decoder"]),
    // Whole words only; a hyphen joins.
    ("A batchwise mini-batch, batch-size, batch_size, encode.", []),
    (
      "The cross\nentropy of “XOR”.",
      ["cross\nentropy → #term-cross-entropy", "XOR → #term-exclusive-or"]
    ),
    (
      "*Batch normal*ization, an *encoder*.",
      ["Batch → #batch", "encoder → #term-encoder-and-decoder"]
    ),
    (
      "<figure>\n<figcaption>\n\nA batch.\n\n</figcaption>\n</figure>\n\nA ReLU.",
      ["ReLU → #term-relu"]
    ),
    ("Two XORs.", ["XORs → #term-exclusive-or"]),
    // Capitals within a word belong to it.
    ("To relu or xor; a ReLU and ReLUs.", ["ReLU → #term-relu"]),
    ("Code is not linked, and neither are codes.", []),
    // Not prose.
    ("## A batch\n\n`batch` $batch$ [batch](#a-batch) ![batch](b.png)", []),
    ("<b>batch</b> <a href=\"https://example.org\">an *encoder*</a>", []),
    ("| batch | encoder |\n| --- | --- |\n| decoder | XOR |\n\n: A batch", []),
    ("Here.[^1]\n\n[^1]: A batch.", []),
    ("> [!SOLUTION]\n> A batch.", []),
    ("> [!THEOREM] Batch {#thm-a}\n> An encoder.", ["encoder → #term-encoder-and-decoder"]),
    ("**Batch**\n\nA decoder.", ["decoder → #term-encoder-and-decoder"]),
    ("> A batch\n\n- An encoder", ["batch → #batch", "encoder → #term-encoder-and-decoder"]),
    // The author's own link is as good.
    ("A [batch](02-words.md#batch) is a batch.", []),
    // After a formula and before its mark.
    ("The $x$ batch, $y$.", ["batch → #batch"]),
  ])
  func leadToDefinitionsOnce(text: String, expected: [String]) throws {
    #expect(try links(text) == expected)
  }

  @Test func stayInTheSentence() throws {
    let book = try SampleBook([
      "01-a": "One *batch* of “XOR”\nand it's done.", "02-words": Self.glossary,
    ])
    #expect(
      book.article() == """
        <p>One <em><a class="term" href="02-words.html#batch">batch</a></em> of \
        “<a class="term" href="02-words.html#term-exclusive-or">XOR</a>”
        and it’s done.</p>
        """)
    #expect(book.page().contains("href=\"assets/terms.css\""))
    #expect(!book.page(1).contains("terms.css"))
    // The glossary has the author's links alone, and places for what had none.
    #expect(book.article(1).contains("<p><span id=\"term-relu\"></span><strong>ReLU.</strong>"))
    #expect(Self.links(in: book.article(1)) == [])
    let page = book.renderer().page(for: book.chapters[1], result: nil)
    let previews = String(decoding: page.files["02-words.preview.js"] ?? [], as: UTF8.self)
    #expect(previews.contains("\"batch\": \"<p><a id="))
    #expect(previews.contains("The samples of one step."))
    #expect(!previews.contains("What comes out in the middle"))
  }

  @Test(arguments: [
    (
      "unlinked: all", "A batch of XOR.", [String]()
    ),
    ("unlinked: batch, XOR", "A batch of XOR.", ["XOR"]),
    ("unlinked: [Batch, Exclusive or]", "A batch of XOR and a decoder.", ["decoder"]),
  ])
  func canBeSwitchedOff(key: String, text: String, expected: [String]) throws {
    let book = try SampleBook([
      "01-a": "---\ntitle: A\n\(key)\n---\n\(text)", "02-words": Self.glossary,
    ])
    #expect(
      Self.links(in: book.article()).map { String($0.prefix { $0 != " " }) } == expected)
  }

  @Test func areFoundWhereWordsHaveNoBorders() throws {
    let glossary = """
      ---
      title: 用語
      glossary: true
      ---

      **勾配（こうばい）。** 坂の向き。

      **バッチ。** 一度に見る標本。

      **경사.** 기울기.
      """
    #expect(
      try links("損失の勾配を求める。ミニバッチではなくバッチ。경사는", language: "ja", glossary: glossary) == [
        "勾配 → #term-勾配", "バッチ → #term-バッチ", "경사 → #term-경사",
      ])
  }

  @Test func followGermanSpelling() throws {
    let glossary = """
      ---
      title: Wörter
      glossary:
        Verlust: Verlusts, Verluste
      ---

      **Verlust.** Wie falsch die Antworten sind.

      **Größe.** Wie viel.
      """
    #expect(
      try links("Verlustfunktion des Verlusts, GRÖSSE, Größen", language: "de", glossary: glossary)
        == ["Verlusts → #term-verlust", "GRÖSSE → #term-größe"])
  }

  @Test func standInBooksOnPaperAndInReaders() throws {
    let book = try SampleBook(["01-a": "A batch.", "02-words": Self.glossary])
    let renderer = book.renderer()
    let parts = book.chapters.map { renderer.part(of: $0, result: nil) }
    let whole = String(
      decoding: renderer.wholeBook(parts, pages: ["02-words/batch": 7])["index.html"] ?? [],
      as: UTF8.self)
    #expect(whole.contains("A <a class=\"term\" href=\"#02-words/batch\">batch</a>."))
    let epub = renderer.epub(
      book.chapters.map { renderer.epubPart(of: $0, result: nil) }, images: [:],
      modified: "2026-03-01", identifier: "x")
    let chapter = String(decoding: epub["EPUB/01-a.xhtml"] ?? [], as: UTF8.self)
    #expect(chapter.contains("<a class=\"term\" href=\"02-words.xhtml#batch\">batch</a>"))
  }

  private static let text = """
    A batch of &lt;b, *batch* normalization,
    **cross
    entropy** of an [encoder](02-words.md#term-encoder-and-decoder) and a decoder: `{swift} 1`.

    > [!NOTE]
    > No ReLU\\_x but a ReLU.

    > [!SOLUTION]
    > An XOR.
    """

  @Test func standInMarkdown() throws {
    let book = try SampleBook(["01-a": Self.text, "02-words": Self.glossary])
    func text(_ number: Int) -> String {
      let chapter = book.chapters[number]
      let files = book.renderer().markdownFiles(for: chapter, result: nil)
      return String(decoding: files["\(chapter.slug).md"] ?? [], as: UTF8.self)
    }
    for part in [
      "A [batch](02-words.md#batch) of", "**[cross entropy](02-words.md#term-cross-entropy)**",
      "and a decoder:", "but a [ReLU](02-words.md#term-relu).", "An XOR.",
    ] {
      #expect(text(0).contains(part), "\(part) in \(text(0))")
    }
    #expect(text(1).contains("<a id=\"batch\"></a>**Batch.** The samples"))
    #expect(text(1).contains("\n<a id=\"term-relu\"></a>**ReLU.** What"))
    #expect(text(1).contains("- <a id=\"term-encoder-and-decoder\"></a>**Encoder and decoder**"))
  }

  @Test func standInNotebooks() throws {
    let book = try SampleBook(["01-a": Self.text, "02-words": Self.glossary])
    func text(_ number: Int) throws -> String {
      let chapter = book.chapters[number]
      let files = book.renderer().notebookFiles(for: chapter, result: nil)
      let object = try JSONSerialization.jsonObject(
        with: Data(files["\(chapter.slug).ipynb"] ?? []))
      let cells = (object as? [String: Any])?["cells"] as? [[String: Any]] ?? []
      return cells.dropFirst().compactMap { ($0["source"] as? [String])?.joined() }
        .joined(separator: "\n\n")
    }
    let (first, second) = (try text(0), try text(1))
    #expect(
      first == """
        A <a class="term" href="02-words.ipynb#batch">batch</a> of &lt;b, *batch* normalization,
        **<a class="term" href="02-words.ipynb#term-cross-entropy">cross
        entropy</a>** of an [encoder](02-words.ipynb#term-encoder-and-decoder) and a decoder: `{swift} 1`.

        > <span data-written="[!NOTE]">**Note**<br /></span>
        > No ReLU\\_x but a <a class="term" href="02-words.ipynb#term-relu">ReLU</a>.

        > <span data-written="[!SOLUTION]">**Solution**<br /></span>
        > An XOR.
        """, "\(first)")
    #expect(second.contains("\n<a class=\"term\" id=\"term-relu\"></a>**ReLU.** What"))
    let plain = WrittenMark.removed(from: NotebookTerms.removed(from: first))
    #expect(plain.replacing(".ipynb", with: ".md") == Self.text)
    #expect(
      NotebookTerms.removed(from: second).replacing(".ipynb", with: ".md")
        == Self.glossary.components(separatedBy: "---\n\n")[1])
  }

  @Test func needAGlossary() throws {
    #expect(
      try SampleBook(["01-a": "---\ntitle: A\nunlinked: batch\n---\nA batch."]).messages == """
        chapters/01-a.md:3:11: error: 'unlinked' names a term, and the book has no glossary; \
        'glossary: true' in the front matter of a chapter makes it one [no-terms]

        """)
  }

  @Test func areNotCountedAsUnused() throws {
    let book = try SampleBook(["01-a": "A batch.", "02-words": Self.glossary])
    #expect(book.index.unusedPlaces().map(\.id) == [])
  }

  @Test func takeTimeThatGrowsAsTheTextDoes() throws {
    let terms = (0..<200).map { "**Term a\($0) b.** It is one." }.joined(separator: "\n\n")
    func seconds(paragraphs: Int) throws -> Double {
      let text = String(
        repeating: "A term, another term a1 of a term a2 c, and no term b at all.\n\n",
        count: paragraphs)
      let book = try SampleBook([
        "01-a": text, "02-words": "---\ntitle: W\nglossary: true\n---\n\n\(terms)\n",
      ])
      let renderer = book.renderer()
      // Of this thread, whatever else the machine does; the least of a few is what it takes.
      return (0..<3).map { _ in
        let start = Self.secondsOfThread()
        _ = renderer.part(of: book.chapters[0], result: nil)
        return Self.secondsOfThread() - start
      }.min() ?? 0
    }
    _ = try seconds(paragraphs: 10)
    let (few, many) = (try seconds(paragraphs: 250), try seconds(paragraphs: 1000))
    // Fourfold; far from the sixteenfold of a square.
    #expect(many < 8 * few, "\(few) s and \(many) s")
  }

  private static func secondsOfThread() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
