/// A section of a page as search knows it.
package struct SearchEntry: Hashable, Sendable {
  /// Page and anchor.
  package var url: String
  package var chapter: String
  /// Empty for what stands before the first section.
  package var section: String
  /// Prose and captions.
  package var text: String
  /// Sources that the page shows.
  package var code = ""
  /// What cells printed, and the words of their tables and figures.
  package var printed = ""
  /// What is counted here, such as a figure with "3.2".
  package var labels: [Label] = []

  package struct Label: Hashable, Sendable {
    package var kind: ReferenceTarget.Kind
    package var number: String
  }
}
