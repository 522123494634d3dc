import BookModel
import Foundation
import HostSystem
import Testing

@testable import SharedStores

/// The client of a shared store, against a real server.
@Suite struct StoreClientTests {
  private static let key = String(repeating: "ab", count: 32)
  private let store = try! TestStore()

  private func client(
    _ mode: StoreMode = .write, deadline: Double = 5, identity: ServerIdentity? = nil
  ) throws -> StoreClient {
    StoreClient(
      StoreRequest(try StoreAddress(store.url + "/"), mode, identity: identity),
      deadline: deadline)
  }

  private func add(_ payload: [UInt8], for key: String = key) async throws {
    let client = try client()
    client.add(payload, for: key)
    await client.finish()
    #expect(client.troubles.isEmpty)
  }

  @Test func whatOneMachineAddsAnotherFinds() async throws {
    let first = try client()
    #expect(await first.content(for: Self.key) == nil)
    first.add([1, 2, 3], for: Self.key)
    await first.finish()
    #expect(try await client(.read).content(for: Self.key) == [1, 2, 3])
    // The content is there before the key that names it.
    let puts = store.asked.filter { $0.hasPrefix("PUT") }
    #expect(puts.count == 2 && puts[0].hasPrefix("PUT /cas/") && puts[1] == "PUT /ac/\(Self.key)")
  }

  /// Larger than what clients ask first for, and than the pieces that come.
  @Test func largeContentsTravel() async throws {
    let payload = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try await add(payload)
    #expect(try await client(.read).content(for: Self.key) == payload)
  }

  @Test func readersAddNothingAndOffAsksNothing() async throws {
    for mode in [StoreMode.read, .off] {
      let client = try client(mode)
      client.add([1], for: Self.key)
      await client.finish()
    }
    #expect(try await client(.off).content(for: Self.key) == nil)
    #expect(store.asked.isEmpty)
  }

  private var damaged: Diagnostic {
    Diagnostic(
      .warning, .storeDamaged,
      "an entry of the store '\(store.url)' is damaged; what it should hold is computed anew")
  }

  @Test func forgedContentIsToldOnceAndNotTaken() async throws {
    try await add([1, 2, 3])
    store.state.withLock { $0.mood = .forging }
    let client = try client()
    for _ in 0..<2 { #expect(await client.content(for: Self.key) == nil) }
    #expect(client.troubles == [damaged])
  }

  /// Its digest fits, and it is another chapter's.
  @Test func anEntryInThePlaceOfAnotherIsDamaged() async throws {
    let other = String(repeating: "cd", count: 32)
    try await add([1, 2, 3])
    store.state.withLock { $0.entries["/ac/" + other] = $0.entries["/ac/" + Self.key] }
    let client = try client()
    #expect(await client.content(for: other) == nil)
    #expect(client.troubles == [damaged])
  }

  @Test func aMessageThatIsNoneIsDamaged() async throws {
    store.state.withLock { $0.entries["/ac/" + Self.key] = Array("nothing".utf8) }
    let client = try client()
    #expect(await client.content(for: Self.key) == nil)
    #expect(client.troubles == [damaged])
  }

  @Test(arguments: [
    (
      TestStore.Mood.closed, DiagnosticID.storeRefused,
      "does not let this build read (status 401); this build goes on without it"
    ),
    (.broken, .storeUnreachable, "answers with status 500; this build goes on without it"),
    (
      .elsewhere, .storeUnreachable,
      "sends its clients to another address (status 307), where nnbook does not follow; this build "
        + "goes on without it"
    ),
    (
      .page, .storeUnreachable,
      "answers with a page for people, such as one to sign in; this build goes on without it"
    ),
    (
      .slow, .storeUnreachable, "gives no whole answer in time; this build goes on without it"
    ),
  ])
  func aStoreInTroubleIsToldOnceAndLeftAlone(
    _ mood: TestStore.Mood, _ id: DiagnosticID, _ words: String
  ) async throws {
    store.state.withLock { $0.mood = mood }
    let client = try client(deadline: 1)
    for _ in 0..<3 { #expect(await client.content(for: Self.key) == nil) }
    client.add([1], for: Self.key)
    await client.finish()
    #expect(client.troubles == [Diagnostic(.warning, id, "the store '\(store.url)' " + words)])
    #expect(store.asked.count == 1)
  }

  @Test(arguments: [
    (TestStore.Mood.cutting, DiagnosticID.storeUnreachable), (.endless, .storeDamaged),
  ])
  func aContentThatDoesNotEndIsLeft(_ mood: TestStore.Mood, _ id: DiagnosticID) async throws {
    try await add([UInt8](repeating: 7, count: 100_000))
    store.state.withLock { $0.mood = mood }
    let client = try client(deadline: 2)
    #expect(await client.content(for: Self.key) == nil)
    await client.finish()
    #expect(client.troubles.map(\.id) == [id])
  }

  @Test(arguments: [(TestStore.Mood.readOnly, 403), (.full, 507)])
  func aStoreThatTakesNothingIsStillRead(_ mood: TestStore.Mood, _ status: Int) async throws {
    try await add([7])
    store.state.withLock { $0.mood = mood }
    let client = try client()
    client.add([8], for: String(repeating: "cd", count: 32))
    #expect(await client.content(for: Self.key) == [7])
    await client.finish()
    #expect(
      client.troubles == [
        Diagnostic(
          .warning, .storeRefused,
          "the store '\(store.url)' takes no results (status \(status)); it is only read")
      ])
  }

  @Test func noStoreIsNoError() async throws {
    store.stop()
    let client = try client(deadline: 1)
    #expect(await client.content(for: Self.key) == nil)
    await client.finish()
    #expect(
      client.troubles.map(\.summary) == [
        "the store '\(store.url)' cannot be reached: nobody takes connections there; this build goes "
          + "on without it"
      ])
  }

