import BookModel
import Foundation
import HostSystem
import Support
import Testing

@testable import CellRunning

@Suite struct `The store of results` {
  let store: ResultStore
  let run = StoredRun(
    result: ChapterResult(
      cells: [
        CellResult(outputs: [.console("hello\n"), .text("3"), .svg("<svg/>")]),
        CellResult(expectedFailure: "error: no"),
      ], inlineValues: ["6", ""], liveModule: LiveModule(bytes: [0, 97, 115, 109], cells: [1])),
    remarks: [
      .init(
        id: .swiftWarning, summary: "y", index: 0, isInline: false, line: 1, column: 2, width: 3)
    ])
  let key = String(repeating: "a", count: 64)

  init() throws {
    store = ResultStore(folder: try FileSystem.makeTemporaryFolder("nnbook-store-test"))
  }

  private var path: String { "\(store.folder)/results/aa/\(key)" }

  @Test func `gives back what was stored`() throws {
    try store.store(run, key: key)
    #expect(store.lookup(key) == .found(run))
    #expect(store.lookup(String(repeating: "b", count: 64)) == .missing)
  }

  @Test func `reads entries of versions that kept no times`() throws {
    var timed = run
    timed.milliseconds = 40
    let withoutCells = timed.encoded()
    // The count of no cells stands at the end.
    #expect(try StoredRun(encoded: withoutCells.dropLast(8)) == timed)
    timed.cellMicroseconds = [0: 7, 1: 30_000]
    #expect(try StoredRun(encoded: timed.encoded()[...]) == timed)
    #expect(try StoredRun(encoded: run.encoded()[...]) == run)
  }

  @Test func `notices every damaged byte and every cut, and removes the entry`() throws {
    try store.store(run, key: key)
    let whole = try FileSystem.read(path)
    for index in whole.indices {
      var damaged = whole
      damaged[index] ^= 0x10
      try FileSystem.write(damaged, to: path)
      #expect(store.lookup(key) == .damaged)
      #expect(store.lookup(key) == .missing)
      try FileSystem.write(Array(whole.prefix(index)), to: path)
      #expect(store.lookup(key) == .damaged)
    }
  }

  @Test func `never traps on bytes that it did not write`() throws {
    let whole = run.encoded()
    var random = SeededGenerator()
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<3 {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      _ = try? StoredRun(encoded: bytes[...])
      _ = try? StoredRun(encoded: bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
    }
  }

  @Test func `stays below its limit by dropping what was unused for longest`() throws {
    var store = store
    let size = try {
      try store.store(run, key: key); return FileSystem.status(path)!.size
    }()
    store.limit = size * 4
    for (age, letter) in ["b", "c", "d", "e"].enumerated() {
      let key = String(repeating: letter, count: 64)
      try store.store(run, key: key)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: Double(-100 * (age + 1)))],
        ofItemAtPath: "\(store.folder)/results/\(letter)\(letter)/\(key)")
    }
    store.evict()
    let left = FileSystem.files(below: store.folder + "/results").map { $0.first! }
    #expect(left == ["a", "b", "c"])
  }

  @Test func `says that a folder cannot be written`() throws {
    var store = store
    store.folder = "/proc/nnbook"
    #expect(throws: FileError.self) { try store.store(run, key: key) }
  }
}
