import BookModel
import Testing

@testable import BookBuilding

@Suite struct BookFolderTests {
  let folder = try! TemporaryFolder()

  func refusal(_ path: String) -> String {
    do {
      _ = try BookFolder(path)
      return "nothing thrown"
    } catch {
      return DiagnosticPrinter().text(for: error.diagnostics)
        .replacing(folder.path + "/", with: "")
    }
  }

  @Test func chaptersStandInNaturalOrder() throws {
    for name in ["10-b.md", "2-a.md", "02-a.md", "a.md", "B.md", "2.md", ".hidden.md", "x.txt"] {
      try folder.write("", to: "book/" + name)
    }
    try folder.write("", to: "book/sub/c.md")
    let book = try BookFolder(folder.file("book/"))
    #expect(book.path == folder.file("book"))
    #expect(book.chapterNames == ["02-a.md", "2-a.md", "2.md", "10-b.md", "B.md", "a.md"])
    #expect(!book.hasSettings)
    #expect(book.file("a.md") == folder.file("book/a.md"))
  }

  @Test func aFolderThatIsNotThereIsNamed() {
    #expect(
      refusal(folder.file("none"))
        == "error: no folder 'none' here; a book is a folder of chapters ('nnbook init' makes one) [no-such-folder]\n"
    )
  }

  @Test func aFileIsNoBook() throws {
    try folder.write("", to: "a.md")
    #expect(
      refusal(folder.file("a.md"))
        == "error: 'a.md' is a file; a book is a folder of chapters [book-is-a-file]\n")
  }

  @Test func aFolderWithoutChaptersIsNoBook() throws {
    try folder.write("", to: "book/notes.txt")
    #expect(
      refusal(folder.file("book"))
        == "error: folder 'book' holds no chapters; a chapter is a file whose name ends in .md [no-chapters]\n"
    )
  }

  @Test func settingsByAnotherNameAreNotPassedOver() throws {
    try folder.write("", to: "book/book.yaml")
    #expect(
      refusal(folder.file("book"))
        == "error: settings 'book/book.yaml' are not read; the file is named book.yml [settings-name]\n"
    )
  }
}
