import BookModel
import Foundation
import Glibc
import HostSystem
import Synchronization
import Testing

@testable import CellRunning

@Suite struct `An engine in the cache` {
  let cache: String

  init() throws { cache = try FileSystem.makeTemporaryFolder("nnbook-engine-test") }

  @Test func `is compiled once, and tells so`() throws {
    let folder = cache + "/sources"
    for (path, text) in [
      "NeuralNetKernels/include/NeuralNetKernels.h": "int one(void);\n",
      "NeuralNetKernels/one.c": "int one(void) { return 1; }\n",
      "NeuralNet/Two.swift": "public func two() -> Int { 2 }\n",
      "Notebook/Three.swift": "import NeuralNet\npublic func three() -> Int { two() + 1 }\n",
    ] {
      try FileSystem.makeFolder(Path.folder(of: "\(folder)/\(path)"))
      try FileSystem.write(Array(text.utf8), to: "\(folder)/\(path)")
    }
    let sources = try EngineSources(folder: folder)
    let toolchain = try Toolchain(compiler: nil, cache: cache)
    let events = Mutex<[EngineEvent]>([])
    for _ in 0..<2 {
      _ = try EngineBuild.make(sources: sources, toolchain: toolchain, cache: cache) { event in
        events.withLock { $0.append(event) }
      }
    }
    let told = events.withLock(\.self)
    try #require(told.count == 2)
    #expect(told[0] == .compiling(.native))
    guard case .compiled(.native, let seconds) = told[1] else {
      Issue.record("\(told[1])")
      return
    }
    #expect(seconds > 0)

    // What a killed build of another engine left goes with the next build that finds its own; but
    // not while somebody holds the lock, and may be making it.
    let partial = cache + "/engines/0123.part"
    try FileSystem.makeFolder(partial + "/include")
    try FileSystem.write([1], to: partial + "/one.o")
    let maker = try #require(FileLock(file: cache + "/engines/lock", .givesUp))
    _ = try EngineBuild.make(sources: sources, toolchain: toolchain, cache: cache)
    #expect(FileSystem.isFolder(partial))
    maker.release()
    var whole = try EngineBuild.make(sources: sources, toolchain: toolchain, cache: cache)
    // A process that another test starts at this moment has a copy of the lock until it is started.
    for _ in 0..<100 where FileSystem.isFolder(partial) {
      usleep(50_000)
      whole = try EngineBuild.make(sources: sources, toolchain: toolchain, cache: cache)
    }
    #expect(!FileSystem.isFolder(partial))
    #expect(FileSystem.isFolder(whole.folder))
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
    try entry("engines/half.part", days: 0)
    for number in 0..<9 { try entry("engines/\(number)", days: number) }
    try entry("live/new", days: 29)
    try entry("live/old", days: 31)
    // Of a process that is no more, and of one that is.
    try entry("live/new.4194304-1.part", days: 0)
    try entry("live/new.\(getpid())-1.part", days: 0)
    try entry("toolchains/old", days: 31)
    try entry("mine/old", days: 400)
    try FileSystem.write([], to: cache + "/engines/lock")
    CacheUpkeep(folder: cache).removeUnused()
    #expect(
      FileSystem.names(in: cache + "/engines") == ["0", "1", "2", "3", "4", "5", "lock"])
    #expect(FileSystem.names(in: cache + "/live") == ["new", "new.\(getpid())-1.part"])
    #expect(FileSystem.names(in: cache + "/toolchains") == [])
    #expect(FileSystem.names(in: cache + "/mine") == ["old"])
  }

  @Test func `stays while it is used`() throws {
    try entry("engines/used", days: 40)
    FileSystem.markUsed(cache + "/engines/used")
    CacheUpkeep(folder: cache).removeUnused()
    #expect(FileSystem.names(in: cache + "/engines") == ["used"])
  }

  @Test func `folders of killed builds go, and those of living ones stay`() throws {
    let base = cache + "/temporary"
    for name in ["nnbook-abcdef", "nnbook-living", "nnbook-of-mine", "other-abcdef"] {
      try FileSystem.makeFolder("\(base)/\(name)/inner")
    }
    let living = try #require(FileLock(folder: base + "/nnbook-living", .givesUp))
    defer { living.release() }
    ScratchFolder.removeLeftovers(in: base)
    #expect(FileSystem.names(in: base).count == 4)
    ScratchFolder.removeLeftovers(in: base, olderThan: 0)
    #expect(
      FileSystem.names(in: base) == ["nnbook-living", "nnbook-of-mine", "other-abcdef"])
  }
}
