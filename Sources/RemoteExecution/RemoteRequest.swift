import HostSystem

/// Which machines run the cells of a build. Never from a book: who builds chooses the server.
package struct RemoteRequest: Hashable, Sendable {
  package var address: RemoteAddress
  package var isRequired: Bool
  /// What the machines must be, by name, as their server understands it.
  package var platform: [String: String]
  var identity: ServerIdentity?
  /// Nil for those of the system.
  var authorities: ServerAuthorities?

  private static let variable = "NNBOOK_REMOTE"

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
    let named = option ?? environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 }
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
    identity = try ServerIdentity.found(by: Self.variable, in: environment)
    if address.isSecure {
      authorities = try ServerAuthorities.found(by: Self.variable, in: environment)
    }
  }
}
