/// How much a build needs a part of the machine: the sandbox for its cells, WebAssembly for live ones.
package enum Requirement: String, Hashable, Sendable, CaseIterable {
  /// Used where the machine has it; a warning says so where not.
  case auto
  /// Its absence is an error.
  case required
  case off
}
