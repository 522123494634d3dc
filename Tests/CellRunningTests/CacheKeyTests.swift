import BookModel
import Foundation
import HostSystem
import Testing

@testable import CellRunning

@Suite struct `The key of a chapter` {
  private func key(_ text: String, data: [DataFile] = [], engine: String = "e") throws -> CacheKey {
    CacheKey(
      try chapter(text), data: data, digests: DataDigests(store: StoreFolder("/nonexistent")),
      engine: engine,
      compiler: "c")
  }

  let plain = "```swift\nlet a = 1\n```\n\nValue `{swift} a`.\n"

  @Test(arguments: [
    "Prose before.\n\n```swift\nlet a = 1\n```\n\nValue `{swift} a`.\n",
    "```swift hidden\nlet a = 1\n```\n\nValue `{swift} a`.\n",
    "```swift id=fig-a caption=\"A\" tol=0.1\nlet a = 1\n```\n\nOther `{swift} a`.\n",
  ]) func `does not know prose, places and display`(_ text: String) throws {
    #expect(try key(text).text == key(plain).text)
  }

  @Test func `does not know the text of ignored cells`() throws {
    let (one, other) = ("```swift ignore\na\n```\n", "```swift ignore\nb\n```\n")
    #expect(try key(one + plain).text == key(other + plain).text)
    #expect(try key(one + plain).text != key(plain).text)
  }

  @Test(arguments: [
    "```swift\nlet a = 2\n```\n\nValue `{swift} a`.\n",
    "```swift no-run\nlet a = 1\n```\n\nValue `{swift} a`.\n",
    "```swift\nlet a = 1\n```\n\nValue `{swift} a, %.2f`.\n",
    "```swift timeout=60\nlet a = 1\n```\n\nValue `{swift} a`.\n",
    "Value `{swift} a`.\n\n```swift\nlet a = 1\n```\n",
  ]) func `knows whatever changes results`(_ text: String) throws {
    #expect(try key(text).text != key(plain).text)
  }

  @Test func `knows the line of a cell that reads its own line`() throws {
    let text = "```swift\nprint(#line)\n```\n"
    #expect(try key(text).text != key("Prose.\n\n" + text).text)
  }

  @Test func `says what changed`() throws {
    let cells = (0..<4).map { "```swift\nlet a\($0) = 1\n```\n\n" }
    let old = try key(cells.joined())
    #expect(try key(cells.joined()).changes(since: old) == [])
    var changed = cells
    changed[2] = "```swift\nlet other = 1\n```\n\n"
    #expect(try key(changed.joined()).changes(since: old) == [.cellChanged(2)])
    changed = cells
    changed.insert("```swift\nlet new = 1\n```\n\n", at: 1)
    #expect(try key(changed.joined()).changes(since: old) == [.cellAdded(1)])
    changed = cells
    changed.remove(at: 3)
    #expect(try key(changed.joined()).changes(since: old) == [.cellRemoved(3)])
    #expect(try key(cells.joined(), engine: "f").changes(since: old) == [.engine])
  }

  @Test func `knows the data files that cells name, and no others`() throws {
    let book = try FileSystem.makeTemporaryFolder("nnbook-data-test")
    try FileSystem.makeFolder(book + "/data")
    try FileSystem.write([1], to: book + "/data/one.csv")
    try FileSystem.write([2], to: book + "/data/two.csv")
    func names(_ code: String) throws -> [String] {
      DataFile.named(by: try chapter("```swift\n\(code)\n```\n"), in: book).map(\.name)
    }
    #expect(try names("let a = 1") == [])
    #expect(try names("read(\"data/one.csv\")") == ["one.csv"])
    #expect(try names("read(\"two.csv\")") == ["two.csv"])
    #expect(try names("read(\"data/\\(name).csv\")") == ["one.csv", "two.csv"])
  }
}
