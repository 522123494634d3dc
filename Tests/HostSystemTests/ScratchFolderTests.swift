import HostSystem
import Testing

@Suite struct ScratchFolderTests {
  @Test func `folders of killed builds go, and those of living ones stay`() throws {
    let base = try FileSystem.makeTemporaryFolder("scratch-test")
    defer { FileSystem.discard(base) }
    for name in ["nnbook-abcdef", "nnbook-living", "nnbook-of-mine", "other-abcdef"] {
      try FileSystem.makeFolder("\(base)/\(name)/inner")
    }
    let living = try #require(FileLock(folder: base + "/nnbook-living", .givesUp))
    defer { living.release() }
    ScratchFolder.removeLeftovers(in: base, olderThan: 0)
    #expect(
      FileSystem.names(in: base) == ["nnbook-living", "nnbook-of-mine", "other-abcdef"])
  }
}
