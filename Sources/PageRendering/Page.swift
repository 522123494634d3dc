import BookModel

/// A rendered chapter: what is to be written, and what was wrong with it.
package struct Page: Sendable {
  /// Relative path of the page itself, such as `07-width.html`.
  package var path: String
  /// Every file that belongs to this page alone, the page included, by relative path.
  package var files: [String: [UInt8]]
  /// What it loads of the theme, beside what all pages do.
  package var parts: Set<ThemePart> = []
  /// What search finds of it: one entry for each section.
  package var searchEntries: [SearchEntry]
  /// Figures, tables and listings, in order.
  package var listed: [ListedFigure] = []
  /// The figure that stands on the page of contents, if it is of this page.
  package var cover: CoverFigure?
  package var diagnostics: [Diagnostic]

  /// A page above this size is an error.
  package static let sizeLimit = 200 * 1024
  /// A page above this size is a warning.
  package static let sizeWarning = 100 * 1024

  static func sizeDiagnostic(bytes: Int, of chapter: Chapter) -> Diagnostic? {
    guard bytes > sizeWarning else { return nil }
    let isError = bytes > sizeLimit
    let kibibytes = (bytes + 1023) / 1024
    return Diagnostic(
      isError ? .error : .warning, .pageSize, at: SourceRange(file: chapter.path, line: 1),
      isError
        ? "page '\(chapter.slug).html' has \(kibibytes) KiB; a page holds at most 200 KiB, so show "
          + "less data or split the chapter"
        : "page '\(chapter.slug).html' has \(kibibytes) KiB; above 100 KiB it loads slowly, and "
          + "above 200 KiB it is refused")
  }
}
