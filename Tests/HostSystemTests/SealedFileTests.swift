import Testing

@testable import HostSystem

@Suite final class SealedFileTests {
  let folder: String
  private var path: String { folder + "/sealed" }

  init() throws { folder = try FileSystem.makeTemporaryFolder("nnbook-seal-test") }
  deinit { FileSystem.discard(folder) }

  private let payload = Array("what was kept\nof a build".utf8)

  @Test(arguments: [SecretKey.ofUser, .random()])
  func `what was sealed is whole`(key: SecretKey) throws {
    for payload in [[], payload] {
      try SealedFile.write(payload, kind: "test", key: key, to: path)
      #expect(SealedFile.read(path, kind: "test", key: key) == .whole(payload[...]))
    }
    #expect(SealedFile.read(folder + "/none", kind: "test", key: key) == .missing)
  }

  @Test(arguments: [SecretKey.ofUser, .random()])
  func `every changed byte and every lost end is noticed`(key: SecretKey) throws {
    try SealedFile.write(payload, kind: "test", key: key, to: path)
    let whole = try FileSystem.read(path)
    for index in whole.indices {
      var changed = whole
      changed[index] ^= 0x20
      #expect(
        SealedFile.content(of: changed, kind: "test", name: Path.name(of: path), key: key)
          == .damaged, "\(index)")
      let cut = Array(whole[..<index])
      #expect(
        SealedFile.content(of: cut, kind: "test", name: Path.name(of: path), key: key) == .damaged,
        "\(index)")
    }
    #expect(
      SealedFile.content(of: whole + [0], kind: "test", name: Path.name(of: path), key: key)
        == .damaged)
  }

  @Test func `a file of another kind is not taken, whatever its first line says`() throws {
    try SealedFile.write(payload, kind: "one", to: path)
    #expect(SealedFile.read(path, kind: "two") == .damaged)
    let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
    let renamed = Array(text.replacing("nnbook one", with: "nnbook two").utf8)
    #expect(SealedFile.content(of: renamed, kind: "two", name: Path.name(of: path)) == .damaged)
  }

  @Test func `a whole file in the place of another is damaged`() throws {
    try SealedFile.write(payload, kind: "test", to: path)
    try FileSystem.rename(path, to: folder + "/other")
    #expect(SealedFile.read(folder + "/other", kind: "test") == .damaged)
    try FileSystem.rename(folder + "/other", to: path)
    #expect(SealedFile.read(path, kind: "test") == .whole(payload[...]))
    #expect(FileSystem.makeLink(folder + "/link", to: path))
    #expect(SealedFile.read(folder + "/link", kind: "test") == .damaged)
  }

  @Test func `the secret of a user is made once, and open to nobody else`() throws {
    let key = try #require(SecretKey.kept(in: folder + "/cache"))
    #expect(SecretKey.kept(in: folder + "/cache")?.bytes == key.bytes)
    try FileSystem.setMode(0o644, of: folder + "/cache/secret")
    #expect(SecretKey.kept(in: folder + "/cache")?.bytes != key.bytes)
    #expect(FileSystem.names(in: folder + "/cache") == ["secret"])
  }

  @Test func `only who has the key makes a seal that holds`() throws {
    let key = SecretKey.random()
    for other in [SecretKey.ofUser, .random()] {
      try SealedFile.write(payload, kind: "test", key: other, to: path)
      #expect(SealedFile.read(path, kind: "test", key: key) == .damaged)
    }
    try SealedFile.write(payload, kind: "test", key: key, to: path)
    #expect(SealedFile.read(path, kind: "test", key: key) == .whole(payload[...]))
    #expect(SealedFile.read(path, kind: "test") == .damaged)
  }
}

@Suite struct ContentHashTests {
  /// Of RFC 7693's algorithm with 32 bytes, as `b2sum -l 256` gives it for the eight bytes of the
  /// length 3 and `abc`.
  @Test func `the digest is BLAKE2b of length and bytes`() {
    #expect(
      ContentHash.of("abc")
        == "3bdc62cfd65e3b78e3d90e32e0a91ebfbc229c30abe54e6abd16c5d4def0db7b")
    #expect(ContentHash.of(Array("abc".utf8)) == ContentHash.of("abc"))
    #expect(ContentHash.of(Array("abc".utf8)[...]) == ContentHash.of("abc"))
  }

  @Test func `no two lists share a digest by where they are cut`() {
    let digests = [
      ContentHash.of(), ContentHash.of(""), ContentHash.of("", ""), ContentHash.of("ab"),
      ContentHash.of("a", "b"), ContentHash.of("", "ab"), ContentHash.of("b", "a"),
    ]
    #expect(Set(digests).count == digests.count)
    #expect(digests.allSatisfy { $0.count == ContentHash.digits })
  }

  @Test func `adding is the same as listing`() {
    var hash = ContentHash()
    hash.add("a")
    hash.add([UInt8](repeating: 3, count: 100_000))
    #expect(hash.digest() == ContentHash.of("a", [UInt8](repeating: 3, count: 100_000)))
  }

  @Test func `a key makes another digest, and each key its own`() throws {
    let (a, b) = (SecretKey.random(), SecretKey.random())
    #expect(ContentHash.keyed(a, "x") == ContentHash.keyed(a, "x"))
    let digests = [
      ContentHash.of("x"), ContentHash.keyed(a, "x"), ContentHash.keyed(b, "x"),
      ContentHash.keyed(a, "y"),
    ]
    #expect(Set(digests).count == 4)
    #expect(SecretKey([UInt8](repeating: 0, count: 31)) == nil)
    #expect("\(a)" == "a secret key")
    #expect(try #require(SecretKey(a.bytes)).bytes == a.bytes)
  }
}
