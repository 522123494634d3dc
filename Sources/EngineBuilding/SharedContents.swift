/// What several machines share, by key: results of chapters, their formulas, and compiled engines. Nothing that it does makes
/// a build fail: what it does not have, or has damaged, is computed here.
package protocol SharedContents: Sendable {
  /// Nil where nothing whole is stored under the key.
  func content(for key: String) async -> [UInt8]?
  /// Adds it beside the work.
  func add(_ payload: [UInt8], for key: String)
  /// For a content that is whole, and is not what its key stands for.
  func rejected()
}
