/// Which store a build asks, and for what. Never from a book: who builds chooses the server.
package struct StoreRequest: Hashable, Sendable {
  package var address: StoreAddress
  package var mode: StoreMode
  package var identity: StoreIdentity?
  /// Nil for those of the system.
  package var authorities: StoreAuthorities?

  package init(
    _ address: StoreAddress, _ mode: StoreMode, identity: StoreIdentity? = nil,
    authorities: StoreAuthorities? = nil
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
    let named = option ?? environment["NNBOOK_STORE"].flatMap { $0.isEmpty ? nil : $0 }
    guard mode != .off, let named else { return nil }
    let address = try StoreAddress(named)
    self.init(
      address, mode, identity: try StoreIdentity.found(in: environment),
      authorities: address.isSecure ? try StoreAuthorities.found(in: environment) : nil)
  }
}
