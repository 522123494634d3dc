/// Why what the environment says of a server cannot be used.
package struct ServerMistake: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
