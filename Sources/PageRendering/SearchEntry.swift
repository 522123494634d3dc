/// A section of a page as search knows it.
package struct SearchEntry: Hashable, Sendable {
  /// Page and anchor.
  package var url: String
  package var chapter: String
  /// Empty for what stands before the first section.
  package var section: String
  package var text: String
}
