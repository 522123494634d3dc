import FlyingFox
import Foundation
import HostSystem
import Synchronization
import Testing

@testable import SharedStores

/// A store of the tests, which can be told to misbehave.
private final class TestStore: HTTPHandler {
  enum Mood: Sendable { case good, readOnly, closed, broken, slow, forging, elsewhere, full }

  struct State {
    var entries: [String: Data] = [:]
    var mood = Mood.good
    var asked: [String] = []
    var headers: [String] = []
  }

  let state = Mutex(State())

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    let mood = state.withLock { state in
      state.asked.append("\(request.method.rawValue) \(request.path)")
      state.headers.append(request.headers[HTTPHeader("Authorization")] ?? "")
      return state.mood
    }
    switch mood {
    case .closed: return HTTPResponse(statusCode: .unauthorized)
    case .broken: return HTTPResponse(statusCode: .internalServerError)
    case .slow: try await Task.sleep(for: .seconds(4))
    case .elsewhere:
      return HTTPResponse(
        statusCode: .temporaryRedirect, headers: [.location: "http://127.0.0.1:9/elsewhere"])
    case .readOnly where request.method == .PUT: return HTTPResponse(statusCode: .forbidden)
    case .full where request.method == .PUT: return HTTPResponse(statusCode: .init(507, phrase: "Full"))
    default: break
    }
    if request.method == .PUT {
      let body = try await request.bodyData
      state.withLock { $0.entries[request.path] = body }
      return HTTPResponse(statusCode: .created)
    }
    guard var entry = state.withLock({ $0.entries[request.path] }) else {
      return HTTPResponse(statusCode: .notFound)
    }
    if mood == .forging, request.path.hasPrefix("/cas/") { entry[entry.startIndex] ^= 1 }
    return HTTPResponse(statusCode: .ok, body: entry)
  }
}

@Suite struct StoreClientTests {
  private static let key = String(repeating: "ab", count: 32)

  /// A store on a free port of the loopback address, for the time of the body.
  private func withStore(
    _ body: (TestStore, StoreAddress) async throws -> Void
  ) async throws {
    let store = TestStore()
    let server = HTTPServer(
      address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled, handler: store)
    let running = Task { try await server.run() }
    try await server.waitUntilListening()
    guard case .ip4(_, let port)? = await server.listeningAddress else { return }
    try await body(store, try StoreAddress("http://127.0.0.1:\(port)/"))
    await server.stop()
    running.cancel()
  }

  private func client(
    _ address: StoreAddress, _ mode: StoreMode = .write, deadline: Double = 5,
    identity: StoreIdentity? = nil, notes: Notes = Notes()
  ) -> StoreClient {
    StoreClient(address, mode: mode, identity: identity, deadline: deadline) { notes.add($0) }
  }

