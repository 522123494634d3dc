/// Whose certificates a build trusts when it asks a server over TLS.
package struct ServerAuthorities: Hashable, Sendable {
  /// A file of certificates.
  package let file: String

  /// `PREFIX_CA_FILE`, or else `SSL_CERT_FILE`, names a file of certificates. Nil where neither is set:
  /// then those of the system are trusted.
  ///
  /// - Parameter prefix: of the variables that speak of the server, such as `NNBOOK_STORE`.
  package static func found(
    by prefix: String, in environment: [String: String]
  ) throws(ServerMistake) -> ServerAuthorities? {
    for name in [prefix + "_CA_FILE", "SSL_CERT_FILE"] {
      guard let path = environment[name], !path.isEmpty else { continue }
      guard let bytes = try? FileSystem.read(path) else {
        throw ServerMistake("file '\(path)' of \(name) cannot be read")
      }
      guard String(decoding: bytes, as: UTF8.self).contains("-----BEGIN ") else {
        throw ServerMistake(
          "file '\(path)' of \(name) holds no certificate; one begins with "
            + "'-----BEGIN CERTIFICATE-----'")
      }
      return ServerAuthorities(file: path)
    }
    return nil
  }
}
