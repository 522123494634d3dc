import BookModel
import ChapterParsing
import Testing

@testable import BookBuilding

@Suite struct StartingTests {
  @Test func aChapterIsNamedAfterItsTitleAndTheLastNumber() throws {
    let chapter = try NewChapter(
      title: "  Why depth:  an  answer? ", existing: ["01-a.md", "7-b.md", "book.yml"])
    #expect(chapter.name == "08-why-depth-an-answer.md")
    #expect(try NewChapter(title: "Über Öl", existing: []).name == "01-über-öl.md")
  }

  @Test(arguments: [
    "Plain words", "A: colon", "\"Quoted\" \\ text", "yes", "# hash", "- dash", "it's", "7",
    "{brace}", "über", "true", "a #b", "@at", "'", "null",
  ])
  func anyTitleComesBackFromTheFrontMatter(_ title: String) throws {
    guard let new = try? NewChapter(title: title, existing: []) else {
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
      try NewChapter(title: "Width", existing: ["03-width.md"])
    } throws: { error in
      (error as? DiagnosticError)?.diagnostics.first?.summary
        == "chapter '03-width.md' is there already"
    }
  }

  @Test func aBookIsNotWrittenOverAnother() throws {
    let folder = try TemporaryFolder()
    let book = try NewBook(folder: folder.path)
    try book.write()
    #expect(
      try folder.files == ["chapters/01-a-first-network.md", "chapters/book.yml"])
    #expect(throws: DiagnosticError.self) { try book.write() }
  }
}
