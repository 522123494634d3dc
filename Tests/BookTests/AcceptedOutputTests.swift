import BookModel
import ChapterParsing
import Testing

@testable import BookBuilding

@Suite struct AcceptedOutputTests {
  /// The chapter after accepting one text for every expected output.
  func accept(_ text: String, in chapter: String) throws -> String {
    let bytes = Array(chapter.utf8)
    let parsed = try #require(ChapterParser().parse(bytes: bytes, path: "a.md").0)
    let outputs = parsed.cells.compactMap { cell in
      cell.expectedOutput.map { AcceptedOutput($0, text: text) }
    }
    #expect(!outputs.isEmpty)
    return String(decoding: AcceptedOutput.applying(outputs, to: bytes), as: UTF8.self)
  }

  @Test func theNewTextTakesThePlaceOfTheOld() throws {
    let chapter = "# A\n\n```swift\n1\n```\n\n```output\nold\nlines\n```\n\nMore.\n"
    #expect(
      try accept("new\n", in: chapter)
        == "# A\n\n```swift\n1\n```\n\n```output\nnew\n```\n\nMore.\n")
    #expect(
      try accept("", in: chapter) == "# A\n\n```swift\n1\n```\n\n```output\n```\n\nMore.\n")
  }

  @Test func lineEndsAreTheAuthors() throws {
    let chapter = "# A\r\n\r\n```swift\r\n1\r\n```\r\n\r\n```output\r\nold\r\n```\r\n"
    #expect(
      try accept("a\nb\n", in: chapter)
        == "# A\r\n\r\n```swift\r\n1\r\n```\r\n\r\n```output\r\na\r\nb\r\n```\r\n")
  }

  @Test func listsAndQuotesKeepTheirMarks() throws {
    let chapter = "# A\n\n> ```swift\n> 1\n> ```\n>\n> ```output\n> old\n> ```\n"
    #expect(
      try accept("a\nb\n", in: chapter)
        == "# A\n\n> ```swift\n> 1\n> ```\n>\n> ```output\n> a\n> b\n> ```\n")
    let list = "# A\n\n1. ```swift\n   1\n   ```\n\n   ```output\n   old\n   ```\n"
    #expect(
      try accept("a\n", in: list)
        == "# A\n\n1. ```swift\n   1\n   ```\n\n   ```output\n   a\n   ```\n")
  }

  @Test func textWithFencesGetsALongerFence() throws {
    let chapter = "# A\n\n```swift\n1\n```\n\n```output\nold\n```\n"
    #expect(
      try accept("```\nx\n```\n", in: chapter)
        == "# A\n\n```swift\n1\n```\n\n````output\n```\nx\n```\n````\n")
  }
}
