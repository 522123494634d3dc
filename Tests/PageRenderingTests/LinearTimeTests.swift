import BookModel
import ChapterParsing
import Foundation
import Testing

@testable import PageRendering

/// A chapter of four times as many pieces takes about four times as long as a page: with the square of
/// them it would be sixteen times. The times are those of the processor.
@Suite struct LinearTimeTests {
  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      "## A\n\n", "## A {#sec-a}\n\n", "[](#fig-none) ", "[a](none.md) ", "[a](#none) ",
      "![a](none.png) ",
      "![a](none.png){ ", "[@", "[@a; ", "[@a [", "@a [", "@{", "[[@a]] ", "[^1] ", "<b>a</b> ",
      "<? ", "\"a\" ",
      "a\n-\n", "$a$ ", "```text\na\n```\n\n", "[](#a\u{FE0F}) ",
    ])
  func `time grows as the text does`(piece: String) {
    let small = seconds(piece, 600)
    #expect(seconds(piece, 2_400) < small * 8 + 0.2)
  }

  private func seconds(_ piece: String, _ count: Int) -> Double {
    let text = "---\ntitle: T\n---\n\nA " + String(repeating: piece, count: count) + "\n"
    let (parsed, _) = ChapterParser().parse(bytes: Array(text.utf8), path: "chapters/a.md")
    guard let chapter = parsed else {
      Issue.record("\(piece) gives no chapter")
      return 0
    }
    let start = secondsOfThisThread()
    let index = BookIndex(Book(settings: BookSettings(), chapters: [chapter]))
    let page = PageRenderer(index: index).page(for: chapter, result: nil)
    var search = SearchIndex()
    search.add(SearchPart(page.searchEntries))
    #expect(!search.files().isEmpty)
    return secondsOfThisThread() - start
  }

  private func secondsOfThisThread() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// GitHub keeps the invisible mark of an emoji in an anchor, without the emoji.
  @Test func `a name is found without its invisible marks`() {
    let text =
      "---\ntitle: T\n---\n\n## ❤\u{FE0F} heart\n\n[a](#-heart) [b](#\u{FE0F}-heart)\n"
    let (parsed, _) = ChapterParser().parse(bytes: Array(text.utf8), path: "chapters/a.md")
    let index = BookIndex(Book(settings: BookSettings(), chapters: [parsed!]))
    #expect(index.diagnostics == [])
  }

  @Test func `no more links that lead nowhere are told than anybody reads`() {
    let links = (0..<300).map { "[a](#none\($0))" }.joined(separator: "\n")
    let (parsed, _) = ChapterParser().parse(
      bytes: Array("---\ntitle: T\n---\n\n\(links)\n".utf8), path: "chapters/a.md")
    let index = BookIndex(Book(settings: BookSettings(), chapters: [parsed!]))
    let told = index.diagnostics.withoutTooMany
    #expect(told.count == 101)
    #expect(
      told.last.map { DiagnosticPrinter().text(for: $0) }
        == "chapters/a.md:105:1: note: more than 100 messages for one file; the others are left out "
        + "[too-many-errors]\n")
    #expect(told.prefix(100).allSatisfy { $0.id == .unknownReference })
  }

  @Test func `an error is told beside any number of warnings`() {
    let place = SourceRange(file: "a.md", line: 1)
    let warnings = (0..<500).map { Diagnostic(.warning, .remoteImage, at: place, "\($0)") }
    let told = (warnings + [Diagnostic(.error, .unknownFile, at: place, "last")]).withoutTooMany
    #expect(told.count == 102)
    #expect(told.last?.summary == "last" && told.hasErrors)
  }
}
