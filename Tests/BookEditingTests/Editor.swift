import BookBuilding
import BookModel
import Foundation
import Synchronization

@testable import BookEditing

/// An editor without a window: talks to a server of its own, and keeps what it was told.
final class Editor: Sendable {
  let server: LanguageServer
  let folder: String
  private let heard = Mutex<[JSON]>([])
  private let nextID = Mutex(0)

  /// What editors of today can do.
  static let modern: JSON = [
    "workspace": ["codeLens": ["refreshSupport": true]],
    "textDocument": [
      "completion": ["completionItem": ["snippetSupport": true]],
      "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
    ],
  ]

  /// A book in a folder of its own, with one chapter for each text.
  init(
    _ chapters: [String: String], swift: SwiftServer? = nil,
    execution: CellExecution = .nothing, abilities: JSON = Editor.modern
  ) async throws {
    folder =
      FileManager.default.temporaryDirectory.appending(path: "nnbook-editor-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(
      atPath: folder + "/data", withIntermediateDirectories: true)
    for (name, text) in chapters {
      try FileManager.default.createDirectory(
        at: URL(filePath: folder + "/" + name).deletingLastPathComponent(),
        withIntermediateDirectories: true)
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }
    let missing = DiagnosticError(
      Diagnostic(
        .error, .languageServerMissing,
        "the toolchain has no 'sourcekit-lsp', which understands the cells"))
    let inbox = Inbox()
    server = LanguageServer(
      LanguageServer.Surroundings(
        swiftServer: { _ in swift.map(Result.success) ?? .failure(missing) },
        execution: { _ in execution }, reasons: { _, _ in [] },
        messagesPage: "/docs/messages.md")
    ) { inbox.put($0) }
    self.inbox = inbox
    _ = try await request("initialize", ["rootUri": .null, "capabilities": abilities])
    notify("initialized", [:])
    for (name, text) in chapters { await open(name, text) }
  }

  private let inbox: Inbox

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func address(_ name: String) -> String { FileAddress.address(folder + "/" + name) }

  func open(_ name: String, _ text: String) async {
    await tell(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(address(name)), "languageId": "markdown", "version": 1,
          "text": .string(text),
        ]
      ])
  }

  func change(_ name: String, version: Int, _ range: EditorRange?, _ text: String) async {
    var change: [String: JSON] = ["text": .string(text)]
    if let range { change["range"] = range.json }
    await tell(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(address(name)), "version": .integer(version)],
        "contentChanges": [.object(change)],
      ])
  }

  func tell(_ method: String, _ parameters: JSON) async {
    _ = await server.receive(Message.notification(method, parameters).data)
  }

  private func notify(_ method: String, _ parameters: JSON) {
    let server = server
    Task { _ = await server.receive(Message.notification(method, parameters).data) }
  }

  /// Asks, and goes on; `answer(to:)` has the rest.
  func start(_ method: String, _ parameters: JSON) async -> Int {
    let id = nextID.withLock { id in
      id += 1
      return id
    }
    _ = await server.receive(Message.request(.integer(id), method, parameters).data)
    return id
  }

  /// The answer of the server; throws what it refuses with.
  @discardableResult
  func request(_ method: String, _ parameters: JSON) async throws -> JSON {
    try await answer(to: await start(method, parameters))
  }

  /// All that the server said of files since it was asked so last.
  func said() -> [JSON] {
    inbox.takeAll { $0["method"]?.text == "textDocument/publishDiagnostics" }
      .map { $0["params"] ?? .null }
  }

  func answer(to id: Int) async throws -> JSON {
    let answer = try await inbox.wait { $0["id"]?.whole == id && $0["method"] == nil }
    if let error = answer["error"] {
      throw Message.Failure(code: error["code"]!.whole!, message: error["message"]!.text!)
    }
    return answer["result"] ?? .null
  }

  /// A request about the place of `mark` in a text, which is at its end.
  func ask(
    _ method: String, _ name: String, _ text: String, at mark: String, _ more: [String: JSON] = [:]
  ) async throws -> JSON {
    var parameters = more
    parameters["textDocument"] = ["uri": .string(address(name))]
    parameters["position"] = text.place(after: mark).json
    return try await request("textDocument/" + method, .object(parameters))
  }

  /// What the server says of a file, once it says something that is asked for.
  func diagnostics(
    _ name: String, until isEnough: @escaping @Sendable ([String]) -> Bool
  ) async throws -> [String] {
    let address = address(name)
    let message = try await inbox.wait { message in
      guard message["method"]?.text == "textDocument/publishDiagnostics",
        message["params"]?["uri"]?.text == address
      else { return false }
      return isEnough(Self.lines(message))
    }
    return Self.lines(message)
  }

  private static func lines(_ message: JSON) -> [String] {
    (message["params"]?["diagnostics"]?.list ?? []).map { diagnostic in
      let start = EditorPosition(diagnostic["range"]?["start"])!
      return "\(start.line + 1):\(start.character + 1) \(diagnostic["message"]!.text!) "
        + "[\(diagnostic["code"]!.text!)]"
    }.sorted()
  }
}

extension String {
  func place(after mark: String) -> EditorPosition {
    self[..<firstRange(of: mark)!.upperBound].place
  }
}

extension Substring {
  /// Of its end, in the text that it begins.
  var place: EditorPosition {
    EditorPosition(
      line: count { $0.isNewline },
      character: split(separator: "\n", omittingEmptySubsequences: false).last!.utf16.count)
  }
}

/// Messages of the server, each taken by the first who waits for it.
private final class Inbox: Sendable {
  private let messages = Mutex<[JSON]>([])

  func put(_ data: Data) {
    guard let message = JSON(parsing: data) else { return }
    messages.withLock { $0.append(message) }
  }

  func takeAll(where isWanted: (JSON) -> Bool) -> [JSON] {
    messages.withLock { messages in
      let taken = messages.filter(isWanted)
      messages.removeAll(where: isWanted)
      return taken
    }
  }

  struct Silence: Error {}

  func wait(for isWanted: @Sendable (JSON) -> Bool) async throws -> JSON {
    for _ in 0..<24_000 {
      let found = messages.withLock { messages -> JSON? in
        messages.firstIndex(where: isWanted).map { messages.remove(at: $0) }
      }
      if let found { return found }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw Silence()
  }
}

extension CellExecution {
  /// Runs nothing, and has nothing stored.
  static let nothing = CellExecution(
    run: { _, _ throws(DiagnosticError) in throw DiagnosticError([]) },
    rerun: { _ throws(DiagnosticError) in throw DiagnosticError([]) }, stored: { _ in nil })
}
