/// A folder of chapters, in the order of reading.
package struct Book: Hashable, Sendable {
  package var settings: BookSettings
  package var chapters: [Chapter]
  /// Nil for a book that cites nothing.
  package var bibliography: Bibliography?
  /// Nil for a book that looks as all do.
  package var theme: BookTheme?

  package init(
    settings: BookSettings, chapters: [Chapter], bibliography: Bibliography? = nil,
    theme: BookTheme? = nil
  ) {
    self.settings = settings
    self.chapters = chapters
    self.bibliography = bibliography
    self.theme = theme
  }
}

/// What `book.yml` says, or the defaults.
package struct BookSettings: Hashable, Sendable {
  package var title: String
  package var author: String?
  /// A BCP 47 tag, such as `en`.
  package var language: String
  package var description: String?
  /// File names in the order of reading; nil where the order of the names is the order.
  package var chapterOrder: [Located<String>]?
  /// What commands stand for in the formulas of all chapters, by name with its backslash.
  package var macros: [String: String]
  /// Titles of parts, each with the file of the chapter that it begins with.
  package var parts: [Part] = []
  /// The file of the chapter that a new reader should begin with.
  package var start: Located<String>?
  /// The id of the figure that stands on the page of contents.
  package var cover: Located<String>?
  /// Where the site will be, such as `https://example.org/book/`, with a slash at its end.
  package var base: String?
  /// Whether programs that show links are given pictures of figures.
  package var pictures = false
  /// Address at which a chapter's file is edited, with `{path}` for its name.
  package var editAddress: String?
  /// Address at which a mistake is reported, with `{path}` for the chapter's file.
  package var issueAddress: String?

  /// The file of the works that the book cites; nil for one that is found by its usual name.
  package var bibliography: Located<String>?
  package var citationStyle = CitationStyle.authorYear
  /// In the order of their list.
  package var symbols: [Symbol] = []

  /// A letter or sign of formulas, and what it means in this book.
  package struct Symbol: Hashable, Sendable {
    /// TeX, without its dollars.
    package var formula: Located<String>
    /// Markdown of one line.
    package var meaning: Located<String>

    package init(formula: Located<String>, meaning: Located<String>) {
      self.formula = formula
      self.meaning = meaning
    }
  }

  package struct Part: Hashable, Sendable {
    package var title: String
    package var first: Located<String>

    package init(title: String, first: Located<String>) {
      self.title = title
      self.first = first
    }
  }

  package init(
    title: String = "Notebook", author: String? = nil, language: String = "en",
    description: String? = nil, chapterOrder: [Located<String>]? = nil,
    macros: [String: String] = [:]
  ) {
    self.title = title
    self.author = author
    self.language = language
    self.description = description
    self.chapterOrder = chapterOrder
    self.macros = macros
  }
}
