import BookModel
import Foundation
import Testing

@testable import BookEditing

/// A session of typing, replayed: whatever is asked in between, each answer's places are those of the
/// text that was asked about, and what is said in the end is what is said of the text when it is opened.
///
/// `NNBOOK_TYPING` says how many strokes; `make typing` replays an hour of them.
@Suite(.serialized) struct ReplayTests {
  static let strokes = ProcessInfo.processInfo.environment["NNBOOK_TYPING"].flatMap { Int($0) }
  static let seed =
    UInt64(
      ProcessInfo.processInfo.environment["NNBOOK_TYPING_SEED"] ?? "") ?? 19

  private static let other = "# Other\n\nAs [](01-try.md#fig-two) shows.\n\n## Deep\n"

  @Test(.timeLimit(.minutes(60))) func placesAreThoseOfTheText() async throws {
    let editor = try await Editor([
      "a/01-try.md": InCellsTests.chapter, "a/02-other.md": Self.other,
      "b/01-try.md": "# Another book\n\n```swift\nlet net = 1\n```\n",
    ])
    try await replay(editor, "a/01-try.md", strokes: Self.strokes ?? 400, asksSwift: false)
  }

  /// With the Swift server, which dies on the way.
  @Test(.timeLimit(.minutes(60))) func cellsAnswerWhateverIsTypedAndDies() async throws {
    let server = try #require(await InCellsTests.toolchain.value)
    let editor = try await Editor(
      ["a/01-try.md": InCellsTests.chapter, "b/01-try.md": InCellsTests.chapter], swift: server)
    try await replay(
      editor, "a/01-try.md", strokes: Self.strokes.map { $0 / 4 } ?? 120, asksSwift: true)
    // The other book is as it was, and is answered.
    let hover = try await editor.ask(
      "hover", "b/01-try.md", InCellsTests.chapter, at: "> let net = Netw")
    #expect(hover["contents"]?["value"]?.text?.contains("Network") == true)
    await editor.server.shutDown()
  }

  private func replay(
    _ editor: Editor, _ first: String, strokes: Int, asksSwift: Bool
  ) async throws {
    var session = TypingSession(InCellsTests.chapter, seed: Self.seed)
    var name = first
    var version = 1
    var texts = [version: session.text]
    var asked: [(id: Int, question: Question, text: String, isCancelled: Bool)] = []
    for stroke in 1...strokes {
      let edit = session.next()
      version += 1
      texts[version] = session.text
      await editor.change(name, version: version, edit.range, edit.text)
      if session.chance(3) {
        let question = Question(&session, asksSwift: asksSwift)
        let id = await editor.start(
          "textDocument/" + question.method, question.parameters(editor.address(name)))
        let isCancelled = session.chance(5)
        if isCancelled { await editor.tell("$/cancelRequest", ["id": .integer(id)]) }
        asked.append((id, question, session.text, isCancelled))
      }
      if stroke % 20 == 0 {
        for (id, question, text, isCancelled) in asked {
          do throws(Message.Failure) {
            let answer = try await Self.answer(of: editor, id)
            question.check(answer, text, editor.address(name))
          } catch {
            let known = [-32800, -32801, -32803, -32602, -32001]
            #expect(known.contains(error.code), "\(question.method): \(error)")
            #expect(error.code != -32800 || isCancelled, "\(question.method) was not cancelled")
          }
        }
        asked = []
        for said in editor.said() where said["uri"]?.text == editor.address(name) {
          Self.checkDiagnostics(said, texts)
        }
        let kept = await editor.server.files[editor.address(name)]?.text.string
        #expect(kept == session.text)
        if kept != session.text { return }
      }
      if asksSwift, stroke == strokes / 2, let process = await editor.server.swift.process {
        kill(process.identifier, SIGKILL)
      }
      if stroke == strokes / 3 {
        name = try await rename(editor, name, session.text)
        (version, texts) = (1, [1: session.text])
        asked = []
      }
    }
    try await checkTheEnd(editor, name, session.text, hasSwift: asksSwift)
  }

