import BookModel
import Foundation
import Testing

@testable import BookEditing

/// Cells that show lines of a file: what those declare is known below them, at the places of the chapter.
@Suite struct ShownFilesTests {
  private static let model = """
    import NeuralNet

    // snippet.loss
      /// What a guess costs.
      func cost(_ guess: Float) -> Float {
        guess * guess
      }
    // snippet.end
    func hidden() {}

    """

  private static let text = """
    # A

    - item

      ```swift from=code/model.swift#loss
      ```

    ```swift
    //| from: code/more.swift
    ```

    ```swift
    let price = cost(2) + more
    price.description
    ```

    It is `{swift} price.magnitude`.

    ```swift fail
    cost("a")
    ```

    """

  @Test func linesOfDocumentsLeadBack() {
    let lines = DocumentLines(shown: [
      ShownLines(fenceLine: 2, path: "a.swift", texts: ["a", "b"], lines: [4, 6], indent: 2),
      ShownLines(fenceLine: 5, path: "b.swift", texts: ["c"], lines: [0], indent: 0),
    ])
    #expect((0...7).map(lines.document) == [0, 1, 2, 5, 6, 7, 9, 10])
    for line in 0...7 { #expect(lines.origin(of: lines.document(line)) == .chapter(line)) }
    #expect(lines.origin(of: 4) == .file(path: "a.swift", line: 6, indent: 2))
    #expect(lines.origin(of: 8) == .file(path: "b.swift", line: 0, indent: 0))
    let answer: JSON = [
      [
        "uri": "u",
        "range": EditorRange(.init(line: 3, character: 1), .init(line: 3, character: 2)).json,
      ],
      ["range": EditorRange(.init(line: 3, character: 1), .init(line: 3, character: 2)).json],
      ["position": EditorPosition(line: 9, character: 4).json],
    ]
    #expect(
      lines.answered(answer, "u") { "file:///" + $0 } == [
        [
          "uri": "file:///a.swift",
          "range": EditorRange(.init(line: 4, character: 3), .init(line: 4, character: 4)).json,
        ], ["position": EditorPosition(line: 6, character: 4).json],
      ])
  }

  @Test func namesOfShownFilesAreKnown() async throws {
    guard let swift = await InCellsTests.toolchain.value else { return }
    let editor = try await Editor(
      [
        "01-a.md": Self.text, "code/model.swift": Self.model,
        "code/more.swift": "let more: Float = 1\n",
      ], swift: swift)
    let found = try await editor.ask("completion", "01-a.md", Self.text, at: "let price = co")
    let item = found["items"]?.list?.first { $0["label"]?.text?.hasPrefix("cost(") == true }
    let range = EditorRange(item?["textEdit"]?["range"])
    #expect(range?.start == EditorPosition(line: 12, character: 12))
    #expect(found["items"]?.list?.contains { $0["label"]?.text == "hidden()" } == false)

    let hover = try await editor.ask("hover", "01-a.md", Self.text, at: "let price = co")
    #expect(hover["contents"]?["value"]?.text?.contains("What a guess costs") == true)
    let price = try await editor.ask("hover", "01-a.md", Self.text, at: "\npri")
    #expect(price["contents"]?["value"]?.text?.contains("price: Float") == true)

    let definition = try await editor.ask(
      "definition", "01-a.md", Self.text, at: "let price = co")
    #expect(definition.list?.first?["uri"]?.text == editor.address("code/model.swift"))
    #expect(
      EditorRange(definition.list?.first?["range"])?.start == EditorPosition(line: 4, character: 7))
    let more = try await editor.ask("definition", "01-a.md", Self.text, at: "cost(2) + mo")
    #expect(more.list?.first?["uri"]?.text == editor.address("code/more.swift"))

    // Names of the file keep theirs; those of the chapter do not.
    await #expect(throws: Message.Failure.self) {
      try await editor.ask(
        "rename", "01-a.md", Self.text, at: "let price = co", ["newName": "loss"])
    }
    let edit = try await editor.ask(
      "rename", "01-a.md", Self.text, at: "let pri", ["newName": "cents"])
    let places = (edit["changes"]?[editor.address("01-a.md")]?.list ?? []).compactMap {
      EditorRange($0["range"])?.start
    }.sorted()
    #expect(
      places == [
        EditorPosition(line: 12, character: 4), EditorPosition(line: 13, character: 0),
        EditorPosition(line: 16, character: 15),
      ])
    let said = try await editor.diagnostics("01-a.md") { _ in true }
    #expect(said == [])

    // The file changes on disk.
    try Self.model.replacing("cost", with: "toll").write(
      toFile: editor.folder + "/code/model.swift", atomically: true, encoding: .utf8)
    await editor.tell("workspace/didChangeWatchedFiles", ["changes": []])
    let again = try await editor.diagnostics("01-a.md") { lines in
      lines.contains { $0.contains("swift-error") }
    }
    #expect(again == ["13:13 cannot find 'cost' in scope [swift-error]"])
    await editor.server.shutDown()
  }
}