  @Test func whatOneMachineAddsAnotherFinds() async throws {
    try await withStore { store, address in
      let first = client(address)
      #expect(await first.content(for: Self.key) == .missing)
      first.add([1, 2, 3], for: Self.key)
      await first.finish()
      #expect(await client(address, .read).content(for: Self.key) == .content([1, 2, 3]))
      // The content is there before the key that names it.
      let puts = store.state.withLock { $0.asked.filter { $0.hasPrefix("PUT") } }
      #expect(
        puts == ["PUT /cas/039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", "PUT /ac/\(Self.key)"])
    }
  }

  @Test func readersAddNothingAndOffAsksNothing() async throws {
    try await withStore { store, address in
      for mode in [StoreMode.read, .off] {
        let client = client(address, mode)
        client.add([1], for: Self.key)
        await client.finish()
      }
      #expect(store.state.withLock { $0.asked.isEmpty })
      #expect(await client(address, .off).content(for: Self.key) == .missing)
      #expect(store.state.withLock { $0.asked.isEmpty })
    }
  }

  @Test func forgedContentIsToldAndNotTaken() async throws {
    try await withStore { store, address in
      let first = client(address)
      first.add([1, 2, 3], for: Self.key)
      await first.finish()
      store.state.withLock { $0.mood = .forging }
      let notes = Notes()
      let second = client(address, notes: notes)
      #expect(await second.content(for: Self.key) == .missing)
      #expect(await second.content(for: Self.key) == .missing)
      #expect(
        notes.all == [
          "an entry of the store \(address.text) is damaged, and its content is computed anew"
        ])
    }
  }

  @Test(arguments: [
    (TestStoreMood.closed, "does not let this build read (status 401); NNBOOK_STORE_TOKEN holds what proves who you are"),
    (.broken, "answers with status 500; this build goes on without it"),
    (.elsewhere, "answers with status 307; this build goes on without it"),
    (.slow, "does not answer; this build goes on without it"),
  ])
  func aStoreInTroubleIsToldOnceAndLeftAlone(_ mood: TestStoreMood, _ words: String) async throws {
    try await withStore { store, address in
      store.state.withLock { $0.mood = mood.mood }
      let notes = Notes()
      let client = client(address, deadline: 1, notes: notes)
      for _ in 0..<3 { #expect(await client.content(for: Self.key) == .missing) }
      client.add([1], for: Self.key)
      await client.finish()
      #expect(notes.all == ["the store \(address.text) " + words])
      #expect(store.state.withLock { $0.asked.count } == 1)
    }
  }

  @Test func aStoreThatTakesNothingIsStillRead() async throws {
    try await withStore { store, address in
      let first = client(address)
      first.add([7], for: Self.key)
      await first.finish()
      for (mood, status) in [(TestStore.Mood.readOnly, 403), (.full, 507)] {
        store.state.withLock { $0.mood = mood }
        let notes = Notes()
        let second = client(address, notes: notes)
        second.add([8], for: String(repeating: "cd", count: 32))
        // Uploads are waited for; then it is read.
        #expect(await second.content(for: Self.key) == .content([7]))
        await second.finish()
        #expect(
          notes.all == ["the store \(address.text) takes nothing (status \(status)); it is only read"])
      }
    }
  }

  @Test func noStoreIsNoError() async throws {
    let notes = Notes()
    // The discard port of the loopback address: nothing listens there.
    let address = try StoreAddress("http://127.0.0.1:9")
    let client = client(address, notes: notes)
    #expect(await client.content(for: Self.key) == .missing)
    #expect(notes.all == ["the store http://127.0.0.1:9 does not answer; this build goes on without it"])
    await client.finish()
  }

  @Test func whoAsksIsSaidInAHeaderAndNowhereElse() async throws {
    try await withStore { store, address in
      let identity = try #require(
        try StoreIdentity.found(in: ["NNBOOK_STORE_TOKEN": "s3cret"]))
      #expect("\(identity)" == "a header of the store")
      _ = await client(address, identity: identity).content(for: Self.key)
      #expect(store.state.withLock { $0.headers } == ["Bearer s3cret"])
    }
  }

  @Test func addressesAreReadOnceAndKeepNoSecrets() throws {
    #expect(try StoreAddress("https://store.example/cache/").text == "https://store.example/cache")
    for (text, words) in [
      ("store.example", "store 'store.example' is no address; one reads 'https://store.example:8080/cache'"),
      ("ftp://store.example", "store 'ftp://store.example' is reached by 'http' or 'https', not by 'ftp'"),
      (
        "https://me:word@store.example",
        "store 'https://…@store.example' has a name or password in its address; NNBOOK_STORE_TOKEN or "
          + "NNBOOK_STORE_HEADER_FILE holds what proves who you are"
      ),
    ] {
      #expect(throws: StoreAddress.Mistake(summary: words)) { try StoreAddress(text) }
    }
  }

  @Test func messagesAreThoseOfTheProtocol() {
    let digest = String(repeating: "0a", count: 32)
    for size in [0, 1, 127, 128, 300, 70_000, 1 << 33] {
      let message = ActionResult(digest: digest, size: size)
      #expect(ActionResult(encoded: message.encoded) == message)
      // A field that a later version adds is passed over.
      #expect(ActionResult(encoded: [0x20, 0x05] + message.encoded) == message)
    }
    // As `protoc --encode=build.bazel.remote.execution.v2.ActionResult` writes it.
    #expect(
      ActionResult(digest: digest, size: 300).encoded
        == [0x12, 0x4F, 0x0A, 0x06] + Array("result".utf8) + [0x12, 0x45, 0x0A, 0x40]
        + Array(digest.utf8) + [0x10, 0xAC, 0x02])
    for bytes: [UInt8] in [[], [0x12], [0x12, 0x7F, 1], [0xFF, 0xFF], [0x0A, 0x01, 0x02]] {
      #expect(ActionResult(encoded: bytes) == nil)
    }
  }
}

enum TestStoreMood: Sendable {
  case closed, broken, elsewhere, slow

  fileprivate var mood: TestStore.Mood {
    switch self {
    case .closed: .closed
    case .broken: .broken
    case .elsewhere: .elsewhere
    case .slow: .slow
    }
  }
}

/// What a client told.
private final class Notes: Sendable {
  private let told = Mutex<[String]>([])

  func add(_ text: String) { told.withLock { $0.append(text) } }

  var all: [String] { told.withLock { $0 } }
}
