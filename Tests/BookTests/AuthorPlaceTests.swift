import BookBuilding
import Foundation
import HostSystem
import Testing

/// Whatever surrounds a mistake, its message names the line and the column of the author's own bytes.
@Suite struct AuthorPlaceTests {
  let folder = try! TemporaryFolder()

  /// One way to write a chapter.
  struct Form: Sendable {
    var name: String
    var lineEnd = "\n"
    var byteOrderMark = false
    /// Put before the first line of a block, and before its other lines.
    var first = ""
    var rest = ""

    static let all = [
      Form(name: "plain"), Form(name: "crlf", lineEnd: "\r\n"), Form(name: "cr", lineEnd: "\r"),
      Form(name: "bom", lineEnd: "\r\n", byteOrderMark: true),
      Form(name: "list", first: "1. ", rest: "   "),
      Form(name: "tab-list", lineEnd: "\r", first: "-\t", rest: "\t"),
      Form(name: "quote", first: "> ", rest: "> "),
      Form(name: "bare-quote", lineEnd: "\r\n", first: ">", rest: ">"),
      Form(name: "list-in-quote", first: "> - ", rest: ">   "),
      Form(name: "quote-in-list", byteOrderMark: true, first: "* > ", rest: "  > "),
    ]

    /// - Parameter blocks: each stands on its own, as an item of the list or in the quote.
    func bytes(frontMatter: [String], blocks: [[String]]) -> [UInt8] {
      var lines = ["---"] + frontMatter + ["---", ""]
      for block in blocks {
        lines += block.enumerated().map { ($0.offset == 0 ? first : rest) + $0.element } + [""]
      }
      return (byteOrderMark ? [0xEF, 0xBB, 0xBF] : [])
        + Array(lines.joined(separator: lineEnd).utf8)
    }

    /// `line:column` of a text that occurs once; the byte-order mark is no column.
    func place(of text: String, in bytes: [UInt8]) throws -> String {
      let bytes = byteOrderMark ? Array(bytes.dropFirst(3)) : bytes
      let found = bytes.ranges(of: Array(text.utf8))
      try #require(found.count == 1, "\(text) occurs \(found.count) times")
      let before = bytes[..<found[0].lowerBound]
      let end = Array(lineEnd.utf8)
      let line = before.ranges(of: end).count + 1
      let start = before.ranges(of: end).last?.upperBound ?? 0
      return "\(line):\(before.count - start + 1)"
    }
  }

  /// Writes the chapter in each form, builds once, and expects each error, by its stable name, at its
  /// marker, and no other.
  func expect(
    _ mistakes: [(marker: String, id: String)], frontMatter: [String] = ["title: T é"],
    blocks: [[String]]
  ) async throws {
    var expected: Set<String> = []
    for form in Form.all {
      let bytes = form.bytes(frontMatter: frontMatter, blocks: blocks)
      let path = "chapters/\(form.name).md"
      try FileSystem.makeFolder(folder.file("chapters"))
      try FileSystem.write(bytes, to: folder.file(path))
      for (marker, id) in mistakes {
        expected.insert("\(path):\(try form.place(of: marker, in: bytes)) [\(id)]")
      }
    }
    let run = try await CommandRun(["build", "--quiet"], in: folder.path)
    #expect(run.status == 1)
    let headlines = run.errors.split(separator: "\n").map(String.init).filter {
      $0.hasPrefix("chapters/") && $0.contains(": error: ")
    }
    let found: Set<String> = Set(
      headlines.map { line -> String in
        let place = line.ranges(of: ": error: ").first?.lowerBound ?? line.endIndex
        return String(line[..<place]) + " " + line[(line.lastIndex(of: "[") ?? line.startIndex)...]
      })
    #expect(found.subtracting(expected) == [])
    #expect(expected.subtracting(found) == [])
  }

  @Test(.timeLimit(.minutes(15))) func ofWhatDoesNotCompile() async throws {
    try await expect(
      [
        ("missingValue", "swift-error"), ("missingName", "swift-error"),
        ("\"four\"", "swift-error"),
      ],
      blocks: [
        ["Prose with é, 漢字\tand `{swift} 1 + missingValue` in it."],
        [
          "```swift", "let größe = \"漢字 é\"; let first = missingName + 1", "",
          "\tlet second: Int =\t\"four\"", "```",
        ],
      ])
  }

  @Test(.timeLimit(.minutes(15))) func ofWhatStops() async throws {
    try await expect(
      [("[7]", "cell-stopped")],
      blocks: [
        ["é 漢字"],
        ["```swift", "let größe = [1, 2, 3]", "", "\tlet é = \"é\"; print(größe[7])", "```"],
      ])
  }

  @Test func ofOptions() async throws {
    try await expect(
      [
        ("autor", "unknown-key"), ("hiden", "unknown-cell-word"), ("captoin", "unknown-cell-word"),
      ],
      frontMatter: ["title: é", "autor: é"],
      blocks: [["é 漢字"], ["```swift hiden", "//| captoin: é", "1", "```"]])
  }

  @Test func ofReferences() async throws {
    try await expect(
      [("[](#fig-nothing)", "unknown-reference"), ("[a](no.md)", "unknown-link")],
      blocks: [["é 漢字 [](#fig-nothing), `é` and [a](no.md)"]])
  }
}
