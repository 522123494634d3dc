import BookModel
import Foundation
import Glibc
import HostSystem
import Synchronization
import Testing

@testable import EngineBuilding

@Suite struct `An engine in the cache` {
  let cache: String

  init() throws { cache = try FileSystem.makeTemporaryFolder("nnbook-engine-test") }

  private func sources() throws -> EngineSources { try smallEngine(in: cache + "/sources") }

  @Test func `is compiled once for each target, and tells so`() async throws {
    let sources = try sources()
    let toolchain = try Toolchain(compiler: nil, cache: cache)
    let events = Mutex<[EngineEvent]>([])
    for _ in 0..<2 {
      let engines = try await Engines.make(
        sources: sources, toolchain: toolchain, forBrowser: true, cache: cache
      ) { event in events.withLock { $0.append(event) } }
      let browser = try #require(engines.browser)
      #expect(engines.native.folder != browser.folder)
      for folder in [engines.native.folder, browser.folder] {
        #expect(FileSystem.isFile(folder + "/libEngine.a"))
        #expect(FileSystem.isFile(folder + "/Notebook.swiftmodule"))
      }
    }
    let told = events.withLock(\.self)
    try #require(told.count == 4)
    for target in [EngineTarget.native, .webAssembly] {
      #expect(told.contains(.compiling(target)))
    }
    for case .compiled(_, let seconds) in told { #expect(seconds > 0) }
    #expect(told.filter { if case .compiled = $0 { true } else { false } }.count == 2)
    let names = FileSystem.names(in: cache + "/engines")
    #expect(names.filter { $0.hasSuffix(".part") } == [])
  }

  @Test func `for one target is made while somebody else makes that for the other`() async throws {
    let sources = try sources()
    let toolchain = try Toolchain(compiler: nil, cache: cache)
    try FileSystem.makeFolder(cache + "/engines")
    let browser = cache + "/engines/" + EngineTarget.webAssembly.lockName
    let maker = try #require(FileLock(file: browser, .waits))
    let (told, teller) = AsyncStream.makeStream(of: EngineEvent.self)
    async let engines = Engines.make(
      sources: sources, toolchain: toolchain, forBrowser: true, cache: cache
    ) { teller.yield($0) }
    for await event in told {
      guard case .compiled(let target, _) = event else { continue }
      #expect(target == .native)
      break
    }
    maker.release()
    #expect(try await engines.browser != nil)
  }

  @Test func `what a killed build left goes with the next that finds its own`() throws {
    let sources = try sources()
    let toolchain = try Toolchain(compiler: nil, cache: cache)
    var whole = try EngineBuild.make(sources: sources, toolchain: toolchain, cache: cache)
    // But not while somebody holds the lock, and may be making it.
    let partial = cache + "/engines/0123" + EngineTarget.native.partSuffix
    try FileSystem.makeFolder(partial + "/include")
    try FileSystem.write([1], to: partial + "/one.o")
    let lock = cache + "/engines/" + EngineTarget.native.lockName
    let maker = try #require(FileLock(file: lock, .waits))
    _ = try EngineBuild.make(sources: sources, toolchain: toolchain, cache: cache)
    #expect(FileSystem.isFolder(partial))
    maker.release()
    // A process that another test starts at this moment has a copy of the lock until it is started.
    for _ in 0..<100 where FileSystem.isFolder(partial) {
      usleep(50_000)
      whole = try EngineBuild.make(sources: sources, toolchain: toolchain, cache: cache)
    }
    #expect(!FileSystem.isFolder(partial))
    #expect(FileSystem.isFolder(whole.folder))
  }

  @Test func `events read as sentences`() {
    let events: [EngineEvent] = [
      .waiting, .compiling(.native), .compiling(.webAssembly),
      .compiled(.native, seconds: 48.049), .compiled(.webAssembly, seconds: 7),
      .taken(.native), .taken(.webAssembly),
    ]
    #expect(
      events.map(\.summary) == [
        "Waiting for another build, which compiles the engine…",
        "Compiling the engine (once for this version)…",
        "Compiling the engine for the browser (once for this version)…",
        "Compiled the engine in 48.05 s",
        "Compiled the engine for the browser in 7.00 s",
        "Took the engine from the shared store",
        "Took the engine for the browser from the shared store",
      ])
  }

  @Test func `a program of the toolchain that is missing is named`() throws {
    var toolchain = try Toolchain(compiler: nil, cache: cache)
    toolchain.resources = cache + "/lib/swift"
    do {
      _ = try toolchain.run(.archiver, [])
      Issue.record("it ran")
    } catch {
      #expect(
        DiagnosticPrinter().text(for: error.diagnostics)
          == """
          error: the toolchain's 'llvm-ar' does not start: no such file or directory \
          [compiler-missing]
          note: it was looked for at '\(cache)/lib/swift/../../bin/llvm-ar'

          """)
    }
  }

  private func entry(_ path: String, days: Int) throws {
    if path.hasPrefix("engines/") {
      try FileSystem.makeFolder("\(cache)/\(path)")
      try FileSystem.write([1], to: "\(cache)/\(path)/libEngine.a")
    } else {
      try FileSystem.makeFolder(Path.folder(of: "\(cache)/\(path)"))
      try FileSystem.write([1], to: "\(cache)/\(path)")
    }
    let then = timespec(tv_sec: time(nil) - days * 86_400 - 60, tv_nsec: 0)
    utimensat(AT_FDCWD, "\(cache)/\(path)", [then, then], 0)
  }

  @Test func `goes when nobody used it for a month, or when there are many`() throws {
    try entry("engines/old", days: 31)
    try entry("engines/half" + EngineTarget.native.partSuffix, days: 0)
    // Another build may be making the one, and has left the other.
    try entry("engines/young" + EngineTarget.webAssembly.partSuffix, days: 0)
    try entry("engines/older" + EngineTarget.webAssembly.partSuffix, days: 3)
    for number in 0..<9 { try entry("engines/\(number)", days: number) }
    try entry("live/new", days: 29)
    try entry("live/old", days: 31)
    // Nobody holds its lock.
    try entry("live/new.4194304-1.part", days: 0)
    try entry("toolchains/old", days: 31)
    try entry("mine/old", days: 400)
    try FileSystem.write([], to: cache + "/engines/lock")
    CacheUpkeep(folder: cache).removeUnused(with: .native)
    #expect(
      FileSystem.names(in: cache + "/engines") == [
        "0", "1", "2", "3", "4", "5", "lock", "young" + EngineTarget.webAssembly.partSuffix,
      ])
    #expect(FileSystem.names(in: cache + "/live") == ["new"])
    #expect(FileSystem.names(in: cache + "/toolchains") == [])
    #expect(FileSystem.names(in: cache + "/mine") == ["old"])
  }

  @Test func `stays while it is used`() throws {
    try entry("engines/used", days: 40)
    FileSystem.markUsed(cache + "/engines/used")
    CacheUpkeep(folder: cache).removeUnused(with: .native)
    #expect(FileSystem.names(in: cache + "/engines") == ["used"])
  }
}
