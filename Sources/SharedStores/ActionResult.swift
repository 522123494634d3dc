/// The message that stores keep under `/ac`: which content an action gave. Of the protocol's message
/// `ActionResult` (Remote Execution API, version 2) the one field that is used here: a single output
/// file with its digest. Stores that look into what they keep find a valid message.
struct ActionResult: Hashable {
  /// SHA-256, as 64 hexadecimal digits.
  var digest: String
  var size: Int

  private static let path = "result"

  init(digest: String, size: Int) {
    self.digest = digest
    self.size = size
  }

  /// In the wire form of protocol buffers: `output_files` is field 2, its `path` field 1 and `digest`
  /// field 2, whose `hash` is field 1 and `size_bytes` field 2.
  var encoded: [UInt8] {
    var number: [UInt8] = []
    var rest = UInt64(size)
    repeat {
      number.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    let digest = Self.field(1, Array(digest.utf8)) + [0x10] + number
    return Self.field(2, Self.field(1, Array(Self.path.utf8)) + Self.field(2, digest))
  }

  private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    // All of ours are shorter than 128 bytes but the outermost, which may need two.
    var length: [UInt8] = []
    var rest = bytes.count
    repeat {
      length.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    return [number << 3 | 2] + length + bytes
  }

  /// Nil where the bytes are no such message.
  init?(encoded bytes: [UInt8]) {
    guard let file = Self.bytes(of: 2, in: bytes[...]), let digest = Self.bytes(of: 2, in: file),
      let hash = Self.bytes(of: 1, in: digest)
    else { return nil }
    var size = 0
    var rest = digest
    while let (number, kind) = Self.key(&rest) {
      if number == 2, kind == 0 {
        guard let value = Self.number(&rest) else { return nil }
        size = Int(clamping: value)
      } else if !Self.skip(kind, &rest) {
        return nil
      }
    }
    let text = String(decoding: hash, as: UTF8.self)
    guard text.utf8.count == 64,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.init(digest: text, size: size)
  }

  private static func bytes(of wanted: UInt64, in message: ArraySlice<UInt8>) -> ArraySlice<UInt8>?
  {
    var rest = message
    while let (number, kind) = key(&rest) {
      guard number == wanted, kind == 2 else {
        if !skip(kind, &rest) { return nil }
        continue
      }
      guard let length = Self.number(&rest), length <= UInt64(rest.count) else { return nil }
      return rest.prefix(Int(length))
    }
    return nil
  }

  private static func key(_ rest: inout ArraySlice<UInt8>) -> (number: UInt64, kind: UInt64)? {
    guard !rest.isEmpty, let key = number(&rest) else { return nil }
    return (key >> 3, key & 7)
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    return nil
  }

  private static func skip(_ kind: UInt64, _ rest: inout ArraySlice<UInt8>) -> Bool {
    switch kind {
    case 0: return number(&rest) != nil
    case 1: rest = rest.dropFirst(8)
    case 2:
      guard let length = number(&rest), length <= UInt64(rest.count) else { return false }
      rest = rest.dropFirst(Int(length))
    case 5: rest = rest.dropFirst(4)
    default: return false
    }
    return true
  }
}
