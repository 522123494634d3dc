import BookModel
import ChapterParsing
import Foundation
import PageRendering
import Testing

/// A book of a few chapters, with results made up where a test needs them.
struct SampleBook {
  var settings = BookSettings(
    title: "Networks by Hand", author: "A. Author",
    description: "Small neural networks, computed where you can see them")
  var chapters: [Chapter]

  /// Chapters by file name, in this order; a front matter with the title is added where none is.
  init(_ texts: KeyValuePairs<String, String>) throws {
    chapters = try texts.map { name, text in
      let whole = text.hasPrefix("---\n") ? text : "---\ntitle: A chapter\n---\n" + text
      let (chapter, diagnostics) = ChapterParser().parse(
        bytes: Array(whole.utf8), path: "chapters/\(name).md")
      #expect(diagnostics.isEmpty)
      return try #require(chapter)
    }
  }

  init(_ text: String) throws { try self.init(["01-sample": text]) }

  var index: BookIndex { BookIndex(Book(settings: settings, chapters: chapters)) }

  func renderer(math: [Formula: String] = [:]) -> PageRenderer {
    PageRenderer(index: index, math: math)
  }

  /// The page of one chapter as text.
  func page(
    _ number: Int = 0, cells: [CellResult] = [], inlineValues: [String] = [],
    math: [Formula: String] = [:]
  ) -> String {
    let page = renderer(math: math).page(
      for: chapters[number], result: ChapterResult(cells: cells, inlineValues: inlineValues))
    return String(decoding: page.files[page.path] ?? [], as: UTF8.self)
  }

  /// What stands between the page's heading and its end.
  func article(
    _ number: Int = 0, cells: [CellResult] = [], inlineValues: [String] = [],
    math: [Formula: String] = [:]
  ) -> String {
    let page = page(number, cells: cells, inlineValues: inlineValues, math: math)
    let article = page.components(separatedBy: "<article>").last ?? page
    let content = article.components(separatedBy: "</article>").first ?? article
    return (content.components(separatedBy: "</header>").last ?? content)
      .trimmingCharacters(in: .newlines)
  }

  /// The messages of the whole book as the tool prints them.
  var messages: String { DiagnosticPrinter().text(for: index.diagnostics) }
}
