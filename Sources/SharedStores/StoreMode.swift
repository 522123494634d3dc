/// What a build does with a shared store.
package enum StoreMode: String, CaseIterable, Sendable {
  /// Takes what is there, and adds nothing.
  case read
  /// Takes what is there, and adds what it ran.
  case write
  case off
}
