import Testing

@testable import HostSystem

@Suite final class ReplacingTests {
  let folder: String

  init() throws { folder = try FileSystem.makeTemporaryFolder("nnbook-replacing-test") }
  deinit { FileSystem.discard(folder) }

  private func file(_ name: String) -> String { folder + "/" + name }

  private func text(_ name: String) throws -> String {
    String(decoding: try FileSystem.read(file(name)), as: UTF8.self)
  }

  @Test(arguments: ["", "short", String(repeating: "long ", count: 100_000)])
  func `a file gets new contents and keeps its names`(new: String) throws {
    try FileSystem.write("old text", to: file("plain"))
    #expect(FileSystem.link(file("plain"), as: file("second")))
    #expect(FileSystem.makeLink(file("link"), to: file("plain")))
    try FileSystem.replaceContents(of: file("link"), with: Array(new.utf8))
    #expect(try text("plain") == new)
    #expect(try text("second") == new)
    #expect(FileSystem.isLink(file("link")))
    #expect(FileSystem.names(in: folder) == ["link", "plain", "second"])
  }

  @Test func `what is no file is not written`() throws {
    try FileSystem.makeFolder(file("folder"))
    for path in [file("folder"), file("none"), "/dev/null"] {
      #expect(throws: FileError.self) { try FileSystem.replaceContents(of: path, with: [1]) }
    }
  }
}
