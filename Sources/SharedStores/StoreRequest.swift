/// Which store a build asks, and for what. Never from a book: who builds chooses the server.
package struct StoreRequest: Hashable, Sendable {
  package var address: StoreAddress
  package var mode: StoreMode
  package var identity: StoreIdentity?

  package init(_ address: StoreAddress, _ mode: StoreMode, identity: StoreIdentity? = nil) {
    self.address = address
    self.mode = mode
    self.identity = identity
  }

  /// From an option, or else the environment; nil where neither names a store, or none is to be asked.
  ///
  /// - Throws: why an address, or what proves who asks, cannot be used.
  package init?(
    option: String?, mode: StoreMode, environment: [String: String]
  ) throws {
    let named = option ?? environment["NNBOOK_STORE"].flatMap { $0.isEmpty ? nil : $0 }
    guard mode != .off, let named else { return nil }
    self.init(
      try StoreAddress(named), mode, identity: try StoreIdentity.found(in: environment))
  }
}
