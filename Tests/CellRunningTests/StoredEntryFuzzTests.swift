import BookModel
import Foundation
import Fuzz
import HostSystem
import Testing

@testable import CellRunning

/// Stored entries as no build wrote them: read as damaged, or as what they were; never a crash.
@Suite struct StoredEntryFuzzTests {
  let run = StoredRun(
    result: ChapterResult(
      cells: [
        CellResult(outputs: [
          .console("hello\n"), .text("3"), .svg("<svg/>"),
          .control(ControlRecord(#"{"kind":"button","key":"a","label":"A"}"#)!),
        ]),
        CellResult(outputs: [.html("<b>é</b>"), .markdown("*a*")], expectedFailure: "error: no"),
        CellResult(),
      ], inlineValues: ["6", "", "漢字"],
      liveModule: LiveModule(bytes: [0, 97, 115, 109], cells: [1])),
    remarks: [
      .init(
        id: .swiftWarning, summary: "y", index: 0, isInline: false, line: 1, column: 2, width: 3)
    ], milliseconds: 1200, cellMicroseconds: [0: 80, 2: 1_000_000])

  /// Numbers as they are written, large and negative ones too.
  private static let tokens =
    ["\0", "\0\0\0\0\0\0\0\0", "\u{1}", "\u{1}\0\0\0\0\0\0\0", "nnbook result 1\n", "\n"]
    + ["\u{7F}", "~~~~~~~~", "\u{10FFFF}\u{10FFFF}", "a"]

  @Test func noVariantOfAResultTrapsOrChangesMeaning() {
    let found = FuzzRun.firstMistake(seeds: [run.encoded()], tokens: Self.tokens) { bytes in
      guard let read = try? StoredRun(encoded: bytes[...]) else { return nil }
      let again = try? StoredRun(encoded: read.encoded()[...])
      return again == read ? nil : "another meaning when written again"
    }
    #expect(found == nil)
  }

  @Test func noVariantOfAnEntryIsTakenForAnother() throws {
    let store = ResultStore(folder: try FileSystem.makeTemporaryFolder("nnbook-fuzz-test"))
    defer { FileSystem.discard(store.folder) }
    let key = String(repeating: "a", count: 64)
    let path = "\(store.folder)/results/aa/\(key)"
    try store.store(run, key: key)
    let whole = try FileSystem.read(path)
    let found = FuzzRun.firstMistake(seeds: [whole], tokens: Self.tokens) { bytes in
      guard (try? FileSystem.write(bytes, to: path)) != nil else { return "not written" }
      switch store.lookup(key) {
      case .found(let found): return found == run && bytes == whole ? nil : "found \(found)"
      case .missing: return "missing"
      case .damaged: return bytes == whole ? "damaged" : nil
      }
    }
    #expect(found == nil)
  }

  @Test func noVariantOfAKeyTraps() throws {
    let history = KeyHistory(folder: try FileSystem.makeTemporaryFolder("nnbook-fuzz-test"))
    defer { FileSystem.discard(history.folder) }
    let chapter = try chapter("```swift\n1\n```\n\n`{swift} 2`\n")
    let key = CacheKey(
      chapter, data: [], digests: DataDigests(store: StoreFolder(history.folder)), engine: "e",
      compiler: "c")
    try history.keep(key, of: chapter)
    let path = "\(history.folder)/keys/" + FileSystem.names(in: history.folder + "/keys")[0]
    let whole = try FileSystem.read(path)
    let found = FuzzRun.firstMistake(seeds: [whole], tokens: Self.tokens) { bytes in
      guard (try? FileSystem.write(bytes, to: path)) != nil else { return "not written" }
      let read = history.last(of: chapter)
      return (read == key) == (bytes == whole) && (read == nil || read == key)
        ? nil : "read as another"
    }
    #expect(found == nil)
  }
}