  private static func answer(of editor: Editor, _ id: Int) async throws(Message.Failure) -> JSON {
    do {
      return try await editor.answer(to: id)
    } catch {
      throw error as? Message.Failure ?? Message.Failure(code: 0, message: "no answer")
    }
  }

  /// The file gets another name, as an author gives it one whose editor has it open.
  private func rename(_ editor: Editor, _ old: String, _ text: String) async throws -> String {
    let new = old.replacing("01-try", with: "03-renamed")
    await editor.tell(
      "textDocument/didClose", ["textDocument": ["uri": .string(editor.address(old))]])
    try FileManager.default.moveItem(
      atPath: editor.folder + "/" + old, toPath: editor.folder + "/" + new)
    await editor.open(new, text)
    await editor.tell("workspace/didRenameFiles", [:])
    return new
  }

  private static func checkDiagnostics(_ said: JSON, _ texts: [Int: String]) {
    guard let version = said["version"]?.whole, let text = texts[version] else { return }
    for diagnostic in said["diagnostics"]?.list ?? [] {
      let range = Question.checkedRange(diagnostic["range"], text)
      // What quotes a word stands at that word.
      guard diagnostic["code"]?.text == "unknown-cell-word", let range,
        let word = diagnostic["message"]?.text?.split(separator: "'").dropFirst().first
      else { continue }
      #expect(EditedText(text).text(in: range).hasPrefix(word))
    }
  }

  /// What the server knows of the text in the end is what it would had it never been another one.
  private func checkTheEnd(
    _ editor: Editor, _ name: String, _ text: String, hasSwift: Bool
  ) async throws {
    let file = try #require(await editor.server.files[editor.address(name)])
    _ = await editor.server.parsed(file)
    let fresh = OpenFile(
      address: file.address, path: file.path, kind: .chapter, version: 1, text: EditedText(text))
    let again = await LanguageServer(
      .init(
        swiftServer: { _ in .failure(DiagnosticError([])) }, execution: { _ in .nothing },
        reasons: { _, _ in [] })
    ) { _ in }.parsed(fresh)
    let now = try #require(await editor.server.files[file.address])
    #expect(now.parsed?.problems == again.problems)
    #expect(now.parsed?.chapter?.cells == again.chapter?.cells)
    guard hasSwift else { return }
    // The Swift server's own texts, in its second life, are those of the chapter.
    var copy = fresh
    let documents = await editor.server.swift.documents
    for document in copy.documents() {
      guard let known = documents[file.address(of: document)] else {
        if case .scope = document.kind { Issue.record("a scope is not open") }
        continue
      }
      #expect(known.text == document.text(of: fresh.text))
    }
  }
}

/// Something that an editor asks, and what must hold of any answer.
struct Question {
  var method: String
  var place: EditorPosition

  private static let own = [
    "completion", "hover", "definition", "references", "documentSymbol", "foldingRange", "codeLens",
    "documentLink", "codeAction", "prepareRename", "rename",
  ]
  private static let ofSwift = [
    "semanticTokens/full", "inlayHint", "documentHighlight", "signatureHelp", "completion", "hover",
  ]

  init(_ session: inout TypingSession, asksSwift: Bool) {
    method = session.choose(asksSwift ? Self.own + Self.ofSwift : Self.own)
    place = session.place()
  }

  func parameters(_ address: String) -> JSON {
    var members: [String: JSON] = ["textDocument": ["uri": .string(address)]]
    switch method {
    case "documentSymbol", "foldingRange", "codeLens", "documentLink", "semanticTokens/full": break
    case "codeAction":
      members["range"] = EditorRange(place, place).json
      members["context"] = ["diagnostics": []]
    case "inlayHint":
      members["range"] = EditorRange(EditorPosition(line: 0, character: 0), place).json
    default: members["position"] = place.json
    }
    if method == "rename" { members["newName"] = "fig-other" }
    return .object(members)
  }

