/// What a build does where the machines that are to run its cells do not.
package enum RemoteMode: String, Hashable, Sendable, CaseIterable {
  /// This machine takes over, and a warning says so.
  case auto
  /// The build fails.
  case required
  /// None are asked, whatever the environment names.
  case off
}
