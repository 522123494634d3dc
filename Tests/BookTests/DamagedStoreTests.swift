import BookBuilding
import Foundation
import HostSystem
import Testing

/// Files that the builder keeps, changed by a disk or a hand.
@Suite struct DamagedStoreTests {
  let folder = try! TemporaryFolder()

  enum Damage: CaseIterable {
    case oneBit, cut, emptied, zeroed, lengthened

    func applied(to bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      switch self {
      case .oneBit: if !bytes.isEmpty { bytes[bytes.count / 2] ^= 1 }
      case .cut: bytes.removeLast(bytes.count / 2)
      case .emptied: bytes = []
      case .zeroed: bytes = [UInt8](repeating: 0, count: bytes.count)
      case .lengthened: bytes.append(0x0A)
      }
      return bytes
    }
  }

  /// The command with a cache of its own, but for the engine, which takes a minute to compile.
  func run(_ arguments: String...) async throws -> CommandRun {
    try await CommandRun(
      arguments, in: folder.path, environment: ["NNBOOK_CACHE": folder.file("cache")])
  }

  func damage(_ name: String, _ damage: Damage) throws {
    let root = folder.file(name)
    let files = try FileSystem.everyFile(below: root).filter {
      !$0.hasPrefix("engines") && $0 != "secret"
    }
    #expect(!files.isEmpty)
    for file in files {
      let path = root + "/" + file
      try FileSystem.write(damage.applied(to: try FileSystem.read(path)), to: path)
    }
  }

  @Test(.timeLimit(.minutes(15))) func whatIsDamagedIsMadeAnew() async throws {
    let shared = try #require(CommandRun.environment["NNBOOK_CACHE"])
    try FileSystem.makeFolder(shared + "/engines")
    try FileSystem.makeFolder(folder.file("cache"))
    symlink(shared + "/engines", folder.file("cache/engines"))
    // Whose secret is another one finds no engine there.
    try FileManager.default.copyItem(
      atPath: shared + "/secret", toPath: folder.file("cache/secret"))
    try folder.write(
      """
      ---
      title: A
      ---

      ```swift
      let bytes = try! String(contentsOfFile: "data/large.txt", encoding: .utf8).utf8.count
      print("computed \\(bytes)")
      ```

      With $x^2$.

      """.replacing("```swift\n", with: "```swift\nimport Foundation\n"), to: "chapters/a.md")
    // Large enough for its digest to be kept, and old enough.
    try folder.write(
      String(repeating: "0123456789\n", count: 100_000), to: "chapters/data/large.txt")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -100)],
      ofItemAtPath: folder.file("chapters/data/large.txt"))

    // A file that changed just now is not yet one whose digest is kept.
    try await Task.sleep(for: .seconds(3.2))
    #expect(try await run("build", "--quiet").transcript == "exit 0\n")
    let page = try folder.read("site/a.html")
    #expect(page.contains("computed 1100000") && page.contains("<msup>"))
    let kept = try FileSystem.list(folder.file("chapters/.nnbook")).map(\.name)
    #expect(kept == ["CACHEDIR.TAG", "digests", "formulas", "keys", "results", "stamps"])

    for kind in Damage.allCases {
      try damage("chapters/.nnbook", kind)
      try damage("cache", kind)
      // The stamp would say that there is nothing to do.
      try FileSystem.remove(folder.file("chapters/.nnbook/stamps"))
      let again = try await run("build", "--verbose")
      #expect(again.status == 0 && again.errors.isEmpty, "\(kind): \(again.transcript)")
      #expect(
        again.output.contains(
          "The stored results of chapters/a.md were damaged and are made anew\n"), "\(kind)")
      #expect(try folder.read("site/a.html") == page)
      let then = try await run("build", "--verbose")
      #expect(then.output.hasSuffix(": 'site' is up to date\n"), "\(then.transcript)")
    }
    // Without --verbose nobody has to read of it.
    try damage("chapters/.nnbook", .oneBit)
    try FileSystem.remove(folder.file("chapters/.nnbook/stamps"))
    #expect(try await run("build", "--quiet").transcript == "exit 0\n")
  }
}
