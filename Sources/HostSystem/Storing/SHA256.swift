import CSodium

/// The digest that stores of other makers name contents by.
package enum SHA256 {
  /// As 64 hexadecimal digits.
  package static func digest(of bytes: [UInt8]) -> String {
    _ = sodium
    var digest = [UInt8](repeating: 0, count: 32)
    crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
    return hexadecimal(digest)
  }
}
