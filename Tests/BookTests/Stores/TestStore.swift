import Foundation
import HostSystem
import Synchronization

/// A store of the tests: a real server on the loopback address, which can be told to misbehave.
final class TestStore: Sendable {
  enum Mood: Sendable, CaseIterable {
    case good
    /// 403 to whoever adds.
    case readOnly
    /// 507 to whoever adds.
    case full
    /// 401 to everybody.
    case closed
    /// 500 to everybody.
    case broken
    /// Takes a request, and says nothing for seconds.
    case slow
    /// Hangs up in the middle of a content.
    case cutting
    /// Says that a content is short, and sends without end.
    case endless
    /// One bit of each content is another one.
    case forging
    /// Sends its clients to another place.
    case elsewhere
    /// Asks whoever comes to sign in, with status 200.
    case page
    /// 404 to everybody.
    case nowhere
  }

  struct State {
    var entries: [String: [UInt8]] = [:]
    var mood = Mood.good
    /// `GET /ac/…`, in the order in which they came.
    var asked: [String] = []
    /// What proved who asked, of each.
    var authorizations: [String] = []
    /// After so many requests nobody is answered any more.
    var dies: Int?
  }

  let state = Mutex(State())
  private let listener: LoopbackListener

  init() throws {
    listener = try LoopbackListener(port: 0)
    startThread { [listener, weak self] in
      while let connection = listener.next() {
        guard let store = self else { return }
        startThread { store.serve(connection) }
      }
    }
  }

  deinit { listener.stop() }

  func stop() { listener.stop() }

  var url: String { "http://127.0.0.1:\(listener.port)" }

  var asked: [String] { state.withLock(\.asked) }

  private static func soon(_ seconds: UInt64) -> UInt64 { monotonicNow() + seconds * 1_000_000_000 }

  private func serve(_ connection: LoopbackConnection) {
    var bytes: [UInt8] = []
    let mark = Array("\r\n\r\n".utf8)
    func endOfHead() -> Int? { Data(bytes).range(of: Data(mark))?.upperBound }
    while endOfHead() == nil {
      let more = connection.read(until: Self.soon(10))
      if more.isEmpty { return }
      bytes += more
    }
    let end = endOfHead()!
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    let words = lines[0].split(separator: " ")
    func header(_ name: String) -> String? {
      lines.first { $0.lowercased().hasPrefix(name + ":") }
        .map { String($0.dropFirst(name.count + 1)).trimmingCharacters(in: .whitespaces) }
    }
    if header("expect") != nil {
      _ = connection.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), until: Self.soon(10))
    }
    var body = Array(bytes[end...])
    while body.count < Int(header("content-length") ?? "0")! {
      let more = connection.read(until: Self.soon(10))
      if more.isEmpty { return }
      body += more
    }
    answer(String(words[0]), String(words[1]), body, header("authorization") ?? "", connection)
  }

  private func answer(
    _ method: String, _ path: String, _ body: [UInt8], _ authorization: String,
    _ connection: LoopbackConnection
  ) {
    let mood: Mood? = state.withLock { state in
      state.asked.append(method + " " + path)
      state.authorizations.append(authorization)
      if let most = state.dies, state.asked.count > most { return nil }
      return state.mood
    }
    func send(_ status: Int, _ content: [UInt8] = [], _ more: String = "", sent: Int? = nil) {
      let head =
        "HTTP/1.1 \(status) Words\r\nContent-Length: \(content.count)\r\n\(more)"
        + "Connection: close\r\n\r\n"
      _ = connection.write(
        Array(head.utf8) + content.prefix(sent ?? content.count), until: Self.soon(10))
    }
    switch mood {
    case nil: return connection.stop()
    case .closed: return send(401)
    case .broken: return send(500)
    case .slow: return Thread.sleep(forTimeInterval: 4)
    case .elsewhere: return send(307, [], "Location: http://127.0.0.1:9/elsewhere\r\n")
    case .page: return send(200, Array("\n<!DOCTYPE html><title>Sign in</title>".utf8))
    case .nowhere: return send(404)
    case .readOnly where method == "PUT": return send(403)
    case .full where method == "PUT": return send(507)
    default: break
    }
    if method == "PUT" {
      state.withLock { $0.entries[path] = body }
      return send(201)
    }
    guard var entry = state.withLock({ $0.entries[path] }) else { return send(404) }
    if path.hasPrefix("/cas/") {
      switch mood {
      case .forging: entry[entry.count / 2] ^= 1
      case .cutting: return send(200, entry, sent: entry.count / 2)
      case .endless:
        let head = "HTTP/1.1 200 Words\r\nConnection: close\r\n\r\n"
        _ = connection.write(Array(head.utf8), until: Self.soon(10))
        let some = [UInt8](repeating: 0, count: 1 << 16)
        for _ in 0..<4096 where !connection.write(some, until: Self.soon(10)) { return }
        return
      default: break
      }
    }
    send(200, entry)
  }
}
