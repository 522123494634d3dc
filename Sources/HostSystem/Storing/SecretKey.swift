import CSodium

/// 32 bytes that nobody else knows, for seals. Never printed.
package struct SecretKey: Sendable, CustomStringConvertible {
  package static let byteCount = 32

  package let bytes: [UInt8]

  /// Nil for any other number of bytes.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  private init(random count: Int) {
    _ = sodium
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    self.bytes = bytes
  }

  /// A new one, of the system's own random numbers.
  package static func random() -> SecretKey { SecretKey(random: byteCount) }

  package var description: String { "a secret key" }
}

/// Whether two texts are equal, in a time that tells nothing about where they differ.
package func areEqualSecrets(_ text: String, _ other: String) -> Bool {
  let (a, b) = (Array(text.utf8), Array(other.utf8))
  return a.count == b.count && sodium_memcmp(a, b, a.count) == 0
}
