import BookModel

/// The Swift server: its lives, what it is asked, and what it says by itself.
extension LanguageServer {
  func startSwift(for folder: String) {
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
