import Foundation
import HostSystem
import Testing

/// Builds that share a store which a real nginx keeps, in good days and bad.
@Suite(.enabled(if: NginxStore.program != nil, "needs nginx"))
struct NginxStoreTests {
  /// A store that the first build of the book filled, and the site that it made.
  private struct Filled: Sendable {
    var store: NginxStore
    var site: [String: [UInt8]]
  }

  private static let filled = Task { try await fill(isLive: false) }

  private static func fill(isLive: Bool) async throws -> Filled {
    let store = try await NginxStore()
    let machine = try SharingMachine(isLive: isLive)
    let run = try await machine.build("--quiet", "--store", store.url)
    #expect(run.transcript == "exit 0\n")
    let puts = try store.answered()
    #expect(puts.count { $0.hasPrefix("PUT /cas/") && $0.hasSuffix(" 201") } == (isLive ? 4 : 3))
    #expect(puts.count { $0.hasPrefix("PUT /ac/") && $0.hasSuffix(" 201") } == (isLive ? 4 : 3))
    return Filled(store: store, site: try machine.site())
  }

  private func copy(_ options: NginxStore.Options = .init()) async throws -> (NginxStore, Filled) {
    let filled = try await Self.filled.value
    return (try await NginxStore(options, filledAs: filled.store), filled)
  }

  /// The law: an empty machine with a full store gives the same bytes, with live cells, and has no
  /// compiler that it could start.
  @Test func anEmptyMachineWithAFullStoreNeedsNoCompiler() async throws {
    let filled = try await Self.fill(isLive: true)
    let machine = try SharingMachine(isLive: true)
    let run = try await machine.build(
      "--quiet", "--store", filled.store.url, environment: try machine.environmentWithoutCompiler())
    #expect(run.transcript == "exit 0\n")
    #expect(try machine.site() == filled.site)
    #expect(try machine.askedOfCompiler() == ["-print-target-info"])
    #expect(filled.site.keys.contains { $0.hasSuffix(".wasm") || $0.contains("03-alive") })
    // The proof that nothing could have been compiled there: with an empty store nothing is.
    let empty = try await NginxStore()
    let other = try SharingMachine(isLive: true)
    let failed = try await other.build(
      "--quiet", "--store", empty.url, environment: try other.environmentWithoutCompiler())
    #expect(failed.status == 1 && failed.errors.contains("[engine-build-failed]"))
  }

  private func build(
    with store: NginxStore, environment: [String: String] = [:]
  ) async throws -> (run: CommandRun, site: [String: [UInt8]]) {
    let machine = try SharingMachine()
    let run = try await machine.build(
      "--quiet", "--store", store.url, environment: environment)
    return (run, (try? machine.site()) ?? [:])
  }

  private func words(_ run: CommandRun, _ store: NginxStore) -> String {
    run.transcript.replacing(store.url, with: "URL")
  }

  private static let damaged = """
    exit 0
    --- errors
    warning: an entry of the store 'URL' is damaged; what it should hold is computed anew \
    [store-damaged]

    """
  private static let unreachable = """
    exit 0
    --- errors
    warning: the store 'URL' gives no whole answer in time; this build goes on without it \
    [store-unreachable]

    """

  private static let gone = """
    exit 0
    --- errors
    warning: the store 'URL' cannot be reached: nobody takes connections there; this build goes on \
    without it [store-unreachable]

    """

  enum Damage: CaseIterable {
    case aBit, half, nothingLeft, forged, exchanged, noMessage
  }

  /// Whatever happened to its files: the pages are right, it is told once, and the entry is mended.
  @Test(arguments: Damage.allCases)
  func damagedEntriesAreMadeAnew(_ damage: Damage) async throws {
    let (store, filled) = try await copy()
    let (contents, keys) = (try store.entries("cas"), try store.entries("ac"))
    switch damage {
    case .aBit:
      for path in contents {
        var bytes = try FileSystem.read(path)
        bytes[bytes.count / 3] ^= 4
        try FileSystem.write(bytes, to: path)
      }
    case .half:
      for path in contents {
        let bytes = try FileSystem.read(path)
        try FileSystem.write(Array(bytes.prefix(bytes.count / 2)), to: path)
      }
    case .nothingLeft: for path in contents + keys { try FileSystem.write([UInt8](), to: path) }
    case .forged:
      let bytes = try FileSystem.read(contents[0])
      for path in contents { try FileSystem.write(bytes, to: path) }
    case .exchanged:
      let messages = try keys.map { try FileSystem.read($0) }
      for (path, message) in zip(keys, messages.reversed()) {
        try FileSystem.write(message, to: path)
      }
    case .noMessage:
      for path in keys { try FileSystem.write(Array("no message".utf8), to: path) }
    }
    let (run, site) = try await build(with: store)
    #expect(words(run, store) == Self.damaged)
    #expect(site == filled.site)
    let (again, same) = try await build(with: store)
    #expect(words(again, store) == "exit 0\n" && same == filled.site)
  }

