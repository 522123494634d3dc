/// A figure, table or listing as the list of them names it.
package struct ListedFigure: Hashable, Sendable {
  /// Page and anchor.
  package var address: String
  /// Such as "Figure 3.2".
  package var label: String
  /// Without markup.
  package var caption: String
  /// Whether it is a part of the one before it that is none.
  package var isPart = false
}

/// The figure on the page of contents: the one of a chapter, and alive if that is.
package struct CoverFigure: Hashable, Sendable {
  var html: String
  /// The page of the chapter.
  var page: String
  var title: String
  var scripts: PageTemplate.LiveScripts?
  /// Whether it is a group of figures.
  var hasParts = false
}
