import Foundation
import Testing

/// Text that a test made, compared with a file of `Golden/`; `UPDATE_GOLDENS=1` rewrites the file.
struct Golden {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  var name: String

  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let file = Self.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      #expect(throws: Never.self, sourceLocation: sourceLocation) {
        try Data(text.utf8).write(to: file)
      }
    }
    let expected = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    #expect(text == expected, "\(name) differs", sourceLocation: sourceLocation)
  }

  /// The chapter that a test reads: `Golden/<name>.md`.
  static func markdown(_ name: String) throws -> String {
    String(
      decoding: try Data(contentsOf: folder.appending(path: "\(name).md")), as: UTF8.self)
  }
}
