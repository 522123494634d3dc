import BookModel
import Testing

@testable import PageRendering

@Suite struct `The parts of the theme that few pages load` {
  /// The parts in the site of a book of one chapter, each of which its page loads.
  private func parts(_ text: String, _ result: ChapterResult = ChapterResult()) throws -> Set<
    String
  > {
    let book = try SampleBook(text)
    let page = book.renderer().page(for: book.chapters[0], result: result)
    let files = book.renderer().commonFiles(listed: page.listed, parts: page.parts)
    let html = String(decoding: page.files[page.path] ?? [], as: UTF8.self)
    let all = Set(ThemePart.allCases.map(\.path))
    for part in all { #expect(html.contains("\"\(part)\"") == (files[part] != nil), "\(part)") }
    return all.intersection(files.keys)
  }

  @Test func `are not in a site whose pages do without`() throws {
    #expect(try parts("Words.").isEmpty)
  }

  @Test func `are in the site of a book with tabs`() throws {
    #expect(try parts(TabTests.text) == ["assets/tabs.css", "assets/tabs.js"])
  }

  @Test func `are in the site of a book with a glossary`() throws {
    let book = try SampleBook(["01-a": "A batch.", "02-words": GlossaryLinkTests.glossary])
    let pages = book.chapters.map { book.renderer().page(for: $0, result: nil) }
    #expect(pages.map(\.parts) == [[.termsStyle], []])
  }

  @Test func `are in the site of a book with figures in parts, or notes on lines`() throws {
    #expect(try parts(FigurePartTests.text) == ["assets/parts.css"])
    #expect(try parts(LineNoteTests.text) == ["assets/line-notes.css", "assets/line-notes.js"])
  }

  @Test func `are in the site of a book that asks before it shows`() throws {
    let result = ChapterResult(cells: [CellResult(outputs: [.text("1")])])
    #expect(
      try parts("```swift predict=\"What?\"\n1\n```\n", result) == ["assets/predictions.js"])
  }

  @Test(arguments: ["slider", "points"])
  func `are in the site of a book with live cells`(kind: String) throws {
    let control = try #require(ControlRecord(#"{"kind":"\#(kind)","key":"p","label":"P"}"#))
    let result = ChapterResult(
      cells: [CellResult(outputs: [.control(control), .text("1")])],
      liveModule: LiveModule(bytes: [0], cells: [0]))
    let plane: Set = kind == "points" ? ["assets/live-plane.js"] : []
    #expect(try parts("```swift live\n1\n```\n", result) == plane.union(["assets/live.js"]))
  }

  @Test func `are all in the theme`() {
    #expect(ThemePart.allCases.allSatisfy { Theme.standard.files[$0.path] != nil })
  }
}
