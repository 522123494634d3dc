import Testing

@testable import HostSystem

@Suite final class FileSystemTests {
  let folder: String

  init() throws { folder = try FileSystem.makeTemporaryFolder("nnbook-files-test") }
  deinit { FileSystem.discard(folder) }

  private func file(_ name: String) -> String { folder + "/" + name }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 200_000])
  func `what was written is read`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try FileSystem.write(bytes, to: file("a"))
    #expect(try FileSystem.read(file("a")) == bytes)
    for most in [1, 4096, 100_000, 200_000, 200_001] {
      #expect(try FileSystem.read(file("a"), upTo: most) == Array(bytes.prefix(most)))
    }
    try FileSystem.write([7], to: file("a"), appending: true)
    #expect(try FileSystem.read(file("a")) == bytes + [7])
    try FileSystem.writeAtomically(bytes, to: file("a"))
    #expect(try FileSystem.read(file("a")) == bytes)
    #expect(FileSystem.names(in: folder) == ["a"])
  }

  @Test func `a text that is too large is refused, and the limit is told`() throws {
    try FileSystem.write([UInt8](repeating: 0x61, count: 2 << 20), to: file("a"))
    #expect(try FileSystem.readText(file("a"), most: 2 << 20).count == 2 << 20)
    #expect(throws: FileError(path: file("a"), limit: 1 << 20)) {
      try FileSystem.readText(file("a"))
    }
    #expect(
      FileError(path: file("a"), limit: 1 << 20).reason
        == "it has more than 1 MiB, which is the limit")
  }

  /// Files of the system's own tell no size.
  @Test func `a file that tells no size is read to its end`() throws {
    #expect(try FileSystem.read("/proc/self/status").count > 500)
  }

  @Test func `an error names the file and the system's reason`() throws {
    let absent = FileError(path: file("none"), code: .absent)
    #expect(throws: absent) { try FileSystem.read(file("none")) }
    #expect(absent.reason == "no such file or directory")
    #expect(absent.isAbsence)
    #expect(throws: FileError(path: folder, code: .isFolder)) { try FileSystem.read(folder) }
    try FileSystem.write("", to: file("plain"))
    #expect(throws: FileError(path: file("plain"), code: .notFolder)) {
      try FileSystem.makeFolder(file("plain/b"))
    }
    #expect(throws: FileError(path: file("none/a"), code: .absent)) {
      try FileSystem.writeAtomically([1], to: file("none/a"))
    }
  }

  @Test func `folders are listed in byte order, whatever they hold`() throws {
    for name in ["b", "B", "é", ".hidden", "a/deep/one", "a/two"] {
      try FileSystem.makeFolder(Path.folder(of: file(name)))
      try FileSystem.write(name, to: file(name))
    }
    FileSystem.makeLink(file("linked"), to: file("a"))
    FileSystem.makeLink(file("broken"), to: file("none"))
    #expect(
      FileSystem.names(in: folder) == [".hidden", "B", "a", "b", "broken", "linked", "é"])
    #expect(
      FileSystem.files(below: folder) == [
        "B", "a/deep/one", "a/two", "b", "é",
      ])
    #expect(
      try FileSystem.everyFile(below: folder) == [
        ".hidden", "B", "a/deep/one", "a/two", "b", "broken", "linked", "é",
      ])
    #expect(FileSystem.kind(of: file("linked")) == .folder)
    #expect(FileSystem.status(file("linked"), followingLinks: false)?.kind == .other)
    #expect(FileSystem.kind(of: file("broken")) == nil)
  }

  @Test func `removing a link leaves what it points to`() throws {
    try FileSystem.makeFolder(file("kept"))
    try FileSystem.write("a", to: file("kept/a"))
    try FileSystem.makeFolder(file("gone"))
    FileSystem.makeLink(file("gone/link"), to: file("kept"))
    try FileSystem.remove(file("gone"))
    try FileSystem.makeFolder(file("gone"))
    FileSystem.makeLink(file("gone/link"), to: file("kept"))
    FileSystem.discard(file("gone"))
    try FileSystem.remove(file("gone"))
    #expect(try FileSystem.everyFile(below: folder) == ["kept/a"])
  }

  @Test func `two names of one file are one, and equal files are two`() throws {
    try FileSystem.write("a", to: file("a"))
    try FileSystem.write("a", to: file("b"))
    #expect(FileSystem.link(file("a"), as: file("c")))
    #expect(FileSystem.areOne(file("a"), file("c")))
    #expect(!FileSystem.areOne(file("a"), file("b")))
    #expect(!FileSystem.areOne(file("a"), file("none")))
  }

  @Test func `exchanged folders have changed places`() throws {
    for name in ["a", "b"] {
      try FileSystem.makeFolder(file(name))
      try FileSystem.write("", to: file("\(name)/was-\(name)"))
    }
    try FileSystem.exchange(file("a"), file("b"))
    #expect(try FileSystem.everyFile(below: folder) == ["a/was-b", "b/was-a"])
    #expect(throws: FileError.self) { try FileSystem.exchange(file("a"), file("none")) }
  }

  @Test func `a part is abandoned when its writer is no more`() throws {
    let part = file("b.4194304.part")
    for name in [part, file("b.4194304"), file("b.part")] { try FileSystem.write("", to: name) }
    #expect(FileSystem.isAbandonedPart(part))
    let writer = FileLock(file: part, .givesUp)
    #expect(!FileSystem.isAbandonedPart(part))
    writer?.release()
    #expect(FileSystem.isAbandonedPart(part))
    #expect(!FileSystem.isAbandonedPart(file("b.4194304")))
    #expect(!FileSystem.isAbandonedPart(file("b.part")))
    #expect(!FileSystem.isAbandonedPart(file("none.1.part")))
  }
}

@Suite struct PathTests {
  @Test(arguments: [
    ("a/b/c", "a/b", "c"), ("c", ".", "c"), ("/c", "/", "c"), ("/", "/", ""), ("a/", "a", ""),
    ("", ".", ""),
  ])
  func `a path is a folder and a name`(path: String, folder: String, name: String) {
    #expect(Path.folder(of: path) == folder)
    #expect(Path.name(of: path) == name)
  }

  @Test func `folders above a path end at the top`() {
    #expect(Path.folders(above: "/a/b/c") == ["/a/b", "/a", "/"])
    #expect(Path.folders(above: "a/b") == ["a", "."])
  }
}
