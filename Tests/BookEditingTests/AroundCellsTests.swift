import BookModel
import Foundation
import Testing

@testable import BookEditing

/// What the server answers itself: the words, keys, names and links around cells.
@Suite struct AroundCellsTests {
  static let chapter = """
    ---
    title: Loss
    ---

    # Loss

    See [](#fig-loss), [](#fig-lost) and [](#).

    ```swift id=fig-loss hiden
    let loss = 0.5
    loss
    ```

    Half is `{swift} loss, %` of it. It may be `{swift li} lo`.

    ```swift ti
    //| ca
    let data = Dataset.csv("da")
    ```

    [text](02-other.md#) ![](photo.jpg)

    """

  @Test func completesWhatStandsAroundCells() async throws {
    let editor = try await Editor([
      "01-loss.md": Self.chapter, "02-other.md": "# Other\n\n## Deep\n",
    ])
    func labels(_ mark: String) async throws -> [String] {
      let answer = try await editor.ask("completion", "01-loss.md", Self.chapter, at: mark)
      return (answer["items"]?.list ?? []).compactMap { $0["label"]?.text }
    }
    #expect(try await labels("hiden").contains("hidden"))
    #expect(try await !labels("hiden").contains("id"))
    #expect(try await labels("swift ti").contains("timeout"))
    #expect(try await labels("//| ca").contains("caption"))
    #expect(try await !labels("//| ca").contains("live"))
    #expect(try await labels("and [](#").contains("fig-loss"))
    #expect(try await labels("02-other.md#") == ["other", "deep"])
    #expect(try await labels("loss, %") == ["%.2f", "%.3g", "%.1e", "%.1%", "%,", "%,.1f"])
    #expect(try await labels("---\nti").contains("title"))
    for mark in ["is `{", "is `{swi", "be `{swift li"] {
      #expect(try await labels(mark) == ["`{swift} …`", "`{swift live} …`"])
    }
    #expect(try await labels("be `{swift li} lo").isEmpty)
  }

  @Test func completesMarksOfNotes() async throws {
    let text = "# T\n\n> [!F\n\nNo [!F either.\n"
    let editor = try await Editor(["01-a.md": text])
    let answer = try await editor.ask("completion", "01-a.md", text, at: "> [!F")
    let texts = (answer["items"]?.list ?? []).compactMap { $0["textEdit"]?["newText"]?.text }
    #expect(texts.contains("[!FIGURES] $1 {#fig-$2}"))
    #expect(texts.contains("[!NOTE]"))
    let prose = try await editor.ask("completion", "01-a.md", text, at: "No [!F")
    #expect(prose["items"]?.list?.isEmpty == true)
  }

