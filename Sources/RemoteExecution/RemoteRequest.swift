import HostSystem

/// Which machines run the cells of a build. Never from a book: who builds chooses the server.
package struct RemoteRequest: Hashable, Sendable {
  package var address: RemoteAddress
  package var isRequired: Bool
  /// What the machines must be, by name, as their server understands it.
  package var platform: [String: String]
  var header: RemoteHeader?
  /// A file of certificates to trust; nil for those of the system.
  var authorities: String?

  package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
    package var summary: String
    package var description: String { summary }
  }

  /// Whether this tool was built with what speaks to servers.
  package static var isPossible: Bool {
    #if Remote
      true
    #else
      false
    #endif
  }

  /// From an option, or else the environment; nil where neither names a server, or none is to be asked.
  ///
  /// - Parameter platform: lines such as `OSFamily=linux`.
  /// - Throws: why an address, or what proves who asks, cannot be used.
  package init?(
    option: String?, mode: RemoteMode, platform: [String] = [], environment: [String: String]
  ) throws {
    let named = option ?? environment["NNBOOK_REMOTE"].flatMap { $0.isEmpty ? nil : $0 }
    guard mode != .off, let named else { return nil }
    address = try RemoteAddress(named)
    guard Self.isPossible else {
      throw Mistake(
        summary:
          "this nnbook was built without remote execution; 'swift build --traits Remote' in its "
          + "sources makes one that has it, and '--remote-mode off' builds on this machine")
    }
    isRequired = mode == .required
    self.platform = [:]
    for line in platform {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw Mistake(
          summary: "remote-platform '\(line)' is no name and value; one reads 'OSFamily=linux'")
      }
      self.platform[String(parts[0])] = String(parts[1])
    }
    header = try RemoteHeader.found(in: environment)
    if address.isSecure {
      for name in ["NNBOOK_REMOTE_CA_FILE", "SSL_CERT_FILE"] {
        guard let path = environment[name], !path.isEmpty else { continue }
        guard let bytes = try? FileSystem.read(path) else {
          throw Mistake(summary: "file '\(path)' of \(name) cannot be read")
        }
        guard String(decoding: bytes, as: UTF8.self).contains("-----BEGIN ") else {
          throw Mistake(
            summary: "file '\(path)' of \(name) holds no certificate; one begins with "
              + "'-----BEGIN CERTIFICATE-----'")
        }
        authorities = path
        break
      }
    }
  }
}
