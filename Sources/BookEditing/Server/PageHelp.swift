import BookBuilding
import Synchronization

/// Help for the editors in the pages of a served book. A language server of its own answers, which
/// starts with the first question and has the chapters open that pages ask about.
package actor PageHelp {
  private let surroundings: LanguageServer.Surroundings
  /// The first question may wait for the engine to be compiled.
  private let patience: Duration
  private let inbox = Inbox()
  /// Of an answer: nobody reads more.
  private static let mostItems = 100
  private var server: LanguageServer?
  private var texts: [String: (version: Int, bytes: [UInt8])] = [:]
  private var nextID = 0
  private var last: Task<JSON, Never>?
  private var isEnded = false

  package init(_ surroundings: LanguageServer.Surroundings, patience: Duration = .seconds(120)) {
    self.surroundings = surroundings
    self.patience = patience
  }

  /// For a server of pages.
  package nonisolated var help: CellHelp { CellHelp { await self.answer($0) } }

  package func end() async {
    isEnded = true
    await server?.shutDown()
  }

  private func answer(_ question: CellHelp.Question) async -> CellHelp.Answer {
    var answer = CellHelp.Answer()
    if isEnded { return answer }
    let result = await ask(question)
    switch question.kind {
    case .completion:
      let list = result["items"]?.list ?? result.list ?? []
      let sorted = list.sorted { ($0["sortText"]?.text ?? "") < ($1["sortText"]?.text ?? "") }
      answer.items = sorted.prefix(Self.mostItems).compactMap { CellHelp.Item($0, in: question) }
    case .hover:
      let contents = result["contents"]
      answer.hover = contents?["value"]?.text ?? contents?.text ?? ""
    }
    return answer
  }

  private func ask(_ question: CellHelp.Question) async -> JSON {
    nextID += 1
    let id = nextID
    inbox.open(id)
    let address = FileAddress.address(question.path)
    let timeout = Task { [inbox, patience] in
      try await Task.sleep(for: patience)
      inbox.put(id, .null)
    }
    defer { timeout.cancel() }
    // The Swift server answers of the text that it has when its turn comes: one question at a time.
    let before = last
    let asked = Task {
      _ = await before?.value
      await send(question, id, address)
      return await inbox.take(id)
    }
    last = asked
    return await asked.value
  }

  private func send(_ question: CellHelp.Question, _ id: Int, _ address: String) async {
    let server = await running()
    let known = texts[address]
    if known?.bytes != question.text {
      let version = (known?.version ?? 0) + 1
      texts[address] = (version, question.text)
      let text = JSON.string(String(decoding: question.text, as: UTF8.self))
      let message =
        known == nil
        ? Message.notification(
          "textDocument/didOpen",
          [
            "textDocument": [
              "uri": .string(address), "languageId": "markdown", "version": .integer(version),
              "text": text,
            ]
          ])
        : Message.notification(
          "textDocument/didChange",
          [
            "textDocument": ["uri": .string(address), "version": .integer(version)],
            "contentChanges": [["text": text]],
          ])
      _ = await server.receive(message.data)
    }
    let position = EditorPosition(line: question.line, character: question.character)
    _ = await server.receive(
      Message.request(
        .integer(id), "textDocument/\(question.kind.rawValue)",
        ["textDocument": ["uri": .string(address)], "position": position.json]
      ).data)
  }

  private func running() async -> LanguageServer {
    if let server { return server }
    var surroundings = surroundings
    surroundings.asksOnlyOfChapters = true
    let server = LanguageServer(surroundings) { [inbox] data in
      guard let message = JSON(parsing: data), message["method"] == nil,
        let id = message["id"]?.whole
      else { return }
      inbox.put(id, message["result"] ?? .null)
    }
    self.server = server
    _ = await server.receive(
      Message.request(
        .integer(0), "initialize",
        [
          "rootUri": .null,
          "capabilities": [
            "textDocument": ["completion": ["completionItem": ["snippetSupport": true]]]
          ],
        ]
      ).data)
    return server
  }
}

/// Answers by the numbers of their questions, whichever of the two comes first.
private final class Inbox: Sendable {
  private enum Entry {
    case open
    case waiting(CheckedContinuation<JSON, Never>)
    case answered(JSON)
  }

  private let entries = Mutex<[Int: Entry]>([:])

  func open(_ id: Int) { entries.withLock { $0[id] = .open } }

  func take(_ id: Int) async -> JSON {
    await withCheckedContinuation { continuation in
      let known: JSON? = entries.withLock { entries in
        if case .answered(let answer)? = entries[id] {
          entries[id] = nil
          return answer
        }
        entries[id] = .waiting(continuation)
        return nil
      }
      if let known { continuation.resume(returning: known) }
    }
  }

  /// The first answer counts.
  func put(_ id: Int, _ answer: JSON) {
    let waiting: CheckedContinuation<JSON, Never>? = entries.withLock { entries in
      switch entries[id] {
      case .open?: entries[id] = .answered(answer)
      case .waiting(let continuation)?:
        entries[id] = nil
        return continuation
      case .answered?, nil: break
      }
      return nil
    }
    waiting?.resume(returning: answer)
  }
}
