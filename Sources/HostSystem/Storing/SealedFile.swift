/// A kept file whose first lines name its kind and the digest of the rest: what a disk or a hand has
/// changed is noticed, and counts as not there. The digest is a seal that nobody can make who does not
/// know the secret key, and the file's own name is under it: a whole file in the place of another is no
/// less damaged.
package enum SealedFile {
  package enum Content: Hashable, Sendable {
    case whole(ArraySlice<UInt8>)
    case missing
    case damaged
  }

  /// - Parameter kind: one word for what the file holds and in which form. A file of another kind
  ///   counts as damaged.
  package static func read(
    _ path: String, kind: String, key: SecretKey = .ofUser
  ) -> Content {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path, followingLinks: false)
    } catch {
      return error.isAbsence ? .missing : .damaged
    }
    return content(of: bytes, kind: kind, name: Path.name(of: path), key: key)
  }

  package static func content(
    of bytes: [UInt8], kind: String, name: String, key: SecretKey = .ofUser
  ) -> Content {
    let head = head(kind)
    let start = head.count + ContentHash.digits + 1
    guard bytes.count >= start, bytes.starts(with: head), bytes[start - 1] == lineEnd else {
      return .damaged
    }
    let payload = bytes[start...]
    let found = String(decoding: bytes[head.count..<start - 1], as: UTF8.self)
    guard areEqualSecrets(found, seal(payload, kind, name, key)) else { return .damaged }
    return .whole(payload)
  }

  /// Readers see the old file or the new one, never a part.
  package static func write(
    _ payload: [UInt8], kind: String, key: SecretKey = .ofUser, to path: String
  ) throws(FileError) {
    var bytes = head(kind)
    bytes.reserveCapacity(bytes.count + ContentHash.digits + 1 + payload.count)
    bytes += seal(payload[...], kind, Path.name(of: path), key).utf8
    bytes.append(lineEnd)
    bytes += payload
    try FileSystem.writeAtomically(bytes, to: path)
  }

  private static let lineEnd = UInt8(ascii: "\n")

  private static func head(_ kind: String) -> [UInt8] { Array("nnbook \(kind) 3\n".utf8) }

  /// The kind is part of it: a file does not pass for one of another kind by a changed first line.
  private static func seal(
    _ payload: ArraySlice<UInt8>, _ kind: String, _ name: String, _ key: SecretKey
  ) -> String {
    var hash = ContentHash(key: key)
    hash.add(kind)
    hash.add(name)
    hash.add(payload)
    return hash.digest()
  }
}