  /// A path that is no store's: nothing is found there, and nothing can be put.
  @Test func anAddressWithoutRoomIsToldWhenSomethingIsAdded() async throws {
    store.state.withLock { $0.mood = .nowhere }
    let client = try client()
    #expect(await client.content(for: Self.key) == nil)
    client.add([1], for: Self.key)
    await client.finish()
    #expect(
      client.troubles.map(\.summary) == [
        "the store '\(store.url)' has no place for results at this address (status 404); this build "
          + "goes on without it"
      ])
  }

  private static let sentences: [(StoreTrouble, String)] = [
    (
      .page,
      "the store 'URL' answers with a page for people, such as one to sign in; this build goes on "
        + "without it"
    ),
    (
      .elsewhere(status: 302),
      "the store 'URL' sends its clients to another address (status 302), where nnbook does not "
        + "follow; this build goes on without it"
    ),
    (
      .unknownName(ofProxy: false),
      "the store 'URL' has a name that is unknown here; this build goes on without it"
    ),
    (
      .unknownName(ofProxy: true),
      "the proxy that the environment names for the store 'URL' has a name that is unknown here; "
        + "this build goes on without it"
    ),
    (
      .noTLS, "the store 'URL' does not speak TLS, as 'https' says; this build goes on without it"
    ),
    (
      .expiredCertificate,
      "the store 'URL' shows a certificate whose time is over; this build goes on without it"
    ),
    (
      .init(status: 407, whenAdding: false),
      "the proxy before the store 'URL' asks who this build is (status 407); this build goes on "
        + "without it"
    ),
    (
      .init(status: 403, whenAdding: false),
      "the store 'URL' does not let this build read (status 403); this build goes on without it"
    ),
    (
      .init(status: 401, whenAdding: true),
      "the store 'URL' does not let this build write (status 401); this build goes on without it"
    ),
  ]

  @Test(arguments: sentences)
  func whatIsWrongIsASentence(_ trouble: StoreTrouble, _ sentence: String) {
    #expect(trouble.sentence("URL") == sentence)
  }

  @Test func whoAsksIsSaidInAHeaderAndNowhereElse() async throws {
    let identity = try #require(
      try ServerIdentity.found(
        by: "NNBOOK_STORE", in: ["NNBOOK_STORE_TOKEN": "s3cret"]))
    #expect("\(identity)" == "a header that nobody else sees")
    _ = try await client(identity: identity).content(for: Self.key)
    #expect(store.state.withLock { $0.authorizations } == ["Bearer s3cret"])

    let folder = try TemporaryFolder()
    try folder.write("authorization: Basic abc\n", to: "header")
    let whole = try ServerIdentity.found(
      by: "NNBOOK_STORE", in: ["NNBOOK_STORE_HEADER_FILE": folder.file("header")])
    _ = try await client(identity: whole).content(for: Self.key)
    #expect(store.state.withLock { $0.authorizations.last } == "Basic abc")
  }

  @Test func identitiesThatCannotBeUsedAreErrors() throws {
    let folder = try TemporaryFolder()
    try folder.write("no header\n", to: "header")
    let file = folder.file("header")
    for (variables, words) in [
      (
        ["NNBOOK_STORE_HEADER_FILE": "/nowhere"],
        "file '/nowhere' of NNBOOK_STORE_HEADER_FILE cannot be read"
      ),
      (
        ["NNBOOK_STORE_HEADER_FILE": file],
        "file '\(file)' of NNBOOK_STORE_HEADER_FILE must begin with a line such as "
          + "'Authorization: Basic …'"
      ),
      (["NNBOOK_STORE_TOKEN": "a\nb"], "NNBOOK_STORE_TOKEN holds more than one line"),
    ] {
      #expect(throws: ServerMistake(words)) {
        try ServerIdentity.found(
          by: "NNBOOK_STORE", in: variables)
      }
    }
  }

  @Test func authoritiesThatCannotBeUsedAreErrors() throws {
    let folder = try TemporaryFolder()
    try folder.write("nothing\n", to: "empty")
    let file = folder.file("empty")
    for (variables, words) in [
      (["SSL_CERT_FILE": "/nowhere"], "file '/nowhere' of SSL_CERT_FILE cannot be read"),
      (
        ["NNBOOK_STORE_CA_FILE": file, "SSL_CERT_FILE": "/nowhere"],
        "file '\(file)' of NNBOOK_STORE_CA_FILE holds no certificate; one begins with "
          + "'-----BEGIN CERTIFICATE-----'"
      ),
    ] {
      #expect(throws: ServerMistake(words)) {
        try StoreRequest(option: "https://store.example", mode: .write, environment: variables)
      }
      // Without TLS nobody shows a certificate.
      let plain = try StoreRequest(
        option: "http://store.example", mode: .write, environment: variables)
      #expect(plain?.authorities == nil)
    }
    #expect(try ServerAuthorities.found(by: "NNBOOK_STORE", in: ["SSL_CERT_FILE": ""]) == nil)
  }

  @Test func addressesAreReadOnceAndKeepNoSecrets() throws {
    for (text, place) in [
      ("https://store.example/cache/", "https://store.example/cache"),
      ("http://[::1]:8080/two words", "http://[::1]:8080/two%20words"),
    ] {
      #expect(try StoreAddress(text).text == place)
    }
    for (text, words) in [
      (
        "store.example",
        "store 'store.example' is no address; one reads 'https://store.example:8080/cache'"
      ),
      (
        "ftp://store.example",
        "store 'ftp://store.example' is reached by 'http' or 'https', not by 'ftp'"
      ),
      (
        "https://me:word@store.example",
        "store 'https://…@store.example' has a name or password in its address; "
          + "NNBOOK_STORE_TOKEN or NNBOOK_STORE_HEADER_FILE holds what proves who you are"
      ),
      (
        "https://store.example/cache?token=word",
        "store 'https://store.example/cache?…' has more than a host, a port and a path in its address"
      ),
      (
        "https://store.example:99999",
        "store 'https://store.example:99999' has port 99999; ports are from 1 to 65535"
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
