import BookModel
import ChapterParsing
import PageRendering
import Testing

@testable import BookBuilding

@Suite struct BookCheckTests {
  func chapter(_ markdown: String) throws -> Chapter {
    try #require(
      ChapterParser().parse(bytes: Array("# A\n\n\(markdown)".utf8), path: "a.md").0)
  }

  func texts(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { DiagnosticPrinter().text(for: $0) }
  }

  @Test func resultsThatChangeAreFoundInCellsAndSentences() throws {
    let chapter = try chapter("```swift\nx\n```\n\n```swift\ny\n```\n\nIt is `{swift} y`.\n")
    func result(_ text: String, _ value: String) -> ChapterResult {
      ChapterResult(
        cells: [
          CellResult(outputs: [.text("1")]), CellResult(outputs: [.console("a\n\(text)\n")]),
        ],
        inlineValues: [value])
    }
    #expect(BookCheck.differences(in: chapter, result("1", "1"), result("1", "1")).isEmpty)
    #expect(
      texts(BookCheck.differences(in: chapter, result("0.25", "1"), result("0.75", "2"))) == [
        """
        a.md:7:1: error: cell gives another result when it runs again; a seed makes what is random \
        repeatable [changing-result]
        note: first '0.25', then '0.75'

        """,
        """
        a.md:11:16: error: value was '1', and is '2' when it runs again; a seed makes what is random \
        repeatable [changing-result]

        """,
      ])
  }

  @Test func figuresWithoutCaptionAreNamed() throws {
    let chapter = try chapter(
      "```swift id=fig-a\nx\n```\n\n```swift id=fig-b caption=\"B\"\nx\n```\n\n```swift id=c\nx\n```\n"
    )
    let shown = CellResult(outputs: [.svg("<svg/>")])
    let result = ChapterResult(cells: [shown, shown, shown])
    #expect(
      texts(BookCheck.missingCaptions(in: chapter, result)) == [
        """
        a.md:3:13: warning: figure 'fig-a' has no caption; '//| caption: …' says what it shows \
        [missing-caption]

        """
      ])
  }

  @Test func namesThatNothingUsesAreNamed() throws {
    let chapter = try chapter(
      "```swift id=fig-a\nx\n```\n\n```swift id=fig-b\nx\n```\n\nSee [](#fig-a).\n")
    let book = Book(settings: BookSettings(), chapters: [chapter])
    #expect(
      texts(BookCheck.unusedNames(in: book, BookIndex(book))) == [
        """
        a.md:7:13: warning: id 'fig-b' is used by no reference; '[](#fig-b)' in the text would lead \
        to it [unused-id]

        """
      ])
  }

  @Test func plainNamesThatNothingUsesAreToldInOneNoteAChapter() throws {
    func chapter(_ slug: String, _ matter: String, _ markdown: String) throws -> Chapter {
      let text = "---\ntitle: A\n\(matter)---\n\n\(markdown)"
      return try #require(ChapterParser().parse(bytes: Array(text.utf8), path: slug + ".md").0)
    }
    let cells = ["a", "b", "c", "d"].map { "```swift id=\($0)\nx\n```\n\n" }.joined()
    let book = Book(
      settings: BookSettings(),
      chapters: [
        try chapter("one", "id: first\n", "Text.\n"),
        try chapter(
          "two", "id: second\n", cells + "<a id=\"e\"></a>See [it](#b), and [](#second).\n"),
        try chapter(
          "three", "", "```swift id=f\nx\n```\n\n## Third\n\n[First](one.md), [d](two.md#d)\n"),
      ])
    #expect(
      texts(BookCheck.unusedNames(in: book, BookIndex(book))) == [
        """
        one.md:3:5: warning: id 'first' is used by no reference; '[](#first)' in the text would lead \
        to it [unused-id]

        """,
        """
        two.md:6:13: note: ids 'a', 'c' and 'e' are used by no reference; keep them for 'nnbook why' \
        or links from elsewhere, or leave them out [unused-id]

        """,
        """
        three.md:5:13: note: id 'f' is used by no reference; keep it for 'nnbook why' or links from \
        elsewhere, or leave it out [unused-id]

        """,
      ])
  }

  @Test func namesInCaptionsQuestionsAndPrintedTextAreUsed() throws {
    let chapter = try chapter(
      """
      ```swift id=fig-a caption="Unlike [](#fig-b)"
      x
      ```

      ```swift id=fig-b caption="B" predict="As in [it](#c)?"
      x
      ```

      ```swift id=c asis
      x
      ```

      """)
    let book = Book(settings: BookSettings(), chapters: [chapter])
    let silent = CellResult(outputs: [.console("fig-a")])
    let printed = CellResult(outputs: [.console("See [](#fig-a).\n")])
    func told(_ last: CellResult) -> [String] {
      let result = ChapterResult(cells: [silent, silent, last])
      return BookCheck.unusedNames(in: book, BookIndex(book), ["a": result]).map {
        $0.summary.prefix(11) + ""
      }
    }
    #expect(told(silent) == ["id 'fig-a' "])
    #expect(told(printed) == [])
  }

  @Test func ofManyPlainNamesTheFirstAreTold() throws {
    func told(_ count: Int) throws -> String {
      let anchors = (1...count).map { "<a id=\"n\($0)\"></a>" }.joined()
      let book = Book(settings: BookSettings(), chapters: [try chapter(anchors + "Text.\n")])
      return texts(BookCheck.unusedNames(in: book, BookIndex(book))).joined()
    }
    let first = "ids 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9', 'n10', 'n11', 'n12'"
    #expect(try told(13).contains(first + " and 'n13' are used by no reference; "))
    #expect(try told(14).contains(first + " and 2 more are used by no reference; "))
  }

  @Test func notesAreLeftOutWhenQuiet() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "---\ntitle: A\n---\n\n```swift ignore id=a\nx\n```\n", to: "chapters/a.md")
    let run = try await CommandRun(["check"], in: folder.path)
    #expect(
      run.transcript == """
        exit 0
        --- output
        1 chapter: 0 errors, 0 warnings
        --- errors
        chapters/a.md:5:20: note: id 'a' is used by no reference; keep it for 'nnbook why' or links \
        from elsewhere, or leave it out [unused-id]

        """)
    #expect(try await CommandRun(["check", "-q"], in: folder.path).transcript == "exit 0\n")
  }
}
