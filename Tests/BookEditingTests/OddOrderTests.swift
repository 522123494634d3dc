import BookModel
import ChapterParsing
import Foundation
import Testing

@testable import BookEditing

/// What editors do that nobody expects: many things at once, twice, or after the end.
@Suite struct OddOrderTests {
  private static let text = "# A\n\n```swift hiden\nlet a = 1\n```\n\nSee [](#fig-lost).\n"

  /// What is said of a file, once its messages are those of the text.
  private func said(
    _ editor: Editor, _ name: String, of text: String
  ) async throws -> [String] {
    let wanted = [
      "hiden": "unknown-cell-word", "fig-lost": "unknown-reference",
    ].filter { text.contains($0.key) }.map(\.value)
    return try await editor.diagnostics(name) { lines in
      wanted.allSatisfy { id in lines.contains { $0.contains(id) } }
    }
  }

  private func edit(_ line: Int, _ from: Int, _ to: Int, _ text: String) -> JSON {
    [
      "range": EditorRange(
        EditorPosition(line: line, character: from), EditorPosition(line: line, character: to)
      ).json, "text": .string(text),
    ]
  }

  @Test func severalRangesOfOneChangeAreAppliedInTurn() async throws {
    let editor = try await Editor(["01-a.md": Self.text])
    await editor.tell(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(editor.address("01-a.md")), "version": 2],
        "contentChanges": [
          edit(0, 2, 3, "😀é"), edit(0, 5, 5, "!\n\nMore"), edit(4, 14, 15, "d"),
          edit(4, 9, 14, ""),
        ],
      ])
    let kept = await editor.server.files[editor.address("01-a.md")]?.text.string
    #expect(
      kept == "# 😀é!\n\nMore\n\n```swift d\nlet a = 1\n```\n\nSee [](#fig-lost).\n")
  }

  @Test func aFileOpenedTwiceIsOneFile() async throws {
    let editor = try await Editor(["01-a.md": Self.text])
    await editor.open("01-a.md", "# B\n\n" + Self.text.dropFirst(5))
    let lines = try await said(editor, "01-a.md", of: Self.text)
    #expect(lines.contains { $0.hasPrefix("3:10 cell word 'hiden'") })
    #expect(await editor.server.files.count == 1)
    let documents = await editor.server.swift.documents
    #expect(documents.values.map(\.version) == [1])
  }

  @Test func thousandEditsAreOneTextInTheEnd() async throws {
    let editor = try await Editor(["01-a.md": Self.text])
    var asked: [Int] = []
    var last = EditorPosition(line: 6, character: 0)
    for version in 2...1001 {
      await editor.change(
        "01-a.md", version: version, EditorRange(last, last), version % 40 == 0 ? "\n" : "x")
      last =
        version % 40 == 0
        ? EditorPosition(line: last.line + 1, character: 0)
        : EditorPosition(line: last.line, character: last.character + 1)
      if version % 100 == 0 {
        let id = await editor.start(
          "textDocument/documentSymbol",
          ["textDocument": ["uri": .string(editor.address("01-a.md"))]])
        asked.append(id)
        if version % 200 == 0 { await editor.tell("$/cancelRequest", ["id": .integer(id)]) }
      }
    }
    for id in asked {
      do {
        _ = try await editor.answer(to: id)
      } catch let failure as Message.Failure {
        #expect([-32800, -32801].contains(failure.code))
      }
    }
    let line = 7 + last.line - 6
    _ = try await editor.diagnostics("01-a.md") { lines in
      lines.contains { $0.hasPrefix("\(line):") && $0.contains("unknown-reference") }
    }
  }

  @Test func booksWithTheSameNamesKeepTheirOwn() async throws {
    let one = "# A\n\n```swift id=fig-one\n1\n```\n\nSee [](#fig-one), [](#fig-two).\n"
    let two = one.replacing("id=fig-one", with: "id=fig-two")
    let editor = try await Editor(["a/01-a.md": one, "b/01-a.md": two])
    let a = try await editor.diagnostics("a/01-a.md") { lines in
      lines.contains { $0.contains("unknown-reference") }
    }
    #expect(a.count == 1 && a[0].contains("fig-two"))
    let b = try await editor.diagnostics("b/01-a.md") { lines in
      lines.contains { $0.contains("unknown-reference") }
    }
    #expect(b.count == 1 && b[0].contains("fig-one"))
    let target = try await editor.ask("definition", "b/01-a.md", two, at: "), [](#fig-t")
    #expect(target["uri"]?.text == editor.address("b/01-a.md"))
  }

  @Test func marksAndReturnsBeforeCellsMoveNothing() async throws {
    let text =
      "\u{FEFF}---\r\ntitle: 😀\r\n---\r\n\r\n# 😀 *é*\r\n\r\n😀 [](#fig-lost)\r\n\r\n- 😀\r\n\r\n"
      + "  ```swift hiden\r\n  let 😀 = 1\r\n  ```\r\n\r\n```swift\r\nlet é = \"😀\"; let b = 2\r\n```\r\n"
    let editor = try await Editor(["01-a.md": text])
    #expect(
      try await said(editor, "01-a.md", of: text) == [
        "11:12 cell word 'hiden' doesn't exist; did you mean 'hidden'? [unknown-cell-word]",
        "7:4 reference '#fig-lost' names nothing in the book [unknown-reference]",
      ])
    // On the first line, after a mark that editors count and messages do not.
    await editor.change("01-a.md", version: 2, nil, "\u{FEFF}# 😀 ![](a.png)\r\n\r\n`{swift} x\r\n")
    let second = try await editor.diagnostics("01-a.md") { lines in
      lines.contains { $0.contains("missing-alternative-text") }
    }
    #expect(
      second == [
        "1:7 image 'a.png' has no alternative text; what it shows belongs between the square brackets "
          + "[missing-alternative-text]",
        "3:2 '{swift} x' is text here; a value in a sentence stands in back-quotes, as in "
          + "'`{swift} net.count`' [foreign-mark]",
      ])
  }

  @Test func frontMatterThatBreaksAtEachStrokeIsMended() async throws {
    let editor = try await Editor(["01-a.md": Self.text])
    let matter = "---\ntitle: \"A: b\"\ndate: 2026-11-21\n---\n\n"
    let address = editor.address("01-a.md")
    var broken: Set<DiagnosticID> = []
    for count in 1...matter.count {
      let text = String(matter.prefix(count)) + Self.text
      let at = matter.prefix(count - 1).place
      await editor.change(
        "01-a.md", version: 1 + count, EditorRange(at, at),
        String(matter.dropFirst(count - 1).prefix(1)))
      let file = try #require(await editor.server.files[address])
      #expect(file.text.string == text)
      let (chapter, problems) = ChapterParser(files: .beside(chapter: file.path))
        .parse(bytes: Array(text.utf8), path: file.path)
      let parsed = await editor.server.parsed(file)
      #expect(parsed.problems == problems && parsed.chapter == chapter, "after \(count) strokes")
      broken.formUnion(problems.map(\.id))
    }
    #expect(broken.isSuperset(of: [.frontMatterNeverClosed, .unknownCellWord]), "\(broken)")
    let lines = try await editor.diagnostics("01-a.md") { lines in
      lines.contains { $0.hasPrefix("8:10") } && lines.contains { $0.hasPrefix("12:5") }
    }
    #expect(
      lines == [
        "12:5 reference '#fig-lost' names nothing in the book [unknown-reference]",
        "8:10 cell word 'hiden' doesn't exist; did you mean 'hidden'? [unknown-cell-word]",
      ])
  }

  @Test func afterShutdownNothingIsAnswered() async throws {
    let editor = try await Editor(["01-a.md": Self.text])
    let asked = await editor.start(
      "textDocument/documentSymbol", ["textDocument": ["uri": .string(editor.address("01-a.md"))]])
    _ = try await editor.request("shutdown", .null)
    do {
      _ = try await editor.answer(to: asked)
    } catch let failure as Message.Failure {
      #expect(failure == .cancelled)
    }
    await editor.change("01-a.md", version: 2, nil, "# B\n")
    await #expect(throws: Message.Failure.shutDown) {
      try await editor.request(
        "textDocument/documentSymbol", ["textDocument": ["uri": .string(editor.address("01-a.md"))]]
      )
    }
    #expect(await editor.server.files[editor.address("01-a.md")]?.version == 1)
  }

  @Test func aFileRenamedWhileOpenIsKnownByItsNewName() async throws {
    let other = "# Other\n\nSee [](#fig-one) and [a](01-a.md).\n"
    let editor = try await Editor([
      "01-a.md": "# A\n\n```swift id=fig-one\n1\n```\n", "02-b.md": other,
    ])
    let manager = FileManager.default
    await editor.tell(
      "textDocument/didClose", ["textDocument": ["uri": .string(editor.address("01-a.md"))]])
    try manager.moveItem(
      atPath: editor.folder + "/01-a.md", toPath: editor.folder + "/03-a.md")
    await editor.open("03-a.md", "# A\n\n```swift id=fig-one\n1\n```\n")
    await editor.tell("workspace/didRenameFiles", ["files": []])
    let lines = try await editor.diagnostics("02-b.md") { lines in
      lines.contains { $0.contains("unknown-link") }
    }
    #expect(lines.count == 1 && lines[0].contains("01-a.md"))
    let target = try await editor.ask("definition", "02-b.md", other, at: "[](#fig-o")
    #expect(target["uri"]?.text == editor.address("03-a.md"))
  }

  /// A README with code is none that anybody wants to have run when it is saved.
  @Test func filesThatAreNoChaptersAreLeftAlone() async throws {
    let editor = try await Editor(["README.md": Self.text, "01-a.md": Self.text, "x.txt": "a"])
    _ = try await said(editor, "01-a.md", of: Self.text)
    await editor.tell(
      "textDocument/didSave", ["textDocument": ["uri": .string(editor.address("README.md"))]])
    let symbols = try await editor.request(
      "textDocument/documentSymbol",
      ["textDocument": ["uri": .string(editor.address("README.md"))]])
    #expect(symbols == .null)
    #expect(await editor.server.files.keys.sorted() == [editor.address("01-a.md")])
    #expect(await editor.server.builds.isEmpty)
  }

  @Test(arguments: [
    ("chapters/a.md", true), ("book/chapters/a.md", true), ("02-a.md", true), ("README.md", false),
    ("docs/a.md", false), ("/elsewhere/a.md", false), ("/elsewhere/chapters/a.md", true),
    ("Tests/Books/a.md", false), ("a.markdown", false),
  ])
  func chaptersAreWhatABuildTakes(path: String, isChapter: Bool) {
    #expect(OpenFile.Kind(of: path, root: ScanTests.root) == (isChapter ? .chapter : nil))
  }

  @Test func anEditorWithoutAbilitiesIsAnsweredPlainly() async throws {
    let text = Self.text + "\n```swift cap\n1\n```\n"
    let editor = try await Editor(["01-a.md": text], abilities: [:])
    let answer = try await editor.ask("completion", "01-a.md", text, at: "swift cap")
    let items = answer["items"]?.list ?? []
    #expect(items.allSatisfy { $0["insertTextFormat"]?.whole == 1 } && items.count > 10)
    let caption = items.first { $0["label"]?.text == "caption" }
    #expect(caption?["textEdit"]?["newText"]?.text == "caption=\"\"")
    let symbols = try await editor.request(
      "textDocument/documentSymbol", ["textDocument": ["uri": .string(editor.address("01-a.md"))]]
    )
    #expect(symbols.list?.compactMap { $0["name"]?.text } == ["A", "cell 1", "cell 2"])
    #expect(symbols.list?.allSatisfy { $0["location"]?["uri"] != nil } == true)
    await #expect(throws: Message.Failure.self) {
      try await editor.request(
        "textDocument/hover",
        [
          "textDocument": ["uri": .string(editor.address("01-a.md"))],
          "position": ["line": -1, "character": 0],
        ])
    }
  }

  /// Six deaths in a minute, and cells are still answered.
  @Test func aSwiftServerKilledWhileTypingComesBack() async throws {
    guard let swift = await InCellsTests.toolchain.value else { return }
    var text = "# A\n\n```swift\nlet half = 0.5\n```\n"
    let editor = try await Editor(["01-a.md": text], swift: swift)
    for version in 2...6 {
      _ = try await editor.ask("hover", "01-a.md", text, at: "let ha")
      let process = try #require(await editor.server.swift.process)
      let at = EditorPosition(line: 3, character: 14)
      await editor.change("01-a.md", version: version, EditorRange(at, at), "5")
      kill(process.identifier, SIGKILL)
      text = text.replacing("0.5", with: "0.55")
      await editor.change(
        "01-a.md", version: version + 10, EditorRange(at, EditorPosition(line: 3, character: 15)),
        "5")
    }
    let hover = try await editor.ask("hover", "01-a.md", text, at: "let ha")
    #expect(hover["contents"]?["value"]?.text?.contains("half: Double") == true)
    let documents = await editor.server.swift.documents
    #expect(documents[editor.address("01-a.md")]?.text.contains("0.555555") == true)
    await editor.server.shutDown()
  }
}
