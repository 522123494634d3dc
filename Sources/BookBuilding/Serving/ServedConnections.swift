import Dispatch
import HostSystem
import Synchronization

/// Takes connections and answers their requests, each on a thread of its own, so many at a time.
final class ServedConnections: Sendable {
  typealias Answer = @Sendable (ServedRequest) async -> ServedResponse

  private let listener: LoopbackListener
  private let answer: Answer
  private let open = Mutex<[Int: LoopbackConnection]>([:])
  /// A browser opens six for a page; every page that is shown keeps one.
  static let most = 200
  private static let patience: UInt64 = 15_000_000_000

  init(_ listener: LoopbackListener, answer: @escaping Answer) {
    self.listener = listener
    self.answer = answer
  }

  /// Blocks until `stop`.
  func run() {
    var number = 0
    while let connection = listener.next() {
      number += 1
      let isTaken = open.withLock { [number] open in
        if open.count >= Self.most { return false }
        open[number] = connection
        return true
      }
      guard isTaken else {
        let response = ServedResponse(.unavailable, text: "Too many pages are open.\n")
        send(response, to: connection, keepsConnection: false, isHead: false)
        continue
      }
      startThread { [self, number] in
        serve(connection)
        open.withLock { $0[number] = nil }
      }
    }
  }

  func stop() {
    listener.stop()
    open.withLock { for connection in $0.values { connection.stop() } }
  }

  private func serve(_ connection: LoopbackConnection) {
    var rest: [UInt8] = []
    while true {
      let request: ServedRequest
      do throws(ServedRequest.Failure) {
        request = try ServedRequest(from: connection, rest: &rest)
      } catch {
        if let response = Self.response(to: error) {
          send(response, to: connection, keepsConnection: false, isHead: false)
        }
        return
      }
      let response = wait { [answer] in await answer(request) }
      let isStream = if case .stream = response.body { true } else { false }
      let keeps = request.keepsConnection && !isStream
      guard
        send(response, to: connection, keepsConnection: keeps, isHead: request.method == "HEAD"),
        keeps
      else { return }
    }
  }

  private static func response(to failure: ServedRequest.Failure) -> ServedResponse? {
    switch failure {
    case .nothing: nil
    case .malformed: ServedResponse(.badRequest, text: "This is no request.\n")
    case .headTooLarge: ServedResponse(.headTooLarge, text: "The headers are too long.\n")
    case .bodyTooLarge: ServedResponse(.bodyTooLarge, text: "The request is too long.\n")
    }
  }

  @discardableResult
  private func send(
    _ response: ServedResponse, to connection: LoopbackConnection, keepsConnection: Bool,
    isHead: Bool
  ) -> Bool {
    let deadline = monotonicNow() + Self.patience
    var head = response.head(keepsConnection: keepsConnection)
    switch response.body {
    case .whole(let bytes):
      if !isHead { head += bytes }
      return connection.write(head, until: deadline)
    case .stream(let parts):
      guard connection.write(head, until: deadline), !isHead else { return false }
      follow(parts, to: connection)
      return false
    }
  }

  /// Until the stream ends, or the page is closed.
  private func follow(_ parts: AsyncStream<[UInt8]>, to connection: LoopbackConnection) {
    let done = DispatchSemaphore(value: 0)
    let task = Task {
      for await part in parts {
        // Nobody waits for a page that does not read.
        guard connection.write(part, until: monotonicNow() + 1_000_000_000) else { break }
      }
      connection.stop()
      done.signal()
    }
    connection.waitForEnd()
    task.cancel()
    done.wait()
  }

  /// From a thread that is none of Swift's pool.
  private func wait(_ body: @escaping @Sendable () async -> ServedResponse) -> ServedResponse {
    let done = DispatchSemaphore(value: 0)
    let box = Box(result: ServedResponse(.unavailable, text: ""))
    Task {
      box.set(await body())
      done.signal()
    }
    done.wait()
    return box.get()
  }
}

private final class Box: Sendable {
  private let result: Mutex<ServedResponse>

  init(result: ServedResponse) { self.result = Mutex(result) }

  func set(_ response: ServedResponse) { result.withLock { $0 = response } }
  func get() -> ServedResponse { result.withLock { $0 } }
}
