import Foundation
import HostSystem

/// Our side of sourcekit-lsp: its documents, its answers, and its next life when it dies.
///
/// Owned by the language server's actor; nothing of it is shared.
struct SourceKitClient {
  struct Document {
    var version: Int
    var text: String
  }

  private(set) var process: SourceKitProcess?
  private(set) var documents: [String: Document] = [:]
  /// Requests that wait for an answer.
  var waiting: [Int: CheckedContinuation<JSON, any Error>] = [:]
  private var nextID = 0
  private var isReady = false
  /// Messages for a server that has not said yet that it is ready.
  private var outbox: [Data] = []
  private var starts: [ContinuousClock.Instant] = []
  private(set) var legend: [String] = []
  private(set) var modifiers: [String] = []

  /// A server that dies at once again and again is left alone.
  var mayStart: Bool {
    let recent = starts.filter { .now - $0 < .seconds(60) }
    return recent.count < 6
  }

  /// Starts a life and opens what was open.
  mutating func start(_ server: SwiftServer) throws(ChildProcess.StartFailure) {
    starts.append(.now)
    isReady = false
    outbox = []
    let process = try SourceKitProcess(server.program)
    self.process = process
    nextID += 1
    process.send(
      Message.request(
        .integer(nextID), "initialize",
        [
          "processId": .null, "rootUri": .null,
          "capabilities": capabilities,
          "initializationOptions": [
            "fallbackBuildSystem": [
              "swiftCompilerFlags": .array(server.flags.map(JSON.string))
            ],
            "backgroundIndexing": false,
          ],
        ]
      ).data)
    initializing = nextID
    for (address, document) in documents { sendOpen(address, document) }
  }

  private var initializing = 0

  /// Whether places to fill in may stand in its completions.
  var fillsIn = false

  private var capabilities: JSON {
    [
      "textDocument": [
        "completion": [
          "completionItem": [
            "snippetSupport": .bool(fillsIn), "documentationFormat": ["markdown", "plaintext"],
            "resolveSupport": ["properties": ["documentation"]],
          ]
        ],
        "hover": ["contentFormat": ["markdown"]],
        "signatureHelp": [
          "signatureInformation": ["parameterInformation": ["labelOffsetSupport": true]]
        ],
        "rename": ["prepareSupport": true],
        "publishDiagnostics": ["relatedInformation": true],
      ]
    ]
  }

  mutating func ended() {
    process = nil
    isReady = false
    for continuation in waiting.values {
      continuation.resume(throwing: Message.Failure.swiftServerEnded)
    }
    waiting = [:]
  }

  // MARK: Documents

  mutating func open(_ address: String, _ text: String) {
    let document = Document(version: 1, text: text)
    documents[address] = document
    if process != nil { sendOpen(address, document) }
  }

  private mutating func sendOpen(_ address: String, _ document: Document) {
    send(
      Message.notification(
        "textDocument/didOpen",
        [
          "textDocument": [
            "uri": .string(address), "languageId": "swift", "version": .integer(document.version),
            "text": .string(document.text),
          ]
        ]))
  }

  /// Sends the lines that differ.
  /// - Returns: whether any do.
  mutating func change(_ address: String, to text: String) -> Bool {
    guard let old = documents[address] else {
      open(address, text)
      return true
    }
    guard let change = LineChange(from: old.text, to: text) else { return false }
    let document = Document(version: old.version + 1, text: text)
    documents[address] = document
    guard process != nil else { return true }
    send(
      Message.notification(
        "textDocument/didChange",
        [
          "textDocument": ["uri": .string(address), "version": .integer(document.version)],
          "contentChanges": [["range": change.range.json, "text": .string(change.text)]],
        ]))
    return true
  }

  mutating func close(_ address: String) {
    guard documents.removeValue(forKey: address) != nil, process != nil else { return }
    send(
      Message.notification("textDocument/didClose", ["textDocument": ["uri": .string(address)]]))
  }

  // MARK: Messages

  mutating func send(_ message: JSON) {
    if isReady { process?.send(message.data) } else { outbox.append(message.data) }
  }

  mutating func sendRequest(_ method: String, _ parameters: JSON) -> Int {
    nextID += 1
    send(Message.request(.integer(nextID), method, parameters))
    return nextID
  }

  /// An answer to one of our requests; anything else is given back.
  mutating func take(_ message: JSON) -> Message? {
    if let note = Message(message) {
      // Requests of its own want an answer, and have none to wait for.
      if let id = note.id { process?.send(Message.answer(id, .null).data) }
      return note
    }
    guard let id = message["id"]?.whole else { return nil }
    if id == initializing {
      isReady = true
      let provider = message["result"]?["capabilities"]?["semanticTokensProvider"]?["legend"]
      legend = provider?["tokenTypes"]?.list?.compactMap(\.text) ?? []
      modifiers = provider?["tokenModifiers"]?.list?.compactMap(\.text) ?? []
      process?.send(Message.notification("initialized", [:]).data)
      for message in outbox { process?.send(message) }
      outbox = []
      return nil
    }
    guard let continuation = waiting.removeValue(forKey: id) else { return nil }
    if let error = message["error"] {
      continuation.resume(
        throwing: Message.Failure(
          code: error["code"]?.whole ?? -32603, message: error["message"]?.text ?? "no answer"))
    } else {
      continuation.resume(returning: message["result"] ?? .null)
    }
    return nil
  }
}
