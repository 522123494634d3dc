import BookModel
import HostSystem
import Synchronization

/// A store that several machines share, by the HTTP protocol of Bazel's cache: `GET` and `PUT` of
/// `/ac/KEY` and `/cas/SHA-256`.
///
/// Nothing that a store does makes a build fail: a store that is down, slow, full or wrong costs one
/// warning, and is left alone for the rest of the build.
package final class StoreClient: Sendable {
  enum Kind: String, Sendable { case ac, cas }

  private let address: StoreAddress
  private let mode: StoreMode
  private let identity: ServerIdentity?
  private let requests: StoreRequests
  private let state = Mutex(State())

  private struct State {
    var isLeftAlone = false
    var acceptsWrites = true
    var troubles: [Diagnostic] = []
    var uploads: [Task<Void, Never>] = []
    /// Bytes on their way.
    var waiting = 0
  }

  /// Bytes of uploads that may wait at once; beyond them a result stays local.
  private static let room = 256 << 20
  /// Of one entry, in bytes.
  private static let largest = 128 << 20
  /// Of a message under `/ac`, in bytes.
  private static let largestMessage = 64 << 10

  /// - Parameter deadline: seconds for an answer to begin, and between parts of one.
  package init(_ request: StoreRequest, deadline: Double = 5) {
    address = request.address
    mode = request.mode
    identity = request.identity
    requests = StoreRequests(deadline: deadline, authorities: request.authorities?.file)
  }

  /// What there is to tell of the store, each kind once.
  package var troubles: [Diagnostic] { state.withLock(\.troubles) }

  // MARK: Taking

  /// What is stored under a key, with its digests checked; nil where nothing is.
  package func content(for key: String) async -> [UInt8]? {
    guard mode != .off, !state.withLock(\.isLeftAlone),
      let message = await get(.ac, key, limit: Self.largestMessage)
    else { return nil }
    guard let entry = ActionResult(encoded: message), entry.size <= Self.largest else {
      if StoreTrouble.isPage(message) { meet(.page) } else { rejected() }
      return nil
    }
    guard let content = await get(.cas, entry.digest, limit: entry.size) else { return nil }
    guard content.count == entry.size, SHA256.digest(of: content) == entry.digest,
      let payload = SharedEntry.payload(of: content, for: key)
    else {
      rejected()
      return nil
    }
    return payload
  }

  /// For an entry that is whole, and does not hold what it should.
  package func rejected() {
    tell(
      .storeDamaged,
      "an entry of the store '\(address.text)' is damaged; what it should hold is computed anew")
  }

  // MARK: Adding

  /// Adds a content beside the work; `finish` waits for it.
  package func add(_ payload: [UInt8], for key: String) {
    guard mode == .write, payload.count <= Self.largest else { return }
    let isTaken = state.withLock { state in
      guard state.acceptsWrites, !state.isLeftAlone, state.waiting + payload.count <= Self.room
      else { return false }
      state.waiting += payload.count
      return true
    }
    guard isTaken else { return }
    let task = Task {
      let content = SharedEntry.encoded(payload, for: key)
      let digest = SHA256.digest(of: content)
      // The content first: who finds the key finds what it names.
      if await put(.cas, digest, content) {
        _ = await put(.ac, key, ActionResult(digest: digest, size: content.count).encoded)
      }
      state.withLock { $0.waiting -= payload.count }
    }
    state.withLock { $0.uploads.append(task) }
  }

  /// Until everything that was added is there, or the store has been given up.
  package func finish() async {
    while let task = state.withLock({ $0.uploads.popLast() }) { await task.value }
    requests.end()
  }

  // MARK: Requests

  private func get(_ kind: Kind, _ name: String, limit: Int) async -> [UInt8]? {
    guard let answer = await send(request(kind, name), limit: limit) else { return nil }
    switch answer.status {
    case 200: return answer.body
    case 404, 410: return nil
    default:
      meet(StoreTrouble(status: answer.status, whenAdding: false))
      return nil
    }
  }

  private func put(_ kind: Kind, _ name: String, _ content: [UInt8]) async -> Bool {
    guard state.withLock({ $0.acceptsWrites && !$0.isLeftAlone }) else { return false }
    var request = request(kind, name)
    request.content = content
    request.headers.append("Content-Type: application/octet-stream")
    guard let answer = await send(request, limit: Self.largestMessage) else { return false }
    if (200..<300).contains(answer.status) { return true }
    meet(StoreTrouble(status: answer.status, whenAdding: true))
    return false
  }

  private func request(_ kind: Kind, _ name: String) -> StoreRequests.Request {
    var headers = ["Accept: application/octet-stream", "User-Agent: nnbook"]
    if let identity { headers.append("\(identity.name): \(identity.value)") }
    return StoreRequests.Request(url: address.place(kind, name), headers: headers)
  }

  /// Nil where no whole answer came. The store is left alone from then on, unless it is the entry that is
  /// wrong.
  private func send(_ request: StoreRequests.Request, limit: Int) async -> StoreRequests.Answer? {
    guard !state.withLock(\.isLeftAlone) else { return nil }
    switch await requests.send(request, limit: limit) {
    case .success(let answer): return answer
    case .failure(.tooLong(let start)):
      if StoreTrouble.isPage(start) { meet(.page) } else { rejected() }
    case .failure(let failure): meet(StoreTrouble(failure))
    }
    return nil
  }

  private func meet(_ trouble: StoreTrouble) {
    state.withLock { state in
      switch trouble.consequence {
      case .leftAlone: state.isLeftAlone = true
      case .onlyRead: state.acceptsWrites = false
      }
    }
    tell(trouble.id, trouble.sentence(address.text))
  }

  private func tell(_ id: DiagnosticID, _ summary: String) {
    state.withLock { state in
      if state.troubles.contains(where: { $0.id == id }) { return }
      state.troubles.append(Diagnostic(.warning, id, summary))
    }
  }
}
