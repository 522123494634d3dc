import BookModel
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
