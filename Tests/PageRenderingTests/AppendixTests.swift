import BookModel
import Testing

@testable import PageRendering

/// Appendices are lettered, and chapters count past them.
@Suite struct AppendixTests {
  static let lettered = """
    ---
    title: Words
    id: words
    appendix: true
    ---
    ## Alpha

    > [!EXERCISE]
    > Count.

    ```swift id=fig-word caption="A word"
    1
    ```

    """

  func book(referring text: String) throws -> SampleBook {
    try SampleBook([
      "01-one": text, "20-words": Self.lettered,
      "21-names": "---\ntitle: Names\nappendix: true\n---\n", "22-two": "## Beta\n",
    ])
  }

  @Test(arguments: [
    ("[](#words)", ">Appendix A</a>"), ("[](20-words.md)", ">Appendix A, Words</a>"),
    ("[](20-words.md#alpha)", ">Section A.1</a>"), ("[](#fig-word)", ">Figure A.1</a>"),
    ("[](22-two.md#beta)", ">Section 2.1</a>"), ("[](21-names.md)", ">Appendix B, Names</a>"),
  ])
  func aReferenceSaysTheLetter(written: String, link: String) throws {
    #expect(try book(referring: "See \(written).\n").article().contains(link))
  }

  @Test func thePageSaysTheLetter() throws {
    let book = try book(referring: "Nothing.\n")
    #expect(book.page(1).contains(">Appendix A</p>"))
    #expect(book.page(1).contains(">Exercise A.1</p>"))
    #expect(book.page(2).contains(">Appendix B</p>"))
    #expect(book.page(3).contains(">Chapter 2</p>"))
  }

  @Test func theListOfChaptersSaysTheLetter() throws {
    let contents = String(
      decoding: try book(referring: "Nothing.\n").renderer().markdownLists["README.md"] ?? [],
      as: UTF8.self)
    #expect(
      contents.hasSuffix(
        """
        1. [A chapter](01-one.md)
        - Appendix A: [Words](20-words.md)
        - Appendix B: [Names](21-names.md)
        2. [A chapter](22-two.md)

        """))
  }

  @Test(arguments: [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")])
  func lettersGoOnAfterZ(place: Int, letters: String) {
    #expect(ChapterNumber(place: place, isAppendix: true).text == letters)
  }
}
