import HostSystem

/// A content as it lies in a store: with a digest of it and of the key that it is for, so that a whole
/// entry in the place of another counts as damaged. A digest, not a seal: machines that share a store
/// share no secret, and who may write to it is trusted.
enum SharedEntry {
  private static let head = Array("nnbook shared 1\n".utf8)
  private static let lineEnd = UInt8(ascii: "\n")

  static func encoded(_ payload: [UInt8], for key: String) -> [UInt8] {
    head + Array(ContentHash.of(key, payload).utf8) + [lineEnd] + payload
  }

  /// Nil where it is not what the key asks for.
  static func payload(of bytes: [UInt8], for key: String) -> [UInt8]? {
    let start = head.count + ContentHash.digits + 1
    guard bytes.count >= start, bytes.starts(with: head), bytes[start - 1] == lineEnd else {
      return nil
    }
    let payload = Array(bytes[start...])
    let stated = String(decoding: bytes[head.count..<start - 1], as: UTF8.self)
    return stated == ContentHash.of(key, payload) ? payload : nil
  }
}
