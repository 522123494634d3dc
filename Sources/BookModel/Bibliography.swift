/// The works that a book may cite, as their file lists them.
package struct Bibliography: Hashable, Sendable {
  package enum Format: String, CaseIterable, Sendable {
    case bibTeX = "bib"
    /// CSL-JSON.
    case json

    /// Of a file by the ending of its name; nil for others.
    package init?(ofFile name: String) {
      guard let ending = name.split(separator: ".").last else { return nil }
      self.init(rawValue: ending.lowercased())
    }
  }

  /// As the author would type it.
  package var path: String
  package var format: Format
  package var bytes: [UInt8]
  /// What citations name, in the order of the file.
  package var keys: [Located<String>]
  /// The text of the style's file; nil for a style that has a name.
  package var styleFile: [UInt8]?

  package init(
    path: String, format: Format, bytes: [UInt8], keys: [Located<String>],
    styleFile: [UInt8]? = nil
  ) {
    self.path = path
    self.format = format
    self.bytes = bytes
    self.keys = keys
    self.styleFile = styleFile
  }
}

/// How works are cited.
package enum CitationStyle: Hashable, Sendable {
  /// (Rumelhart 1986)
  case authorYear
  /// [3]
  case numbered
  /// A file of the Citation Style Language in the book's folder.
  case file(Located<String>)
}
