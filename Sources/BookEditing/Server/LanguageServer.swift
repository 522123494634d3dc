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
  var swift = SourceKitClient()
  var swiftServer: SwiftServer?
  /// What is asked of the editor once, to say why cells have no help.
  private var hasToldWhyNoSwift = false
  private var isLookingForSwift = false
  private var hasToldOfDeaths = false
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
  private var lastRevision = 0
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

  // MARK: Files

  private func opened(_ document: JSON) {
    guard let address = document["uri"]?.text, let text = document["text"]?.text,
      let path = FileAddress.path(address)
    else { return }
    let relative = FileAddress.relative(path, to: root)
    let name = relative.split(separator: "/").last ?? ""
    guard name.hasSuffix(".md") || name == "book.yml" else { return }
    var file = OpenFile(
      address: address, path: relative, kind: name == "book.yml" ? .settings : .chapter,
      version: document["version"]?.whole ?? 0, text: EditedText(text))
    if file.kind == .chapter {
      // Some editors open a file that is open.
      syncSwift(&file, [:])
      startSwift(for: file.folder)
    }
    file.revision = nextRevision()
    files[address] = file
    settle(address, soon: true)
    showStored(address)
  }

  private func changed(_ parameters: JSON) {
    guard let address = parameters["textDocument"]?["uri"]?.text, var file = files[address] else {
      return
    }
    let remarks = file.swift
    for change in parameters["contentChanges"]?.list ?? [] {
      guard let text = change["text"]?.text else { continue }
      let range = EditorRange(change["range"])
      let before = file.text.lineCount
      file.edit(range, text)
      file.moved(from: range, by: file.text.lineCount - before)
    }
    file.version = parameters["textDocument"]?["version"]?.whole ?? file.version + 1
    file.revision = nextRevision()
    if file.kind == .chapter { syncSwift(&file, remarks) }
    files[address] = file
    settle(address)
  }

  /// Files on disk changed, maybe those whose lines cells show.
  private func readIncludedAgain(_ address: String) {
    defer { settle(address) }
    guard var file = files[address], file.kind == .chapter else { return }
    let before = file.documents()
    file.forgetIncluded()
    guard file.documents() != before else { return }
    // What is under way is about other lines.
    file.revision = nextRevision()
    syncSwift(&file, file.swift)
    files[address] = file
  }

  private func nextRevision() -> Int {
    lastRevision += 1
    return lastRevision
  }

  /// Brings the documents of the Swift server up to date with the text.
  /// - Parameter remarks: of the text before. Where a document is as it was they hold, and nobody would
  ///   make them again.
  private func syncSwift(_ file: inout OpenFile, _ remarks: [String: [SwiftRemark]]) {
    var current: Set<String> = []
    for (document, isUnchanged) in file.documentsSinceEdit() {
      let address = file.address(of: document)
      current.insert(address)
      if case .failing = document.kind, swift.documents[address] == nil { continue }
      let isKnown = isUnchanged && swift.documents[address] != nil
      if isKnown || !swift.change(address, to: document.text(of: file.text)) {
        file.swift[address] = remarks[address]
      }
    }
    for address in swift.documents.keys
    where file.owns(address) && !current.contains(address) {
      swift.close(address)
      file.swift[address] = nil
    }
  }

  private func saved(_ parameters: JSON) {
    guard let address = parameters["textDocument"]?["uri"]?.text, let file = files[address] else {
      return
    }
    if file.kind == .settings { books[file.folder]?.settingsChanged() }
    settle(address, soon: true)
    if file.kind == .chapter { build(address) }
  }

  private func closed(_ parameters: JSON) {
    guard let address = parameters["textDocument"]?["uri"]?.text, let file = files[address] else {
      return
    }
    for known in swift.documents.keys where file.owns(known) {
      swift.close(known)
    }
    settling.removeValue(forKey: address)?.cancel()
    builds.removeValue(forKey: address)?.cancel()
    files[address] = nil
    notify(
      "textDocument/publishDiagnostics", ["uri": .string(file.address), "diagnostics": []])
  }

  // MARK: The Swift server

  private func startSwift(for folder: String) {
    guard swift.process == nil, !isLookingForSwift else { return }
    isLookingForSwift = true
    Task {
      let found = await surroundings.swiftServer(folder)
      isLookingForSwift = false
      switch found {
      case .success(let server):
        swiftServer = server
        liveSwift(server)
      case .failure(let error):
        guard !hasToldWhyNoSwift else { return }
        hasToldWhyNoSwift = true
        notify(
          "window/showMessage",
          [
            "type": 2,
            "message": .string(
              "Cells have no help from Swift: "
                + (error.diagnostics.first.map { "\($0.summary) [\($0.id.rawValue)]" }
                  ?? "no Swift server")),
          ])
      }
    }
  }

  /// One life of the Swift server, and the next when it ends by itself.
  private func liveSwift(_ server: SwiftServer) {
    guard swift.process == nil, !isShutDown else { return }
    guard swift.mayStart else {
      if !hasToldOfDeaths {
        hasToldOfDeaths = true
        notify(
          "window/showMessage",
          [
            "type": 2,
            "message":
              "Cells have no help from Swift for a minute: its server ends again and again",
          ])
      }
      return
    }
    hasToldOfDeaths = false
    do {
      try swift.start(server)
    } catch {
      notify(
        "window/logMessage",
        ["type": 1, "message": .string("'\(server.program)' does not start: \(error.code.text)")])
      return
    }
    guard let process = swift.process else { return }
    Task {
      for await data in process.messages {
        guard let json = JSON(parsing: data), let note = swift.take(json) else { continue }
        if note.method == "textDocument/publishDiagnostics" { heard(note.parameters) }
      }
      guard swift.process === process else { return }
      swift.ended()
      liveSwift(server)
    }
  }

  /// What is asked while it starts is answered once it did.
  func awaitSwift() async throws {
    while swift.process == nil, isLookingForSwift { try await Task.sleep(for: .milliseconds(20)) }
    // One that was left alone gets another try.
    if swift.process == nil, let swiftServer { liveSwift(swiftServer) }
  }

  /// Asks the Swift server; its answer names the chapter where it names one of our documents.
  func askSwift(_ method: String, _ parameters: JSON) async throws -> JSON {
    try Task.checkCancellation()
    guard swift.process != nil else { throw NoSwiftServer() }
    let id = swift.sendRequest(method, parameters)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { swift.waiting[id] = $0 }
    } onCancel: {
      Task { await self.cancelSwift(id) }
    }
  }

  private func cancelSwift(_ id: Int) {
    guard let continuation = swift.waiting.removeValue(forKey: id) else { return }
    swift.send(Message.notification("$/cancelRequest", ["id": .integer(id)]))
    continuation.resume(throwing: Message.Failure.cancelled)
  }

  private func heard(_ parameters: JSON) {
    guard let address = parameters["uri"]?.text,
      let owner = files.values.first(where: { $0.owns(address) })
    else { return }
    // Of a text that is no longer the document's.
    if let version = parameters["version"]?.whole, version != swift.documents[address]?.version {
      return
    }
    var file = owner
    let lines = file.documents().first { file.address(of: $0) == address }?.lines
    // What is wrong in a file that a cell shows, that file's own editor says.
    let told = (parameters["diagnostics"]?.list ?? []).compactMap {
      lines?.answered($0, address, address: self.address(ofPath:)) ?? nil
    }
    files[owner.address]?.swift[address] = told.compactMap { SwiftRemark($0) }
    publish(owner.address)
  }
}

/// There is none, which the author was told once; what it would answer is left empty.
struct NoSwiftServer: Error {}
