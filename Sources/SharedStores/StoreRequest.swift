import HostSystem

/// Which store a build asks, and for what. Never from a book: who builds chooses the server.
package struct StoreRequest: Hashable, Sendable {
  package var address: StoreAddress
  package var mode: StoreMode
  package var identity: ServerIdentity?
  /// Nil for those of the system.
  package var authorities: ServerAuthorities?

  private static let variable = "NNBOOK_STORE"

  package init(
    _ address: StoreAddress, _ mode: StoreMode, identity: ServerIdentity? = nil,
    authorities: ServerAuthorities? = nil
  ) {
    self.address = address
    self.mode = mode
    self.identity = identity
    self.authorities = authorities
  }

  /// From an option, or else the environment; nil where neither names a store, or none is to be asked.
  ///
  /// - Throws: why an address, or what proves who asks, cannot be used.
  package init?(
    option: String?, mode: StoreMode, environment: [String: String]
  ) throws {
    let named = option ?? environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 }
    guard mode != .off, let named else { return nil }
    let address = try StoreAddress(named)
    self.init(
      address, mode, identity: try ServerIdentity.found(by: Self.variable, in: environment),
      authorities: address.isSecure
        ? try ServerAuthorities.found(by: Self.variable, in: environment) : nil)
  }
}