  @Test func aStoreThatIsOnlyReadIsRead() async throws {
    let (store, filled) = try await copy(.init(isReadOnly: true))
    let (run, site) = try await build(with: store)
    #expect(run.transcript == "exit 0\n" && site == filled.site)
    // What is missing there is run, and told not to be taken.
    let empty = try await NginxStore(.init(isReadOnly: true))
    let (other, made) = try await build(with: empty)
    #expect(
      words(other, empty)
        == """
        exit 0
        --- errors
        warning: the store 'URL' takes no results (status 403); it is only read [store-refused]

        """)
    #expect(made == filled.site)
  }

  /// One whose disk has no room: nginx says 500.
  @Test(.enabled(if: Confinement.isWhole, "needs a disk of its own"))
  func aStoreThatIsFullIsGivenUp() async throws {
    let filled = try await Self.filled.value
    let store = try await NginxStore(.init(disk: 4096))
    let (run, site) = try await build(with: store)
    #expect(
      words(run, store)
        == """
        exit 0
        --- errors
        warning: the store 'URL' answers with status 500; this build goes on without it \
        [store-unreachable]

        """)
    #expect(site == filled.site)
  }

  @Test func aStoreThatDiedIsGivenUp() async throws {
    let (store, filled) = try await copy()
    store.kill()
    let (run, site) = try await build(with: store)
    #expect(words(run, store) == Self.gone)
    #expect(site == filled.site)
  }

  @Test func aStoreThatSaysNothingIsGivenUp() async throws {
    let (store, filled) = try await copy()
    store.stop()
    let start = ContinuousClock.now
    let (run, site) = try await build(with: store)
    #expect(words(run, store) == Self.unreachable)
    #expect(site == filled.site)
    #expect(ContinuousClock.now - start < .seconds(60))
    store.kill()
  }

  @Test func whoProvesWhoTheyAreIsLetIn() async throws {
    let (store, filled) = try await copy(.init(user: "reader:s3cret"))
    let (run, site) = try await build(with: store)
    #expect(
      words(run, store)
        == """
        exit 0
        --- errors
        warning: the store 'URL' does not let this build read (status 401); this build goes on \
        without it [store-refused]

        """)
    #expect(site == filled.site)
    let header = store.folder.file("header")
    let proof = Data("reader:s3cret".utf8).base64EncodedString()
    try FileSystem.write("Authorization: Basic \(proof)\n", to: header)
    let before = try store.answered().count
    let (known, same) = try await build(
      with: store, environment: ["NNBOOK_STORE_HEADER_FILE": header])
    #expect(known.transcript == "exit 0\n" && same == filled.site)
    #expect(try store.answered().dropFirst(before).allSatisfy { $0.hasSuffix(" 200") })
  }

  /// Over TLS: a certificate that nobody signed is refused, unless a file says that it is known.
  @Test func aCertificateMustBeTrusted() async throws {
    let (store, filled) = try await copy(.init(isSecure: true))
    let (refused, made) = try await build(with: store)
    #expect(
      words(refused, store)
        == """
        exit 0
        --- errors
        warning: the store 'URL' shows a certificate that is not trusted here; this build goes on \
        without it [store-untrusted]

        """)
    #expect(made == filled.site)
    #expect(try store.answered().isEmpty)
    for variable in ["NNBOOK_STORE_CA_FILE", "SSL_CERT_FILE"] {
      let before = try store.answered().count
      let (run, site) = try await build(with: store, environment: [variable: store.certificate])
      #expect(run.transcript == "exit 0\n" && site == filled.site)
      let answers = try store.answered().dropFirst(before)
      #expect(answers.count == 6 && answers.allSatisfy { $0.hasSuffix(" 200") })
    }
    // It is a certificate of 'localhost', and of no other name.
    let machine = try SharingMachine()
    let other = try await machine.build(
      "--quiet", "--store", "https://127.0.0.1:\(store.port)",
      environment: ["SSL_CERT_FILE": store.certificate])
    #expect(
      other.transcript == """
        exit 0
        --- errors
        warning: the store 'https://127.0.0.1:\(store.port)' shows the certificate of another server; \
        this build goes on without it [store-untrusted]

        """)
  }
}
