import BookBuilding
import Foundation
import HostSystem

/// A folder of its own for one test, removed with the last use of it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path =
      FileSystem.resolved(NSTemporaryDirectory()).trimmingSuffix("/")
      + "/nnbook-test-\(UInt64.random(in: 0 ... .max))"
    try FileSystem.makeFolder(path)
  }

  deinit { try? FileSystem.remove(path) }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, to name: String) throws {
    try FileSystem.makeFolder(Path.folder(of: file(name)))
    try FileSystem.write(text, to: file(name))
  }

  func read(_ name: String) throws -> String {
    String(decoding: try FileSystem.read(file(name)), as: UTF8.self)
  }

  var files: [String] { get throws { try FileSystem.everyFile(below: path) } }
}

extension String {
  func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
