import BookBuilding
import BookModel
import Foundation
import Testing

@testable import BookEditing

/// What the Swift server of the toolchain answers for cells, at the chapter's own places.
@Suite(.serialized) struct InCellsTests {
  static let chapter = """
    ---
    title: Try
    ---

    > ```swift
    > let net = Network { Dense(784, 128); ReLU() }
    > net.parameterCount
    > ```

    Weights: `{swift} net.parameterCount, %,`.

    - A list with 😀.

      ```swift fail
      let text: Int = "no"
      net.layers
      ```

    ```swift
    let other = net
    let wrong = undefinedName
    ```

    ```swift reset
    let net = 3
    ```

    """

  /// Made once for all tests: the engine takes its time.
  static let toolchain = Task { () -> SwiftServer? in
    var request = BuildRequest(
      book: ScanTests.root + "/chapters", caches: Caches(book: NSTemporaryDirectory()))
    request.caches.engines = ScanTests.root + "/.build/nnbook-cache"
    guard let found = try? await EditorToolchain.find(request), let program = found.languageServer
    else { return nil }
    return SwiftServer(program: program, formatter: found.formatter, flags: found.flags)
  }

  private func editor() async throws -> Editor {
    let server = try #require(await Self.toolchain.value)
    return try await Editor(["01-try.md": Self.chapter], swift: server)
  }

  @Test func namesAreThoseOfTheChapter() async throws {
    let editor = try await editor()
    let hover = try await editor.ask("hover", "01-try.md", Self.chapter, at: "> let net = Netw")
    #expect(hover["contents"]?["value"]?.text?.contains("Network") == true)
    #expect(EditorRange(hover["range"])?.start == EditorPosition(line: 5, character: 12))
    // Lists of a documentation stay lists, and what only the compiler needs is left out.
    let dense = try await editor.ask("hover", "01-try.md", Self.chapter, at: "Network { Den")
    let text = try #require(dense["contents"]?["value"]?.text)
    #expect(text.contains("\n- Shape: `[…, inputs]` to `[…, outputs]`\n- Parameter count: "))
    #expect(!text.contains("@export"))

    let completion = try await editor.ask(
      "completion", "01-try.md", Self.chapter, at: "{swift} net.")
    let labels = (completion["items"]?.list ?? []).compactMap { $0["label"]?.text }
    #expect(labels.contains("parameterCount"))

    let definition = try await editor.ask(
      "definition", "01-try.md", Self.chapter, at: "let other = ne")
    #expect(definition.list?.first?["uri"]?.text == editor.address("01-try.md"))
    #expect(
      EditorRange(definition.list?.first?["range"])?.start == EditorPosition(line: 5, character: 6))

