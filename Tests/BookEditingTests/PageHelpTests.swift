import BookBuilding
import BookModel
import Foundation
import Testing

@testable import BookEditing

/// What pages are told about the code in their editors.
@Suite struct PageHelpTests {
  @Test func snippetsBecomeTextWithItsFirstPlaceSelected() {
    func read(_ written: String) -> (String, Range<Int>?) {
      let snippet = Snippet(written)
      return (snippet.text, snippet.selected)
    }
    #expect(read("count") == ("count", nil))
    #expect(read("f(${1:x}, ${2:y})") == ("f(x, y)", 2..<3))
    #expect(read("f(${2:y}, ${1:😀x})") == ("f(y, 😀x)", 5..<8))
    #expect(read("map { ${1:body} }$0") == ("map { body }", 6..<10))
    #expect(read("map(${1:{ ${2:x} in y \\}})") == ("map({ x in y })", 4..<14))
    #expect(read("a$0b") == ("ab", 1..<1))
    #expect(read("$name costs \\$5 and $") == ("$name costs $5 and $", nil))
    #expect(read("open ${1:x") == ("open x", 5..<6))
  }

  @Test func itemsKnowWhatTheyTakeThePlaceOf() throws {
    let question = CellHelp.Question(
      kind: .completion, path: "a.md", text: Array("\n> let 😀 = net.para + 1\n".utf8), line: 1,
      character: 19)
    let range = EditorRange(
      EditorPosition(line: 1, character: 15), EditorPosition(line: 1, character: 19))
    let edited = try #require(
      CellHelp.Item(
        [
          "label": "parameterCount", "detail": "Int", "insertTextFormat": 2,
          "textEdit": ["range": range.json, "newText": "parameterCount"],
          "documentation": ["kind": "markdown", "value": "All of them."],
        ], in: question))
    #expect(
      edited
        == .init(
          label: "parameterCount", detail: "Int", meaning: "All of them.", text: "parameterCount",
          from: 15, selected: []))
    let plain = try #require(CellHelp.Item(["label": "parade"], in: question))
    #expect(plain.text == "parade" && plain.from == 15)
    // Of another line, and nothing at all.
    let other = EditorRange(
      EditorPosition(line: 0, character: 0), EditorPosition(line: 0, character: 0))
    #expect(
      CellHelp.Item(
        ["label": "x", "textEdit": ["range": other.json, "newText": "x"]], in: question) == nil)
    #expect(CellHelp.Item([:], in: question) == nil)
  }

  private static let text = "---\ntitle: A\n---\n\n```swift\nlet net = 3\nnet.desc\n```\n"

  private func question(
    _ kind: CellHelp.Kind, _ text: String = text, line: Int, _ character: Int
  ) -> CellHelp.Question {
    CellHelp.Question(
      kind: kind, path: NSTemporaryDirectory() + "nnbook-page-help/01-a.md", text: Array(text.utf8),
      line: line, character: character)
  }

  @Test func withoutASwiftServerNothingIsSaid() async {
    let missing = DiagnosticError(
      Diagnostic(
        .error, .languageServerMissing,
        "the toolchain has no 'sourcekit-lsp', which understands the cells"))
    let help = PageHelp(
      LanguageServer.Surroundings(
        swiftServer: { _ in .failure(missing) }, execution: { _ in .nothing },
        reasons: { _, _ in [] }))
    #expect(await help.help.answer(question(.completion, line: 6, 8)) == CellHelp.Answer())
    #expect(await help.help.answer(question(.hover, line: 5, 5)) == CellHelp.Answer())
    await help.end()
    #expect(await help.help.answer(question(.hover, line: 5, 5)) == CellHelp.Answer())
  }

  @Test func aServerThatNeverAnswersIsNotWaitedForForEver() async {
    let help = PageHelp(
      LanguageServer.Surroundings(
        swiftServer: { _ in
          try? await Task.sleep(for: .seconds(3600))
          return .failure(DiagnosticError([]))
        }, execution: { _ in .nothing }, reasons: { _, _ in [] }), patience: .milliseconds(100))
    #expect(await help.help.answer(question(.hover, line: 5, 5)) == CellHelp.Answer())
    await help.end()
  }

  @Test func namesAreThoseOfTheTextThatWasSent() async throws {
    guard let swift = await InCellsTests.toolchain.value else { return }
    let help = PageHelp(
      LanguageServer.Surroundings(
        swiftServer: { _ in .success(swift) }, execution: { _ in .nothing },
        reasons: { _, _ in [] }))
    let found = await help.help.answer(question(.completion, line: 6, 8))
    let item = found.items.first { $0.label == "description" }
    #expect(item?.text == "description" && item?.from == 4 && item?.detail == "String")
    #expect(await help.help.answer(question(.hover, line: 5, 5)).hover.contains("let net: Int"))
    let other = Self.text.replacingOccurrences(of: "= 3", with: "= \"\"")
    async let first = help.help.answer(question(.hover, other, line: 5, 5))
    async let second = help.help.answer(question(.hover, line: 5, 5))
    #expect(await first.hover.contains("let net: String"))
    #expect(await second.hover.contains("let net: Int"))
    await help.end()
  }
}