  func check(_ answer: JSON, _ text: String, _ address: String) {
    let edited = EditedText(text)
    func line(_ range: EditorRange?) -> String {
      range.map { edited.text(ofLine: $0.start.line) } ?? ""
    }
    switch method {
    case "completion":
      for item in (answer["items"]?.list ?? answer.list ?? []).prefix(20) {
        guard let range = Self.checkedRange(item["textEdit"]?["range"], text) else { continue }
        #expect(range.start.line == place.line && range.contains(place), "\(item)")
      }
    case "documentSymbol": for symbol in answer.list ?? [] { checkSymbol(symbol, text) }
    case "foldingRange":
      let count = TypingSession.lines(of: text).count
      for range in answer.list ?? [] {
        #expect(range["startLine"]!.whole! < range["endLine"]!.whole!)
        #expect(range["endLine"]!.whole! < count)
      }
    case "codeLens":
      for lens in answer.list ?? [] {
        let range = Self.checkedRange(lens["range"], text)
        #expect(line(range).contains("swift"), "lens over \(line(range))")
      }
    case "documentLink":
      for link in answer.list ?? [] {
        guard let range = Self.checkedRange(link["range"], text) else { continue }
        let words = edited.text(in: range)
        #expect(words.contains("[") || words.contains("<") || words.contains("://"), "\(words)")
      }
    case "semanticTokens/full": checkTokens(answer, text)
    case "rename":
      for edit in answer["changes"]?[address]?.list ?? [] {
        guard let range = Self.checkedRange(edit["range"], text) else { continue }
        let old = edited.text(in: range)
        #expect(!old.isEmpty && old.allSatisfy { isNamePart($0) || $0 == "`" }, "renames '\(old)'")
      }
    case "definition", "references", "documentHighlight", "inlayHint", "codeAction":
      for place in answer.list ?? [answer] where (place["uri"]?.text ?? address) == address {
        if place["range"] != nil { _ = Self.checkedRange(place["range"], text) }
      }
    case "hover", "prepareRename":
      if answer["range"] != nil {
        let range = Self.checkedRange(answer["range"], text)
        #expect(range?.contains(place) != false)
      }
    default: break
    }
  }

  private func checkSymbol(_ symbol: JSON, _ text: String) {
    guard let range = Self.checkedRange(symbol["range"], text) else { return }
    let first = EditedText(text).text(ofLine: range.start.line)
    if symbol["kind"]?.whole != 3 {
      #expect(first.contains("swift"), "cell '\(symbol["name"] ?? "")' at '\(first)'")
    } else if first.contains("#"), let name = symbol["name"]?.text?.split(separator: " ").first,
      name.allSatisfy(\.isLetter)
    {
      #expect(first.contains(name), "heading '\(name)' at '\(first)'")
    }
    for child in symbol["children"]?.list ?? [] {
      if let inner = EditorRange(child["range"]) {
        #expect(range.start <= inner.start && inner.start <= range.end)
      }
      checkSymbol(child, text)
    }
  }

  private func checkTokens(_ answer: JSON, _ text: String) {
    let data = (answer["data"]?.list ?? []).compactMap(\.whole)
    let lines = TypingSession.lines(of: text)
    var (line, character) = (0, 0)
    for start in stride(from: 0, to: data.count - data.count % 5, by: 5) {
      character = data[start] == 0 ? character + data[start + 1] : data[start + 1]
      line += data[start]
      guard lines.indices.contains(line), character + data[start + 2] <= lines[line].count else {
        Issue.record("a token at \(line):\(character) is outside of the text")
        return
      }
      let units = lines[line][character..<character + data[start + 2]]
      #expect(units.first != 0x20 && units.last != 0x20, "token at \(line):\(character)")
    }
  }

  /// A range that lies within the text.
  @discardableResult
  static func checkedRange(_ json: JSON?, _ text: String) -> EditorRange? {
    guard let range = EditorRange(json) else { return nil }
    let lines = TypingSession.lines(of: text)
    for place in [range.start, range.end] {
      // The end of the last line may be written as the begin of the one after it.
      let isEnd = place.line == lines.count && place.character == 0
      guard
        isEnd || lines.indices.contains(place.line) && place.character <= lines[place.line].count
      else {
        Issue.record("\(place) is outside of the text's \(lines.count) lines")
        return nil
      }
    }
    return range
  }
}