    let engine = try await editor.ask(
      "definition", "01-try.md", Self.chapter, at: "> let net = Netw")
    #expect(engine.list?.first?["uri"]?.text?.contains("Network.swift") == true)
  }

  @Test func renamesReachFailingCellsAndSentencesAndNoOtherScope() async throws {
    let editor = try await editor()
    let edit = try await editor.ask(
      "rename", "01-try.md", Self.chapter, at: "> let ne", ["newName": "model"])
    let places = (edit["changes"]?[editor.address("01-try.md")]?.list ?? []).compactMap {
      EditorRange($0["range"])?.start
    }.sorted()
    #expect(
      places == [
        EditorPosition(line: 5, character: 6), EditorPosition(line: 6, character: 2),
        EditorPosition(line: 9, character: 18), EditorPosition(line: 15, character: 2),
        EditorPosition(line: 19, character: 12),
      ])
    // A name of the engine keeps its name.
    await #expect(throws: Message.Failure.self) {
      try await editor.ask(
        "rename", "01-try.md", Self.chapter, at: "> let net = Netw", ["newName": "Model"])
    }
    let place = try await editor.ask(
      "prepareRename", "01-try.md", Self.chapter, at: "> let net = Netw")
    #expect(place == .null)
    let inOther = try await editor.ask("references", "01-try.md", Self.chapter, at: "reset\nlet ne")
    #expect(inOther.list?.count == 1)
  }

  @Test func saysOnceWhatIsWrongAndNothingOfWhatIsMeant() async throws {
    let editor = try await editor()
    let said = try await editor.diagnostics("01-try.md") { lines in
      lines.contains { $0.contains("undefinedName") }
    }
    #expect(said == ["21:13 cannot find 'undefinedName' in scope [swift-error]"])
  }

  @Test func tokensAndHintsStandWhereTheirNamesStand() async throws {
    let editor = try await editor()
    let answer = try await editor.request(
      "textDocument/semanticTokens/full",
      ["textDocument": ["uri": .string(editor.address("01-try.md"))]])
    let data = (answer["data"]?.list ?? []).compactMap(\.whole)
    let text = EditedText(Self.chapter)
    var (line, character) = (0, 0)
    var words: Set<String> = []
    for start in stride(from: 0, to: data.count, by: 5) {
      character = data[start] == 0 ? character + data[start + 1] : data[start + 1]
      line += data[start]
      let from = EditorPosition(line: line, character: character)
      let to = EditorPosition(line: line, character: character + data[start + 2])
      words.insert(text.text(in: EditorRange(from, to)))
    }
    #expect(words.isSuperset(of: ["let", "net", "Network", "Dense", "784", "parameterCount"]))
    #expect(!words.contains { $0.contains(" ") || $0.isEmpty })
  }

  @Test func formatsEachCellWithinItsQuoteOrList() async throws {
    let server = try #require(await Self.toolchain.value)
    let text = "# A\n\n> ```swift\n> let a=1\n> let b   = 2\n> ```\n\n```swift\nlet  c = 3\n```\n"
    let editor = try await Editor(["01-a.md": text], swift: server)
    // The Swift server is found first.
    _ = try await editor.ask("hover", "01-a.md", text, at: "let  ")
    let edits = try await editor.request(
      "textDocument/formatting",
      ["textDocument": ["uri": .string(editor.address("01-a.md"))], "options": [:]])
    #expect(
      edits.list?.compactMap { $0["newText"]?.text } == [
        "> let a = 1\n> let b = 2", "let c = 3",
      ])
  }

  /// To start the formatter takes longer than to format.
  @Test func formatsAllCellsByOneProcess() async throws {
    var server = try #require(await Self.toolchain.value)
    let own = try #require(server.formatter)
    let text =
      "# A\n\n```swift\nlet  a = 1\n```\n\n```swift\nlet b = (\n```\n\n- x\n\n  ```swift\n  let  c = 3\n  ```\n"
    let counter = NSTemporaryDirectory() + "nnbook-formatter-\(UUID().uuidString)"
    defer {
      for name in [counter, counter + ".sh"] { try? FileManager.default.removeItem(atPath: name) }
    }
    try "#!/bin/sh\necho run >> '\(counter)'\nexec '\(own)' \"$@\"\n".write(
      toFile: counter + ".sh", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: counter + ".sh")
    server.formatter = counter + ".sh"
    let editor = try await Editor(["01-a.md": text], swift: server)
    _ = try await editor.ask("hover", "01-a.md", text, at: "let  ")
    let edits = try await editor.request(
      "textDocument/formatting",
      ["textDocument": ["uri": .string(editor.address("01-a.md"))], "options": [:]])
    #expect(edits.list?.compactMap { $0["newText"]?.text } == ["let a = 1", "  let c = 3"])
    #expect(try String(contentsOfFile: counter, encoding: .utf8) == "run\n")
    await editor.server.shutDown()
  }

  @Test func livesOnWhenTheSwiftServerDies() async throws {
    let editor = try await editor()
    _ = try await editor.ask("hover", "01-try.md", Self.chapter, at: "> let net = Netw")
    let process = try #require(await editor.server.swift.process)
    kill(process.identifier, SIGKILL)
    // Whether its end is known here yet or not: what is asked now is answered.
    let hover = try await editor.ask("hover", "01-try.md", Self.chapter, at: "> let net = Netw")
    #expect(hover["contents"]?["value"]?.text?.contains("Network") == true)
    #expect(await editor.server.swift.process?.identifier != process.identifier)
    await editor.server.shutDown()
  }
}
