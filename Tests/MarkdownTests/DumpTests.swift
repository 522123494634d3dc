import Foundation
import Markdown
import Testing

/// Each `Golden/NAME.md` and the tree it gives, `Golden/NAME.txt`.
/// `UPDATE_GOLDENS=1 swift test` rewrites the trees.
struct DumpTests {
  @Test(arguments: try goldenNames())
  func `the tree of a text is the golden one`(name: String) throws {
    let text = try String(contentsOf: golden("\(name).md"), encoding: .utf8)
    let dump = MarkdownDocument(parsing: text).dump()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      let source = URL(filePath: #filePath).deletingLastPathComponent()
      try Data(dump.utf8).write(to: source.appending(path: "Golden/\(name).txt"))
    } else {
      #expect(try dump == String(contentsOf: golden("\(name).txt"), encoding: .utf8))
    }
  }
}

private func golden(_ name: String) -> URL {
  Bundle.module.resourceURL!.appending(path: "Golden/\(name)")
}

private func goldenNames() throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: golden("").path)
    .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
}