  @Test func namesLeadThereAndBackAndAreRenamedThroughTheBook() async throws {
    let other =
      "# Other\n\nAs [](#fig-loss) and [a text](01-loss.md#fig-loss) show; fig-loss is no link.\n"
    let editor = try await Editor(["01-loss.md": Self.chapter, "02-other.md": other])
    let definition = try await editor.ask("definition", "02-other.md", other, at: "[](#fig")
    #expect(definition["uri"]?.text == editor.address("01-loss.md"))
    #expect(EditorRange(definition["range"])?.start == EditorPosition(line: 8, character: 12))
    let uses = try await editor.ask("references", "01-loss.md", Self.chapter, at: "id=fig-lo")
    #expect(uses.list?.count == 4)
    let edit = try await editor.ask(
      "rename", "01-loss.md", Self.chapter, at: "id=fig-lo", ["newName": "fig-error"])
    #expect(edit["changes"]?[editor.address("01-loss.md")]?.list?.count == 2)
    #expect(edit["changes"]?[editor.address("02-other.md")]?.list?.count == 2)
    await #expect(throws: Message.Failure.self) {
      try await editor.ask(
        "rename", "01-loss.md", Self.chapter, at: "id=fig-lo", ["newName": "loss"])
    }
  }

  @Test func saysWhatIsWrongAndOffersWhatWasMeant() async throws {
    let editor = try await Editor(["01-loss.md": Self.chapter])
    let said = try await editor.diagnostics("01-loss.md") { lines in
      lines.contains { $0.contains("unknown-reference") || $0.contains("unknown-cell-word") }
    }
    #expect(
      said.contains(
        "9:22 cell word 'hiden' doesn't exist; did you mean 'hidden'? [unknown-cell-word]"))
    let range = EditorRange(
      EditorPosition(line: 8, character: 21), EditorPosition(line: 8, character: 26))
    let answer = try await editor.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(editor.address("01-loss.md"))], "range": range.json,
        "context": [
          "diagnostics": [
            [
              "range": range.json, "code": "unknown-cell-word",
              "message": "cell word 'hiden' doesn't exist; did you mean 'hidden'?",
            ]
          ]
        ],
      ])
    let titles = (answer.list ?? []).compactMap { $0["title"]?.text }
    #expect(titles == ["Write 'hidden'", "Add a caption", "Write the alternative text yourself"])
  }

  @Test func hoversShowMeaningsAndTargets() async throws {
    let editor = try await Editor(["01-loss.md": Self.chapter])
    func text(_ mark: String) async throws -> String {
      try await editor.ask("hover", "01-loss.md", Self.chapter, at: mark)["contents"]?["value"]?
        .text
        ?? ""
    }
    #expect(try await text("titl").contains("The chapter's title"))
    #expect(try await text("[](#fig-lo").contains("Figure 1.1"))
    #expect(try await text("swift id=fi").contains("A name to refer to"))
  }

  @Test func filesOfTheBookAreKnownWhereTheyAreNamed() async throws {
    let text = """
      # Files

      ![A photo](images/photo.png)

      ```swift
      let data = Dataset.csv("data/iris.csv", label: "sp")
      let more = Dataset.csv(
        "data/semi.csv",
        label: "")
      print("")
      let half = 0.5
      ```

      It is `{swift} half, %.2f`.

      """
    let editor = try await Editor(["01-files.md": text])
    for (name, content) in [
      ("data/iris.csv", "\u{FEFF}length,\"width, cm\",species\n1,2,a\n"),
      ("data/semi.csv", "a;b, c;\"d;e\"\n".replacing("b, c", with: "b c")),
      ("images/photo.png", "x"),
    ] {
      let file = URL(filePath: editor.folder + "/" + name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try content.write(to: file, atomically: true, encoding: .utf8)
    }
    func labels(_ mark: String) async throws -> [String] {
      let answer = try await editor.ask("completion", "01-files.md", text, at: mark)
      return (answer["items"]?.list ?? []).compactMap { $0["label"]?.text }
    }
    #expect(try await labels("label: \"sp") == ["length", "width, cm", "species"])
    #expect(try await labels(",\n  label: \"") == ["a", "b c", "d;e"])
    #expect(try await labels("print(\"").isEmpty)
    #expect(try await labels("csv(\"da") == ["data/iris.csv", "data/semi.csv"])

    func hover(_ mark: String) async throws -> JSON {
      try await editor.ask("hover", "01-files.md", text, at: mark)
    }
    let table = try await hover("csv(\"data/i")
    #expect(
      table["contents"]?["value"]?.text?.hasPrefix("Columns: `length`, `width, cm`, `species`")
        == true)
    #expect(EditorRange(table["range"])?.start == EditorPosition(line: 5, character: 24))
    #expect(EditorRange(table["range"])?.end == EditorPosition(line: 5, character: 37))
    let photo = try await hover("](images/ph")
    #expect(
      photo["contents"]?["value"]?.text?.hasPrefix("![](\(editor.address("images/photo.png")))")
        == true)
    #expect(
      try await hover("half, %.")["contents"]?["value"]?.text == "`%.2f` shows 1234.5678 as 1234.57"
    )
    for (mark, name) in [("](images/ph", "images/photo.png"), ("csv(\"da", "data/iris.csv")] {
      let place = try await editor.ask("definition", "01-files.md", text, at: mark)
      #expect(place["uri"]?.text == editor.address(name))
    }
  }

  @Test func everyMessageLeadsToItsExplanation() async throws {
    let editor = try await Editor(["01-loss.md": Self.chapter])
    _ = try await editor.diagnostics("01-loss.md") { lines in
      lines.contains { $0.contains("unknown-reference") }
    }
    await editor.change("01-loss.md", version: 2, nil, Self.chapter + "\n")
    for _ in 0..<6000 {
      let said = editor.said().last { $0["version"]?.whole == 2 }
      guard let list = said?["diagnostics"]?.list, !list.isEmpty else {
        try await Task.sleep(for: .milliseconds(10))
        continue
      }
      for diagnostic in list {
        #expect(
          diagnostic["codeDescription"]?["href"]?.text
            == "file:///docs/messages.md#\(diagnostic["code"]!.text!)")
      }
      return
    }
    Issue.record("nothing was said")
  }

  /// What one chapter mends or breaks in another is said there at once.
  @Test func whatAChapterNamesIsKnownInOthersThatAreOpen() async throws {
    let editor = try await Editor([
      "01-a.md": "# A\n\nSee [](#fig-one).\n", "02-b.md": "# B\n\n```swift\n1\n```\n",
    ])
    let lost = "3:5 reference '#fig-one' names nothing in the book [unknown-reference]"
    _ = try await editor.diagnostics("01-a.md") { $0.contains { $0.hasPrefix("3:5") } }
    let place = EditorPosition(line: 2, character: 8)
    await editor.change("02-b.md", version: 2, EditorRange(place, place), " id=fig-one")
    let said = try await editor.diagnostics("01-a.md") { !$0.contains(lost) && $0.isEmpty }
    #expect(said == [])
  }

  @Test func outlinesHoldHeadingsAndCells() async throws {
    let editor = try await Editor(["01-loss.md": Self.chapter])
    _ = try await editor.diagnostics("01-loss.md") { _ in true }
    let symbols = try await editor.request(
      "textDocument/documentSymbol",
      ["textDocument": ["uri": .string(editor.address("01-loss.md"))]])
    #expect(symbols.list?.first?["name"]?.text == "Loss")
    #expect(
      symbols.list?.first?["children"]?.list?.compactMap { $0["name"]?.text } == [
        "fig-loss", "cell 2",
      ])
    let found = try await editor.request("workspace/symbol", ["query": "FIG"])
    #expect(found.list?.compactMap { $0["name"]?.text } == ["fig-loss"])
  }

  @Test func survivesEveryStateOfTyping() async throws {
    let editor = try await Editor(["01-loss.md": ""])
    var typed = ""
    var version = 1
    for character in Self.chapter {
      let end = EditedText(typed).position(of: typed.utf8.count)
      version += 1
      await editor.change(
        "01-loss.md", version: version, EditorRange(end, end), String(character))
      typed.append(character)
    }
    let said = try await editor.diagnostics("01-loss.md") { lines in
      lines.contains { $0.hasPrefix("9:22") }
    }
    #expect(said.contains { $0.hasSuffix("[unknown-cell-word]") })
  }

  @Test func refusesWhatItDoesNotKnow() async throws {
    let editor = try await Editor(["01-loss.md": Self.chapter])
    await #expect(throws: Message.Failure.self) { try await editor.request("no/such", [:]) }
    // A file that is not open is none of its business, and no error.
    let answer = try await editor.request(
      "textDocument/hover",
      ["textDocument": ["uri": "file:///elsewhere.md"], "position": ["line": 0, "character": 0]])
    #expect(answer == .null)
  }
}

extension EditedText {
  func position(of offset: Int) -> EditorPosition {
    let before = bytes.prefix(offset)
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return EditorPosition(
      line: before.count { $0 == 0x0A }, character: before[start...].units(before: before.count))
  }
}
