/// A kept file whose first lines name its kind and the digest of the rest: what a disk or a hand has
/// changed is noticed, and counts as not there. With a secret key, the digest is a seal that nobody
/// else can make.
package enum SealedFile {
  package enum Content: Hashable, Sendable {
    case whole(ArraySlice<UInt8>)
    case missing
    case damaged
  }

  /// - Parameter kind: one word for what the file holds and in which form. A file of another kind
  ///   counts as damaged.
  package static func read(_ path: String, kind: String, key: SecretKey? = nil) -> Content {
    guard let bytes = try? FileSystem.read(path) else { return .missing }
    return content(of: bytes, kind: kind, key: key)
  }

  package static func content(of bytes: [UInt8], kind: String, key: SecretKey? = nil) -> Content {
    let head = head(kind)
    let start = head.count + ContentHash.digits + 1
    guard bytes.count >= start, bytes.starts(with: head), bytes[start - 1] == lineEnd else {
      return .damaged
    }
    let payload = bytes[start...]
    let found = String(decoding: bytes[head.count..<start - 1], as: UTF8.self)
    guard areEqualSecrets(found, seal(payload, kind, key)) else { return .damaged }
    return .whole(payload)
  }

  /// Readers see the old file or the new one, never a part.
  package static func write(
    _ payload: [UInt8], kind: String, key: SecretKey? = nil, to path: String
  ) throws(FileError) {
    var bytes = head(kind)
    bytes.reserveCapacity(bytes.count + ContentHash.digits + 1 + payload.count)
    bytes += seal(payload[...], kind, key).utf8
    bytes.append(lineEnd)
    bytes += payload
    try FileSystem.writeAtomically(bytes, to: path)
  }

  private static let lineEnd = UInt8(ascii: "\n")

  private static func head(_ kind: String) -> [UInt8] { Array("nnbook \(kind) 2\n".utf8) }

  /// The kind is part of it: a file does not pass for one of another kind by a changed first line.
  private static func seal(
    _ payload: ArraySlice<UInt8>, _ kind: String, _ key: SecretKey?
  ) -> String {
    var hash = ContentHash(key: key)
    hash.add(kind)
    hash.add(payload)
    return hash.digest()
  }
}
