import BookModel
import ChapterParsing
import Testing

@testable import BookBuilding

@Suite struct StartingTests {
  @Test func aChapterIsNamedAfterItsTitleAndTheLastNumber() throws {
    let chapter = try NewChapter(
      title: "  Why depth:  an  answer? ", existing: ["01-a.md", "7-b.md", "book.yml"]
    ) { _ in false }
    #expect(chapter.name == "08-why-depth-an-answer.md")
    #expect(chapter.remark == nil)
    let first = try NewChapter(title: "Über Öl", existing: []) { _ in true }
    #expect(first.name == "01-über-öl.md")
  }

  @Test func aChapterComesBeforeTheAppendicesWhereANumberIsFree() throws {
    func new(_ existing: [String]) throws -> NewChapter {
      try NewChapter(title: "New", existing: existing) { $0.hasSuffix("appendix.md") }
    }
    #expect(try new(["90-an-appendix.md", "03-a.md", "99-appendix.md"]).name == "04-new.md")
    #expect(try new(["90-an-appendix.md"]).name == "01-new.md")
    #expect(try new(["3-appendix.md", "9-a.md", "12-appendix.md"]).name == "10-new.md")
    let full = try new(["09-a.md", "10-an-appendix.md", "12-appendix.md"])
    #expect(full.name == "13-new.md")
    #expect(
      full.remark
        == "It comes after the appendices: '10-an-appendix.md' has the number after the last chapter's"
    )
  }

  @Test func theCommandReadsWhichChaptersAreAppendices() async throws {
    let folder = try TemporaryFolder()
    try folder.write("---\ntitle: A\n---\n\nText.\n", to: "chapters/04-a.md")
    try folder.write(
      "---\ntitle: B\nappendix: true\n---\n\nText.\n", to: "chapters/06-b.md")
    let between = try await CommandRun(["new", "One"], in: folder.path)
    #expect(between.transcript == "exit 0\n--- output\nchapters/05-one.md\n")
    let after = try await CommandRun(["new", "Two"], in: folder.path)
    #expect(
      after.transcript == """
        exit 0
        --- output
        chapters/07-two.md
        It comes after the appendices: '06-b.md' has the number after the last chapter's

        """)
  }

  @Test(arguments: [
    "Plain words", "A: colon", "\"Quoted\" \\ text", "yes", "# hash", "- dash", "it's", "7",
    "{brace}", "über", "true", "a #b", "@at", "'", "null",
  ])
  func anyTitleComesBackFromTheFrontMatter(_ title: String) throws {
    guard let new = try? NewChapter(title: title, existing: [], isAppendix: { _ in false })
    else {
      #expect(title == "'")
      return
    }
    let (chapter, problems) = ChapterParser().parse(
      bytes: Array(new.text.utf8), path: "chapters/" + new.name)
    #expect(problems == [])
    #expect(chapter?.frontMatter.title == title)
    #expect(chapter?.cells.count == 1)
  }

  @Test func aTitleThatIsThereIsRefused() {
    #expect {
      try NewChapter(title: "Width", existing: ["03-width.md"]) { _ in false }
    } throws: { error in
      (error as? DiagnosticError)?.diagnostics.first?.summary
        == "chapter '03-width.md' is there already"
    }
  }

  @Test(arguments: [
    ("steps", "Steps"), ("books/my-first_book/", "My first book"), (".", "A new book"),
    ("../2026", "A new book"), ("über", "Über"),
  ])
  func aBookIsNamedAfterItsFolder(_ folder: String, _ title: String) throws {
    #expect(NewBook.title(of: folder) == title)
    let settings = try #require(NewBook(folder: folder).files["chapters/book.yml"])
    #expect(settings.hasPrefix("title: \(title)\n"))
  }

  @Test func theFirstChapterOfABookIsAsItShouldBe() throws {
    let text = try #require(NewBook(folder: "a").files["chapters/01-a-first-network.md"])
    let (chapter, problems) = ChapterParser().parse(
      bytes: Array(text.utf8), path: "chapters/01-a-first-network.md")
    #expect(problems == [])
    #expect(chapter?.cells.map(\.isLive) == [true, false])
    #expect(chapter?.inlineValues.count == 3)
  }

  @Test func aBookIsNotWrittenOverAnother() throws {
    let folder = try TemporaryFolder()
    let book = try NewBook(folder: folder.path)
    try book.write()
    #expect(
      try folder.files == [".gitignore", "chapters/01-a-first-network.md", "chapters/book.yml"])
    #expect(throws: DiagnosticError.self) { try book.write() }
  }
}
