import BookModel

/// A file of the author's that a page shows or links to.
package struct LocalFile: Hashable, Sendable {
  /// As the tool would open it: relative to where it runs.
  package var path: String
  /// Where pages expect it, relative to the site.
  package var destination: String
  package var range: SourceRange

  package init(path: String, destination: String, range: SourceRange) {
    self.path = path
    self.destination = destination
    self.range = range
  }
}
