/// Results that several machines share. Nothing that it does makes a chapter fail: what it does not have,
/// or has damaged, is computed here.
package protocol SharedResults: Sendable {
  /// Nil where nothing whole is stored under the key.
  func content(for key: String) async -> [UInt8]?
  /// Adds it beside the work.
  func add(_ payload: [UInt8], for key: String)
  /// For a content that is whole, and is no result of its chapter.
  func rejected()
}
