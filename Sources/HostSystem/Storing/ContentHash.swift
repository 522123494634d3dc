import CSodium

/// BLAKE2b of a list of parts, each with its length, so that no two lists share a text.
///
/// With a key it is a seal: who does not know the key can neither make nor check one.
package struct ContentHash: ~Copyable {
  /// 32 bytes of digest, as 64 hexadecimal digits.
  package static let digits = 64

  private let state: UnsafeMutableRawPointer

  package init(key: SecretKey? = nil) {
    _ = sodium
    // Swift does not know the library's type, which wants this alignment.
    state = .allocate(byteCount: crypto_generichash_statebytes(), alignment: 64)
    let bytes = key?.bytes ?? []
    crypto_generichash_init(OpaquePointer(state), bytes, bytes.count, Self.digits / 2)
  }

  deinit { state.deallocate() }

  package mutating func add(_ part: some HashedPart) {
    part.withBytes { bytes in
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { update($0) }
      update(bytes)
    }
  }

  private func update(_ bytes: UnsafeRawBufferPointer) {
    crypto_generichash_update(
      OpaquePointer(state), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
      UInt64(bytes.count))
  }

  /// 64 hexadecimal digits.
  package consuming func digest() -> String {
    var digest = [UInt8](repeating: 0, count: Self.digits / 2)
    crypto_generichash_final(OpaquePointer(state), &digest, digest.count)
    return hexadecimal(digest)
  }

  package static func of(_ parts: any HashedPart...) -> String {
    digest(parts, key: nil)
  }

  package static func keyed(_ key: SecretKey, _ parts: any HashedPart...) -> String {
    digest(parts, key: key)
  }

  private static func digest(_ parts: [any HashedPart], key: SecretKey?) -> String {
    var hash = ContentHash(key: key)
    for part in parts { hash.add(part) }
    return hash.digest()
  }
}

/// Text and bytes alike.
package protocol HashedPart {
  func withBytes(_ body: (UnsafeRawBufferPointer) -> Void)
}

extension [UInt8]: HashedPart {
  package func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) { withUnsafeBytes(body) }
}

extension ArraySlice<UInt8>: HashedPart {
  package func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) { withUnsafeBytes(body) }
}

extension String: HashedPart {
  package func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    var copy = self
    copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}

/// Two digits for each byte.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}

/// The library picks its code for this machine before it is used first.
let sodium: Void = {
  precondition(sodium_init() >= 0, "libsodium finds no source of random numbers")
}()
