/// A kept file whose first lines name its kind and the digest of the rest: what a disk or a hand has
/// changed is noticed, and counts as not there.
enum SealedFile {
  enum Content: Hashable {
    case whole(ArraySlice<UInt8>)
    case missing
    case damaged
  }

  static func read(_ path: String, kind: String) -> Content {
    guard let bytes = try? FileSystem.read(path) else { return .missing }
    return content(of: bytes, kind: kind)
  }

  static func content(of bytes: [UInt8], kind: String) -> Content {
    let head = head(kind)
    let start = head.count + digestLength + 1
    guard bytes.count >= start, bytes.starts(with: head) else { return .damaged }
    let payload = bytes[start...]
    let seal = ContentHash.of(Array(payload)) + "\n"
    guard bytes[head.count..<start].elementsEqual(seal.utf8) else { return .damaged }
    return .whole(payload)
  }

  static func write(
    _ payload: [UInt8], kind: String, to path: String
  ) throws(FileSystem.Failure) {
    let seal = Array((ContentHash.of(payload) + "\n").utf8)
    try FileSystem.writeAtomically(head(kind) + seal + payload, to: path)
  }

  private static let digestLength = 64

  private static func head(_ kind: String) -> [UInt8] { Array("nnbook \(kind) 1\n".utf8) }
}
