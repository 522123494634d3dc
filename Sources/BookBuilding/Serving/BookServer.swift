import BookModel
import Foundation
import HostSystem
import PageRendering

/// Serves the pages of a `ServedSite` on the loopback address, and tells open pages to reload.
///
/// The script that listens for updates is put into pages as they are served; no built page has it.
package struct BookServer: Sendable {
  private let site: ServedSite
  private(set) var port: UInt16
  /// Nil where pages can be read only.
  private let editing: PageEditing?

  package init(site: ServedSite, port: UInt16, editing: PageEditing? = nil) {
    self.site = site
    self.port = port
    self.editing = editing
  }

  /// Runs until its task is cancelled.
  /// - Parameter started: told the port once the server has it.
  package func run(started: (UInt16) -> Void = { _ in }) async throws(DiagnosticError) {
    let connections: ServedConnections
    do {
      let listener = try LoopbackListener(port: port)
      var server = self
      server.port = listener.port
      connections = ServedConnections(listener, answer: server.answer)
      started(listener.port)
    } catch {
      throw DiagnosticError(
        error.code == .addressInUse
          ? Diagnostic(.error, .portTaken, "port \(port) is in use; '--port' names another")
          : Diagnostic(.error, .serverFailed, "port \(port) cannot be served: \(error.reason)"))
    }
    await withTaskCancellationHandler {
      await onOwnThread { connections.run() }
    } onCancel: {
      connections.stop()
    }
  }

  package func answer(_ request: ServedRequest) async -> ServedResponse {
    if let refusal = RequestCheck(port: port).refusal(of: request) {
      return ServedResponse(.forbidden, text: refusal)
    }
    if let editing, let response = await editingAnswer(request, editing) { return response }
    guard request.method == "GET" || request.method == "HEAD" else {
      return ServedResponse(.methodNotAllowed, text: "Pages can be read only.\n")
    }
    switch request.path {
    case ReloadScript.path:
      let script = Array(ReloadScript.source.utf8) + (editing == nil ? [] : EditorAssets.script)
      return ServedResponse(type: "text/javascript", .whole(script))
    case EditorAssets.stylePath where editing != nil:
      return ServedResponse(type: "text/css", .whole(EditorAssets.style))
    case ReloadScript.eventsPath:
      return await events(for: request)
    default:
      return await file(request.path)
    }
  }

  private func file(_ path: String) async -> ServedResponse {
    var path = String((path.removingPercentEncoding ?? path).drop { $0 == "/" })
    if path.isEmpty || path.hasSuffix("/") { path += "index.html" }
    let update = await site.latest
    guard let bytes = await site.files[path] else {
      let problems = update.problems.isEmpty ? "No page '\(path)' in this book.\n" : update.problems
      let page = ReloadScript.placed(
        in: ProblemPage.bytes(showing: problems, script: ReloadScript.path), version: update.version
      )
      return ServedResponse(.notFound, type: "text/html", .whole(page))
    }
    let type = Self.contentType(of: path)
    let isPage = type == "text/html"
    return ServedResponse(
      type: type,
      .whole(isPage ? ReloadScript.placed(in: bytes, version: update.version) : bytes))
  }

  /// Updates as a stream of server-sent events, from the version on that the page has.
  private func events(for request: ServedRequest) async -> ServedResponse {
    let known = request.headers["last-event-id"] ?? request.queryItems["since"]
    let since = known.flatMap { Int($0) }
    let updates = await site.updates(since: since)
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
    let task = Task {
      var last = since
      for await update in updates {
        let message = ReloadScript.message(
          for: update, since: last ?? update.version - 1, of: site.run)
        continuation.yield(Array("id: \(update.version)\ndata: \(message)\n\n".utf8))
        last = update.version
      }
      continuation.finish()
    }
    continuation.onTermination = { _ in task.cancel() }
    return ServedResponse(type: "text/event-stream", .stream(stream))
  }

  static func contentType(of path: String) -> String {
    let type = MediaType.of(path)
    // A browser shows a table as text, and would save what has a type of its own.
    return type == "text/csv" ? "text/plain" : type
  }
}
