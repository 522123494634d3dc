import HostSystem

/// Whose certificates a build trusts when it asks a store over `https`.
package struct StoreAuthorities: Hashable, Sendable {
  /// A file of certificates.
  let file: String

  package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
    package var summary: String
    package var description: String { summary }
  }

  /// `NNBOOK_STORE_CA_FILE`, or else `SSL_CERT_FILE`, names a file of certificates. Nil where neither is
  /// set: then those of the system are trusted.
  package static func found(
    in environment: [String: String]
  ) throws(Mistake) -> StoreAuthorities? {
    for name in ["NNBOOK_STORE_CA_FILE", "SSL_CERT_FILE"] {
      guard let path = environment[name], !path.isEmpty else { continue }
      guard let bytes = try? FileSystem.read(path) else {
        throw Mistake(summary: "file '\(path)' of \(name) cannot be read")
      }
      guard String(decoding: bytes, as: UTF8.self).contains("-----BEGIN ") else {
        throw Mistake(
          summary: "file '\(path)' of \(name) holds no certificate; one begins with "
            + "'-----BEGIN CERTIFICATE-----'")
      }
      return StoreAuthorities(file: path)
    }
    return nil
  }
}
