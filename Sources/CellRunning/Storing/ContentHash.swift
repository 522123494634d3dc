import Crypto

/// SHA-256 of a list of parts, each with its length, so that no two lists share a text.
package struct ContentHash: Sendable {
  private var hash = SHA256()

  package init() {}

  package mutating func add(_ bytes: some ContiguousBytesLike) {
    bytes.withBytes { bytes in
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
      hash.update(bufferPointer: bytes)
    }
  }

  /// 64 hexadecimal digits.
  package func digest() -> String { hexadecimal(hash.finalize()) }

  package static func of(_ parts: any ContiguousBytesLike...) -> String {
    var hash = ContentHash()
    for part in parts { hash.add(part) }
    return hash.digest()
  }
}

/// Text and bytes alike.
package protocol ContiguousBytesLike {
  func withBytes(_ body: (UnsafeRawBufferPointer) -> Void)
}

extension [UInt8]: ContiguousBytesLike {
  package func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) { withUnsafeBytes(body) }
}

extension String: ContiguousBytesLike {
  package func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    var copy = self
    copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
