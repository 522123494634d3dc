import BookModel
import Foundation
import PageRendering
import Testing

/// One book that uses everything, compared byte for byte and checked as a whole.
@Suite struct TourTests {
  let book: SampleBook
  let files: [String: [UInt8]]

  init() throws {
    book = try SampleBook([
      "01-tour": GoldenFile.markdown("tour"), "02-counting": GoldenFile.markdown("counting"),
    ])
    let renderer = PageRenderer(index: book.index, math: try SampleResults.math("tour"))
    let pages = [
      renderer.page(for: book.chapters[0], result: SampleResults.tour),
      renderer.page(for: book.chapters[1], result: ChapterResult()),
    ]
    #expect(pages.flatMap(\.diagnostics).isEmpty)
    var files = pages.reduce(into: renderer.commonFiles(listed: pages.flatMap(\.listed))) {
      $0.merge($1.files) { _, new in new }
    }
    var search = SearchIndex()
    for page in pages { search.add(SearchPart(page.searchEntries)) }
    files.merge(search.files()) { $1 }
    self.files = files
    if let folder = ProcessInfo.processInfo.environment["SAMPLE_SITE"] {
      for (path, bytes) in files {
        let file = URL(filePath: folder).appending(path: path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
      }
    }
  }

  private func text(_ path: String) -> String { String(decoding: files[path] ?? [], as: UTF8.self) }

  @Test func theBookHasNoProblems() {
    #expect(book.messages == "")
  }

  @Test func pagesAreAsExpected() {
    GoldenFile(name: "tour.html").expect(text("01-tour.html"))
    GoldenFile(name: "counting.html").expect(text("02-counting.html"))
    GoldenFile(name: "index.html").expect(text("index.html"))
    GoldenFile(name: "figures.html").expect(text("figures.html"))
    GoldenFile(name: "search-words.js").expect(text("assets/search/words-0.js"))
    GoldenFile(name: "search-entries.js").expect(text("assets/search/entries-0.js"))
  }

  @Test func markdownHoldsTheResults() throws {
    let renderer = PageRenderer(index: book.index)
    var files = renderer.markdownFiles(for: book.chapters[0], result: SampleResults.tour)
    files.merge(renderer.markdownLists) { $1 }
    #expect(files.keys.sorted() == ["01-tour.md", "README.md", "images/01-tour-1-0.svg"])
    GoldenFile(name: "tour.results.md").expect(
      String(decoding: files["01-tour.md"] ?? [], as: UTF8.self))
    GoldenFile(name: "README.results.md").expect(
      String(decoding: files["README.md"] ?? [], as: UTF8.self))
    let image = String(decoding: files["images/01-tour-1-0.svg"] ?? [], as: UTF8.self)
    #expect(image.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox="))
  }

  @Test(arguments: ["01-tour.html", "02-counting.html", "index.html"])
  func pagesAreWellFormed(path: String) {
    _ = ParsedPage(text(path))
  }

  @Test func theSameBookGivesTheSameBytes() throws {
    let again = try TourTests().files
    #expect(again == files)
  }

  @Test func nothingIsAskedOfAnotherHost() {
    for (path, bytes) in files {
      let text = String(decoding: bytes, as: UTF8.self)
        .replacing("http://www.w3.org/", with: "")
      #expect(!text.contains("http:"), "\(path) names a host")
      #expect(!text.contains("https:"), "\(path) names a host")
      #expect(!text.contains("fetch("), "\(path) fetches")
    }
  }
}
