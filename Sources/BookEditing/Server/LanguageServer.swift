import BookBuilding
import BookModel
import Foundation

/// The language server for the chapters of a book.
///
/// Messages are taken in order. What lies in a cell goes to the Swift server of the toolchain, under
/// the chapter's own lines and columns; what lies around cells is answered here.
package actor LanguageServer {
  /// What the server needs of the machine; a test gives its own.
  package struct Surroundings: Sendable {
    /// Nil with the reason where there is none.
    package var swiftServer:
      @Sendable (_ book: String) async -> Result<SwiftServer, DiagnosticError>
    package var execution: @Sendable (_ book: String) -> CellExecution
    /// Why a chapter would run, in the words of `nnbook why`.
    package var reasons: @Sendable (_ path: String, _ book: String) async -> [String]

    /// Whether who asks knows that every file is a chapter.
    var asksOnlyOfChapters = false

    /// Path of the page that explains the ids of messages; nil where it is not installed.
    package var messagesPage: String?

    package init(
      swiftServer: @escaping @Sendable (String) async -> Result<SwiftServer, DiagnosticError>,
      execution: @escaping @Sendable (String) -> CellExecution,
      reasons: @escaping @Sendable (String, String) async -> [String],
      messagesPage: String? = nil
    ) {
      self.messagesPage = messagesPage
      self.swiftServer = swiftServer
      self.execution = execution
      self.reasons = reasons
    }
  }

  let surroundings: Surroundings
  private let write: @Sendable (Data) -> Void
  var files: [String: OpenFile] = [:]
  var books: [String: EditedBook] = [:]
  var root = FileManager.default.currentDirectoryPath
  private(set) var abilities = EditorAbilities()
  var swift = SourceKitClient()
  var swiftServer: SwiftServer?
  /// What is asked of the editor once, to say why cells have no help.
  var hasToldWhyNoSwift = false
  var isLookingForSwift = false
  var hasToldOfDeaths = false
  private var unanswered: Set<JSON> = []
  private var running: [JSON: Task<Void, Never>] = [:]
  private var isInitialized = false
  private(set) var isShutDown = false
  /// Whether `shutdown` came before the end, as the protocol asks.
  package private(set) var wasAskedToShutDown = false
  /// Parses that wait for the typing to pause, by file.
  var settling: [String: Task<Void, Never>] = [:]
  /// Parses that go on, by file.
  var parsing: [String: (revision: Int, task: Task<ParsedText, Never>)] = [:]
  var lastRevision = 0
  var shownValues = ShownValues()
  var builds: [String: Task<Void, Never>] = [:]
  private var nextOwnID = 0

  package init(
    _ surroundings: Surroundings, write: @escaping @Sendable (_ message: Data) -> Void
  ) {
    self.surroundings = surroundings
    self.write = write
  }

  func send(_ message: JSON) { write(message.data) }

  func notify(_ method: String, _ parameters: JSON) {
    send(Message.notification(method, parameters))
  }

  /// Asks something of the editor whose answer nobody waits for.
  func ask(_ method: String, _ parameters: JSON) {
    nextOwnID += 1
    send(Message.request(.string("nnbook-\(nextOwnID)"), method, parameters))
  }

  // MARK: Messages

  /// - Returns: false after `exit`.
  package func receive(_ data: Data) -> Bool {
    guard let json = JSON(parsing: data) else {
      send(Message.refusal(.null, Message.Failure(code: -32700, message: "message is not JSON")))
      return true
    }
    guard let message = Message(json) else { return true }
    if message.method == "exit" { return false }
    if isShutDown {
      if let id = message.id { send(Message.refusal(id, .shutDown)) }
      return true
    }
    guard let id = message.id else {
      handle(message)
      return true
    }
    if message.method == "initialize" {
      isInitialized = true
      send(Message.answer(id, initialize(message.parameters)))
      return true
    }
    guard isInitialized else {
      send(Message.refusal(id, .notInitialized))
      return true
    }
    // What a request needs of the text is taken now, before later edits, and what the Swift server
    // is asked about it goes out before it hears of them.
    let work = prepare(message)
    unanswered.insert(id)
    let task = Task.immediate {
      do {
        let result = try await work(self)
        try Task.checkCancellation()
        finish(id, Message.answer(id, result))
      } catch is NoSwiftServer {
        finish(id, Message.answer(id, .null))
      } catch let failure as Message.Failure {
        // The Swift server gives up what it is asked of a text once that changes.
        let told = failure.code == Message.Failure.cancelled.code ? .contentModified : failure
        finish(id, Message.refusal(id, Task.isCancelled ? .cancelled : told))
      } catch {
        finish(id, Message.refusal(id, .cancelled))
      }
    }
    if unanswered.contains(id) { running[id] = task }
    return true
  }

  private func finish(_ id: JSON, _ message: JSON) {
    unanswered.remove(id)
    running[id] = nil
    send(message)
  }

  private func handle(_ message: Message) {
    let parameters = message.parameters
    switch message.method {
    case "$/cancelRequest": if let id = parameters["id"] { running[id]?.cancel() }
    case "textDocument/didOpen": opened(parameters["textDocument"] ?? .null)
    case "textDocument/didChange": changed(parameters)
    case "textDocument/didSave": saved(parameters)
    case "textDocument/didClose": closed(parameters)
    case "workspace/didChangeWatchedFiles", "workspace/didRenameFiles",
      "workspace/didCreateFiles", "workspace/didDeleteFiles":
      for folder in books.keys { books[folder]?.settingsChanged() }
      for address in files.keys { readIncludedAgain(address) }
    default: break
    }
  }

  typealias Work = (isolated LanguageServer) async throws -> JSON

  private func initialize(_ parameters: JSON) -> JSON {
    if let address = parameters["rootUri"]?.text
      ?? parameters["workspaceFolders"]?.list?.first?["uri"]?.text,
      let path = FileAddress.path(address)
    {
      root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
      // Chapters are named as an author names them who stands here.
      _ = FileManager.default.changeCurrentDirectoryPath(root)
    }
    abilities = EditorAbilities(parameters["capabilities"])
    swift.fillsIn = abilities.fillsIn
    return Capabilities.json
  }

  func shutDownAsAsked() {
    wasAskedToShutDown = true
    shutDown()
  }

  package func shutDown() {
    isShutDown = true
    for task in running.values { task.cancel() }
    for task in settling.values { task.cancel() }
    for task in builds.values { task.cancel() }
    swift.process?.end()
  }
}
