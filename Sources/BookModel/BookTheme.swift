/// The look that a book gives itself, as the files of its folder `theme/` say it.
package struct BookTheme: Hashable, Sendable {
  package var variables: [Setting] = []
  /// Of the author's own stylesheet.
  package var style = ""
  /// What is added to the stylesheet of an EPUB.
  package var epubStyle = ""
  /// The template of what stands between the tags of a page's body; nil for that of nnbook.
  package var body: String?
  /// Paths below `theme/` of what goes to the site for stylesheets to show, such as `fonts/text.woff2`.
  package var files: [String] = []

  /// A variable with the value that it has in this book.
  package struct Setting: Hashable, Sendable {
    package var variable: ThemeVariable
    package var light: String
    /// Nil for a value that holds in light and dark colors.
    package var dark: String?

    package init(_ variable: ThemeVariable, light: String, dark: String? = nil) {
      self.variable = variable
      self.light = light
      self.dark = dark
    }
  }

  package init() {}
}

/// A value that the stylesheet of all pages takes from one place.
package struct ThemeVariable: Hashable, Sendable {
  /// Without the hyphens before it.
  package var name: String
  package var isColor: Bool

  package init(name: String, isColor: Bool) {
    self.name = name
    self.isColor = isColor
  }
}
