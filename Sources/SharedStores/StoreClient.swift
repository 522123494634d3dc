import Foundation
import FoundationNetworking
import HostSystem
import Synchronization

/// A store that several machines share, by the HTTP protocol of Bazel's cache: `GET` and `PUT` of
/// `/ac/KEY` and `/cas/SHA-256`.
///
/// Nothing that a store does makes a build fail: a store that is down, slow, full or wrong costs one
/// note, and is left alone for the rest of the build.
package final class StoreClient: Sendable {
  enum Kind: String, Sendable { case ac, cas }

  package enum Found: Hashable, Sendable {
    case content([UInt8])
    case missing
  }

  private let address: StoreAddress
  private let mode: StoreMode
  private let identity: StoreIdentity?
  private let session: URLSession
  /// Told once of each kind of trouble.
  private let note: @Sendable (String) -> Void
  private let state = Mutex(State())

  private struct State {
    var isLeftAlone = false
    var acceptsWrites = true
    var told: Set<String> = []
    var uploads: [Task<Void, Never>] = []
    /// Bytes on their way.
    var waiting = 0
  }

  /// Bytes of uploads that may wait at once; beyond them a result stays local.
  private static let room = 256 << 20
  /// Of one entry.
  private static let largest = 128 << 20

  /// - Parameter deadline: seconds for an answer to begin, and between parts of one.
  package init(
    _ address: StoreAddress, mode: StoreMode, identity: StoreIdentity? = nil,
    deadline: Double = 5, note: @escaping @Sendable (String) -> Void
  ) {
    self.address = address
    self.mode = mode
    self.identity = identity
    self.note = note
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = deadline
    configuration.timeoutIntervalForResource = deadline * 12
    configuration.httpMaximumConnectionsPerHost = 8
    configuration.httpCookieStorage = nil
    configuration.urlCache = nil
    session = URLSession(
      configuration: configuration, delegate: StaysWhereItIs(), delegateQueue: nil)
  }

  // MARK: Taking

  /// What is stored under a key, with its digest checked.
  package func content(for key: String) async -> Found {
    guard mode != .off, !state.withLock(\.isLeftAlone) else { return .missing }
    guard let bytes = await get(.ac, key), let entry = ActionResult(encoded: bytes) else {
      return .missing
    }
    guard entry.size <= Self.largest, let content = await get(.cas, entry.digest) else {
      return .missing
    }
    guard content.count == entry.size, SHA256.digest(of: content) == entry.digest else {
      tell("an entry of the store \(address.text) is damaged, and its content is computed anew")
      return .missing
    }
    return .content(content)
  }

  /// For a key whose content does not hold what it should.
  package func isDamaged() {
    tell("an entry of the store \(address.text) is damaged, and its content is computed anew")
  }

  // MARK: Adding

  /// Adds a content beside the work; `finish` waits for it.
  package func add(_ content: [UInt8], for key: String) {
    guard mode == .write, content.count <= Self.largest else { return }
    let isTaken = state.withLock { state in
      guard state.acceptsWrites, !state.isLeftAlone, state.waiting + content.count <= Self.room
      else { return false }
      state.waiting += content.count
      return true
    }
    guard isTaken else { return }
    let task = Task {
      let digest = SHA256.digest(of: content)
      // The content first: who finds the key finds what it names.
      if await put(.cas, digest, content) {
        _ = await put(.ac, key, ActionResult(digest: digest, size: content.count).encoded)
      }
      state.withLock { $0.waiting -= content.count }
    }
    state.withLock { $0.uploads.append(task) }
  }

  /// Until everything that was added is there, or the store has been given up.
  package func finish() async {
    while let task = state.withLock({ $0.uploads.popLast() }) { await task.value }
    session.finishTasksAndInvalidate()
  }

  // MARK: Requests

  private func get(_ kind: Kind, _ name: String) async -> [UInt8]? {
    guard let (data, status) = await send(request(kind, name)) else { return nil }
    switch status {
    case 200: return Array(data)
    case 404, 410: return nil
    default:
      refused(status, "read")
      return nil
    }
  }

  private func put(_ kind: Kind, _ name: String, _ content: [UInt8]) async -> Bool {
    guard state.withLock({ $0.acceptsWrites && !$0.isLeftAlone }) else { return false }
    var request = request(kind, name)
    request.httpMethod = "PUT"
    request.httpBody = Data(content)
    request.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
    guard let (_, status) = await send(request) else { return false }
    if (200..<300).contains(status) { return true }
    refused(status, "write")
    return false
  }

  private func request(_ kind: Kind, _ name: String) -> URLRequest {
    var request = URLRequest(url: address.place(kind, name))
    request.setValue("application/octet-stream", forHTTPHeaderField: "Accept")
    if let identity { request.setValue(identity.value, forHTTPHeaderField: identity.name) }
    return request
  }

  /// Nil where no answer came: the store is left alone from then on.
  private func send(_ request: URLRequest) async -> (Data, Int)? {
    guard !state.withLock(\.isLeftAlone) else { return nil }
    let session = session
    let answer: (Data, Int)? = await withCheckedContinuation { continuation in
      session.dataTask(with: request) { data, response, _ in
        let status = (response as? HTTPURLResponse)?.statusCode
        continuation.resume(returning: status.map { (data ?? Data(), $0) })
      }.resume()
    }
    if answer == nil, !Task.isCancelled {
      state.withLock { $0.isLeftAlone = true }
      tell("the store \(address.text) does not answer; this build goes on without it")
    }
    return answer
  }

  private func refused(_ status: Int, _ what: String) {
    switch (status, what) {
    case (401, _), (403, "read"), (407, _):
      state.withLock { $0.isLeftAlone = true }
      tell(
        "the store \(address.text) does not let this build \(what) (status \(status)); "
          + "NNBOOK_STORE_TOKEN holds what proves who you are")
    case (403, _), (405, _), (413, _), (507, _):
      // It can still be read.
      state.withLock { $0.acceptsWrites = false }
      tell("the store \(address.text) takes nothing (status \(status)); it is only read")
    default:
      state.withLock { $0.isLeftAlone = true }
      tell(
        "the store \(address.text) answers with status \(status); this build goes on without it")
    }
  }

  private func tell(_ text: String) {
    if state.withLock({ $0.told.insert(text).inserted }) { note(text) }
  }
}

/// A store does not send its clients, and what proves who they are, elsewhere.
private final class StaysWhereItIs: NSObject, URLSessionTaskDelegate, Sendable {
  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}
