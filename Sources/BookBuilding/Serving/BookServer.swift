import BookModel
import FlyingFox
import FlyingSocks
import Foundation
import HostSystem

/// Serves the pages of a `ServedSite` on the loopback address, and tells open pages to reload.
///
/// The script that listens for updates is put into pages as they are served; no built page has it.
package struct BookServer: Sendable {
  private let site: ServedSite
  private let port: UInt16

  package init(site: ServedSite, port: UInt16) {
    self.site = site
    self.port = port
  }

  /// Runs until its task is cancelled.
  package func run() async throws(DiagnosticError) {
    do {
      let server = try HTTPServer(
        address: .inet(ip4: "127.0.0.1", port: port), logger: .disabled, handler: self)
      try await server.run()
    } catch is CancellationError {
      return
    } catch SocketError.failed(_, let code, _) where code == SystemCode.addressInUse.rawValue {
      throw DiagnosticError(
        Diagnostic(.error, "port-taken", "port \(port) is in use; '--port' names another"))
    } catch {
      throw DiagnosticError(Diagnostic(.error, "server-failed", "server stopped: \(error)"))
    }
  }
}

extension BookServer: HTTPHandler {
  package func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard request.method == .GET || request.method == .HEAD else {
      return HTTPResponse(statusCode: .methodNotAllowed)
    }
    switch request.path {
    case ReloadScript.path:
      return Self.response(Array(ReloadScript.source.utf8), type: "text/javascript")
    case ReloadScript.eventsPath:
      return await events()
    default:
      return await file(request.path)
    }
  }

  private func file(_ path: String) async -> HTTPResponse {
    var path = String((path.removingPercentEncoding ?? path).drop { $0 == "/" })
    if path.isEmpty || path.hasSuffix("/") { path += "index.html" }
    let update = await site.latest
    guard let bytes = await site.files[path] else {
      let problems = update.problems.isEmpty ? "No page '\(path)' in this book.\n" : update.problems
      let page = ReloadScript.placed(
        in: ReloadScript.page(showing: problems), version: update.version)
      return Self.response(page, type: "text/html", status: .notFound)
    }
    let type = Self.contentType(of: path)
    let isPage = type == "text/html"
    return Self.response(
      isPage ? ReloadScript.placed(in: bytes, version: update.version) : bytes, type: type)
  }

  private func events() async -> HTTPResponse {
    let lines = EventLines(updates: await site.updates())
    return HTTPResponse(
      statusCode: .ok,
      headers: [.contentType: "text/event-stream", HTTPHeader("Cache-Control"): "no-store"],
      body: HTTPBodySequence(from: lines))
  }

  private static func response(
    _ bytes: [UInt8], type: String, status: HTTPStatusCode = .ok
  ) -> HTTPResponse {
    let isText = type.hasPrefix("text/") || type.hasSuffix("json") || type.hasSuffix("xml")
    return HTTPResponse(
      statusCode: status,
      headers: [
        .contentType: isText ? type + "; charset=utf-8" : type,
        HTTPHeader("Cache-Control"): "no-store",
      ],
      body: Data(bytes))
  }

  static func contentType(of path: String) -> String {
    switch path.split(separator: ".").last?.lowercased() {
    case "html": "text/html"
    case "css": "text/css"
    case "js": "text/javascript"
    case "json": "application/json"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "jpg", "jpeg": "image/jpeg"
    case "gif": "image/gif"
    case "webp": "image/webp"
    case "ico": "image/x-icon"
    case "wasm": "application/wasm"
    case "md", "txt", "csv": "text/plain"
    case "xml": "application/xml"
    case "pdf": "application/pdf"
    default: "application/octet-stream"
    }
  }
}

/// Updates as lines of a server-sent event stream.
private struct EventLines: AsyncBufferedSequence, Sendable {
  typealias Element = UInt8
  let updates: AsyncStream<ServedSite.Update>

  func makeAsyncIterator() -> Iterator { Iterator(updates: updates.makeAsyncIterator()) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var updates: AsyncStream<ServedSite.Update>.Iterator
    var rest: [UInt8] = []

    mutating func next() async throws -> UInt8? {
      if rest.isEmpty { rest = try await nextBuffer(suggested: 0) ?? [] }
      return rest.isEmpty ? nil : rest.removeFirst()
    }

    mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
      guard let update = await updates.next() else { return nil }
      return Array("data: \(ReloadScript.message(for: update))\n\n".utf8)
    }
  }
}
