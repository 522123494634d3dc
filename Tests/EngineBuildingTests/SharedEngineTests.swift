import BookModel
import Foundation
import HostSystem
import Synchronization
import Testing

@testable import EngineBuilding

/// Engines between machines that share a store: each has a cache of its own.
@Suite struct SharedEngineTests {
  private let base = try! FileSystem.makeTemporaryFolder("nnbook-shared-engine-test")
  private let store = Store()

  /// What machines share, in memory.
  private final class Store: SharedContents {
    let contents = Mutex<[String: [UInt8]]>([:])
    let rejections = Mutex(0)

    func content(for key: String) async -> [UInt8]? { contents.withLock { $0[key] } }

    func add(_ payload: [UInt8], for key: String) { contents.withLock { $0[key] = payload } }

    func rejected() { rejections.withLock { $0 += 1 } }

    /// Changes all that is stored.
    func change(_ body: ([UInt8]) -> [UInt8]) {
      contents.withLock { $0 = $0.mapValues(body) }
    }
  }

  private func sources(_ two: Int = 2) throws -> EngineSources {
    try smallEngine(in: base + "/sources\(two)", two: two)
  }

  /// What a machine tells of the engine, and where it then is.
  /// On a thread of its own, as a build does it: whoever waits for a store must not take one from Swift's
  /// pool, on which the store answers.
  private func engine(
    on machine: String, _ sources: EngineSources, target: EngineTarget = .native,
    mayShare: Bool = true
  ) async throws -> (events: [EngineEvent], folder: String) {
    try await onOwnThread { [self] () throws in
      try made(on: machine, sources, target, shared: mayShare ? store : nil)
    }
  }

  private func made(
    on machine: String, _ sources: EngineSources, _ target: EngineTarget, shared: Store?
  ) throws -> (events: [EngineEvent], folder: String) {
    let cache = base + "/" + machine
    let events = Mutex<[EngineEvent]>([])
    let build = try EngineBuild.make(
      sources: sources, toolchain: try Toolchain(compiler: nil, cache: cache), target: target,
      cache: cache, shared: shared
    ) { event in events.withLock { $0.append(event) } }
    return (events.withLock(\.self), build.folder)
  }

  private func files(_ folder: String) throws -> [String: [UInt8]] {
    let names = FileSystem.files(below: folder)
      .filter {
        EngineExchange.names.contains($0) || $0.hasPrefix("include/") || $0 == "module.modulemap"
      }
    return Dictionary(
      uniqueKeysWithValues: try names.map { ($0, try FileSystem.read(folder + "/" + $0)) })
  }

  private func compiles(_ events: [EngineEvent]) -> Bool { events.contains(.compiling(.native)) }

  @Test func `another machine compiles nothing, and has the same`() async throws {
    defer { FileSystem.discard(base) }
    let sources = try sources()
    let first = try await engine(on: "first", sources)
    #expect(compiles(first.events))
    #expect(store.contents.withLock(\.count) == 1)
    let second = try await engine(on: "second", sources)
    #expect(second.events == [.taken(.native)])
    #expect(try files(second.folder) == files(first.folder))
    #expect(EngineSeal(folder: second.folder).isWhole)
    // It is here now: the store is not asked again.
    store.change { _ in [] }
    #expect(try await engine(on: "second", sources).events == [])
    #expect(store.rejections.withLock(\.self) == 0)
    // A build that may take none, since nothing confines its cells, does not find it either.
    #expect(try await compiles(engine(on: "second", sources, mayShare: false).events))
    // It works as one that was compiled where it stands.
    let program = base + "/main.swift"
    try FileSystem.write("import Notebook\nlet number: Int = three()\n", to: program)
    let toolchain = try Toolchain(compiler: nil, cache: base + "/second")
    let said = try toolchain.run(.swiftc, ["-typecheck", "-I", second.folder, program])
    #expect(said.succeeded, "\(said.text)")
  }

  @Test func `other sources and other targets are other engines`() async throws {
    defer { FileSystem.discard(base) }
    _ = try await engine(on: "first", sources())
    #expect(try await compiles(engine(on: "second", sources(5)).events))
    _ = try await engine(on: "first", sources(), target: .webAssembly)
    #expect(store.contents.withLock(\.count) == 3)
  }

  @Test func `what is no engine is rejected and compiled anew`() async throws {
    defer { FileSystem.discard(base) }
    let sources = try sources()
    let first = try await engine(on: "first", sources)
    let whole = try #require(EngineExchange.packed(first.folder))
    let files = try #require(EngineExchange.unpacked(whole))
    func packed(_ files: [[UInt8]]) -> [UInt8] {
      var writer = ByteWriter()
      writer.write(each: files) { $0.write($1) }
      return writer.bytes
    }
    #expect(packed(files) == whole)
    let wrong = [[], Array(whole.dropLast()), whole + [0], packed([]), packed(files + [[1]])]
    for bytes in wrong { #expect(EngineExchange.unpacked(bytes) == nil) }

    store.change { $0 + [0] }
    let second = try await engine(on: "second", sources)
    #expect(compiles(second.events))
    #expect(store.rejections.withLock(\.self) == 1)
    #expect(try self.files(second.folder).keys == self.files(first.folder).keys)
    // What it made is there for the next.
    #expect(try await engine(on: "third", sources).events == [.taken(.native)])
  }
}
