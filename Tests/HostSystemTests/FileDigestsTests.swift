import Testing

@testable import HostSystem

@Suite final class FileDigestsTests {
  let folder: String

  init() throws { folder = try FileSystem.makeTemporaryFolder("nnbook-digests-test") }
  deinit { FileSystem.discard(folder) }

  private static let rest = 40_000_000

  private func kept(_ digests: FileDigests) throws -> FileDigests {
    var writer = ByteWriter()
    digests.write(to: &writer)
    var reader = ByteReader(writer.bytes[...])
    let read = try FileDigests(from: &reader, rest: Self.rest)
    #expect(reader.isAtEnd)
    return read
  }

  /// The law: a digest is that of the content, whatever was done to the file and however quickly.
  @Test func `a digest is never that of an older content`() async throws {
    var random = SystemRandomNumberGenerator()
    let paths = (0..<4).map { "\(folder)/\($0)" }
    for path in paths { try FileSystem.write("0000", to: path) }
    var digests = FileDigests(rest: Self.rest)
    for _ in 0..<400 {
      let path = paths.randomElement(using: &random)!
      // Of one size, so that the times alone show it.
      let content = "\(Int.random(in: 1000...9999, using: &random))"
      switch Int.random(in: 0..<4, using: &random) {
      case 0: try FileSystem.write(content, to: path)
      case 1: try FileSystem.writeAtomically(Array(content.utf8), to: path)
      case 2 where Int.random(in: 0..<8, using: &random) == 0:
        try await Task.sleep(for: .nanoseconds(Self.rest * 3 / 2))
      default: break
      }
      digests = try kept(digests)
      digests = FileDigests(after: digests)
      for path in paths {
        #expect(digests.digest(of: path) == ContentHash.of(try FileSystem.read(path)))
      }
    }
  }

  @Test func `what has rested is read once`() async throws {
    let paths = (0..<20).map { "\(folder)/\($0)" }
    for path in paths { try FileSystem.write(path, to: path) }
    var first = FileDigests(rest: Self.rest)
    for path in paths { _ = first.digest(of: path) }
    #expect(first.readCount == 20 && !first.hasLearned)
    try await Task.sleep(for: .nanoseconds(Self.rest * 2))
    var second = FileDigests(after: first)
    for path in paths { _ = second.digest(of: path) }
    #expect(second.readCount == 20 && second.hasLearned)
    var third = FileDigests(after: try kept(second))
    let digests = paths.map { third.digest(of: $0) }
    #expect(third.readCount == 0 && !third.hasLearned)
    #expect(digests == paths.map { ContentHash.of(Array($0.utf8)) })
    try FileSystem.write("other", to: paths[7])
    var fourth = FileDigests(after: third)
    for path in paths { _ = fourth.digest(of: path) }
    #expect(fourth.readCount == 1)
    try FileSystem.remove(paths[3])
    #expect(fourth.digest(of: paths[3]) == nil)
  }
}
