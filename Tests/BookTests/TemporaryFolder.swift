import BookBuilding
import Foundation

/// A folder of its own for one test, removed with the last use of it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path =
      FileAccess.resolved(NSTemporaryDirectory()).trimmingSuffix("/")
      + "/nnbook-test-\(UInt64.random(in: 0 ... .max))"
    try FileAccess.makeFolder(path)
  }

  deinit { try? FileAccess.remove(path) }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, to name: String) throws {
    try FileAccess.makeFolder(FileAccess.folder(of: file(name)))
    try FileAccess.write(text, to: file(name))
  }

  func read(_ name: String) throws -> String {
    String(decoding: try FileAccess.read(file(name)), as: UTF8.self)
  }

  var files: [String] { get throws { try FileAccess.filesBelow(path) } }
}

extension String {
  func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
