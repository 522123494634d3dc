import Foundation
import Support
import Testing

/// A file of `Golden/` beside this one.
struct GoldenFile {
  static let folder = Repository.root.appending(path: "Tests/PageRenderingTests/Golden")

  var name: String

  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    Golden.expect(text, at: Self.folder.appending(path: name), sourceLocation: sourceLocation)
  }

  /// The chapter that a test reads: `Golden/<name>.md`.
  static func markdown(_ name: String) throws -> String {
    try Repository.text(of: "Tests/PageRenderingTests/Golden/\(name).md")
  }
}
