/// One Markdown file of the book, read and understood.
package struct Chapter: Hashable, Sendable {
  /// The path as the author would type it, such as `chapters/07-width.md`.
  package var path: String
  /// File name without `.md`; the page is `<slug>.html`.
  package var slug: String
  package var frontMatter: FrontMatter
  /// The Markdown after the front matter, with `\n` line ends.
  package var markdown: String
  /// Line of the file on which `markdown` begins.
  package var firstLine: Int
  package var cells: [Cell]
  package var inlineValues: [InlineValue]
  package var headings: [Heading]
  /// Of files of the book, in the order of their fences.
  package var inclusions: [Inclusion]
  /// In the order of their fences.
  package var lineNotes: [LineNotes]

  package init(
    path: String, slug: String, frontMatter: FrontMatter, markdown: String, firstLine: Int,
    cells: [Cell], inlineValues: [InlineValue], headings: [Heading],
    inclusions: [Inclusion] = [], lineNotes: [LineNotes] = []
  ) {
    self.path = path
    self.slug = slug
    self.frontMatter = frontMatter
    self.markdown = markdown
    self.firstLine = firstLine
    self.cells = cells
    self.inlineValues = inlineValues
    self.headings = headings
    self.inclusions = inclusions
    self.lineNotes = lineNotes
  }
}

package struct FrontMatter: Hashable, Sendable {
  /// Words alone: code without its back-quotes, formulas as TeX without their dollars.
  package var title: String
  /// As its author wrote it: Markdown of one line.
  package var titleMarkdown: String
  package var titleRange: SourceRange?
  package var id: Located<String>?
  package var date: String?
  package var description: String?
  package var isDraft: Bool
  /// Names of pages that this chapter had before, without `.html`.
  package var movedFrom: [Located<String>] = []
  /// Counted by letters, beside the chapters: a glossary, a list of names.
  package var isAppendix: Bool
  /// Nil for a chapter that is no glossary.
  package var glossary: GlossarySettings?
  package var unlinked = UnlinkedTerms.these([])

  package init(
    title: String, titleMarkdown: String? = nil, titleRange: SourceRange? = nil,
    id: Located<String>? = nil,
    date: String? = nil, description: String? = nil, isDraft: Bool = false, isAppendix: Bool = false
  ) {
    self.title = title
    self.titleMarkdown = titleMarkdown ?? title
    self.titleRange = titleRange
    self.id = id
    self.date = date
    self.description = description
    self.isDraft = isDraft
    self.isAppendix = isAppendix
  }
}

package struct Heading: Hashable, Sendable {
  package var level: Int
  /// Plain text, without marks of emphasis or code, and without its name.
  package var text: String
  /// As its author wrote it, without its name.
  package var markdown: String
  /// Unique in the chapter: its name, or made as GitHub makes it.
  package var anchor: String
  /// As given in `{#sec-name}` after it.
  package var name: Located<String>?
  package var range: SourceRange

  package init(
    level: Int, text: String, markdown: String? = nil, anchor: String, name: Located<String>? = nil,
    range: SourceRange
  ) {
    self.level = level
    self.text = text
    self.markdown = markdown ?? text
    self.anchor = anchor
    self.name = name
    self.range = range
  }
}

extension Chapter {
  /// Whether anything of it is computed; else no compiler is looked for, and nothing is stored.
  package var hasWork: Bool {
    !inlineValues.isEmpty || cells.contains { !$0.isIgnored }
  }
}
