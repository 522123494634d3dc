import Foundation
import Markdown
import Support
import Testing

/// Each `Golden/NAME.md` and the tree it gives, `Golden/NAME.txt`.
/// `UPDATE_GOLDENS=1 swift test` rewrites the trees.
struct DumpTests {
  @Test(arguments: try goldenNames())
  func `the tree of a text is the golden one`(name: String) throws {
    let text = try String(contentsOf: golden("\(name).md"), encoding: .utf8)
    let dump = MarkdownDocument(parsing: text).dump()
    Golden.expect(
      dump, at: Repository.root.appending(path: "Tests/MarkdownTests/Golden/\(name).txt"))
  }
}

private func golden(_ name: String) -> URL {
  Bundle.module.resourceURL!.appending(path: "Golden/\(name)")
}

private func goldenNames() throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: golden("").path)
    .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
}
