import BookModel
import Markdown

/// What a chapter offers to references and asks of them: everything that the index needs to know of
/// its text. Numbers are relative to the chapter.
package struct ChapterOutline: Sendable {
  package var slug: String
  package var title: String
  package var description: String?
  package var path: String
  var isAppendix: Bool
  var date: String?
  /// Names of pages that the chapter had before.
  var movedFrom: [Located<String>]
  /// What a reader needs for the text and the code that is shown.
  var readingMinutes: Int
  /// In the order of the text; `number` lacks the chapter's own.
  var targets: [ReferenceTarget] = []
  var links: [WrittenLink] = []
  package var formulas: [WrittenFormula] = []
  package var citations: [WrittenCitation] = []
  /// Of a glossary, in its order.
  var terms: [DefinedTerm] = []
  /// Nil for a chapter that is no glossary.
  var glossary: GlossarySettings?
  var unlinked: UnlinkedTerms
  package var diagnostics: [Diagnostic] = []

  /// Of a whole chapter.
  package init(_ chapter: Chapter) { self.init(chapter, of: [(Part(chapter), 0)]) }

  /// - Parameter parts: of the chapter's stretches in the order of the text, each with the lines that it
  ///   is moved by.
  package init(_ chapter: Chapter, of parts: [(part: Part, lines: Int)]) {
    slug = chapter.slug
    title = chapter.frontMatter.titleMarkdown
    description = chapter.frontMatter.description
    path = chapter.path
    isAppendix = chapter.frontMatter.isAppendix
    date = chapter.frontMatter.date
    movedFrom = chapter.frontMatter.movedFrom
    glossary = chapter.frontMatter.glossary
    unlinked = chapter.frontMatter.unlinked
    readingMinutes = parts.reduce(ReadingTime()) { $0 + $1.part.readingTime }.minutes
    if let id = chapter.frontMatter.id {
      targets.append(
        ReferenceTarget(
          kind: isAppendix ? .appendix : .chapter, id: id.value, number: "",
          title: TitleText(title).plain(),
          slug: slug, anchor: nil,
          range: id.range))
    }
    addSections(of: chapter, titles: parts.flatMap(\.part.sectionTitles))
    let parts = parts.map { $0.part.moved(by: $0.lines) }
    number(parts)
    diagnostics += parts.flatMap(\.diagnostics)
    if glossary != nil { addTerms(of: chapter) }
    links = parts.flatMap(\.links) + parts.flatMap(\.linksOfCells)
    citations = parts.flatMap(\.citations) + parts.flatMap(\.citationsOfCells)
    formulas = parts.flatMap(\.formulas)
    let matter = chapter.frontMatter
    for text in [matter.titleMarkdown, matter.description ?? ""] {
      formulas += TitleText(text).formulas.map {
        WrittenFormula(formula: $0, range: matter.titleRange ?? SourceRange(file: path, line: 1))
      }
    }
    formulas += parts.flatMap(\.formulasOfCells)
    diagnostics += parts.flatMap(\.markupDiagnostics)
    diagnostics += RawMarkup.diagnostics(ofBlocks: parts.flatMap(\.markupBlocks))
  }

  // MARK: Sections

  private mutating func addSections(of chapter: Chapter, titles: [String]) {
    var section = 0
    var subsection = 0
    var level = 1
    let anchors = Set(chapter.headings.map(\.anchor))
    for (heading, title) in zip(chapter.headings, titles) {
      var number: String?
      switch heading.level {
      case 2:
        section += 1
        subsection = 0
        number = "\(section)"
      case 3 where section > 0:
        subsection += 1
        number = "\(section).\(subsection)"
      default: break
      }
      targets.append(
        ReferenceTarget(
          kind: .section, id: heading.anchor, number: number, title: title, slug: slug,
          anchor: PageIDs.free(heading.anchor, among: anchors),
          range: heading.name?.range ?? heading.range,
          isNamed: heading.name != nil))
      if heading.level > level + 1 {
        diagnostics.append(
          Diagnostic(
            .warning, .headingLevel, at: heading.range,
            "heading '\(heading.text)' has level \(heading.level) below one of level \(level); "
              + "levels go down one at a time"))
      }
      level = heading.level
    }
  }

  /// Of the whole text: names are made for them that nothing else of the page has.
  private mutating func addTerms(of chapter: Chapter) {
    var taken = Set(targets.map(\.id))
    let document = MarkdownDocument(parsing: chapter.markdown)
    for entry in document.knownNodes.compactMap(GlossaryEntry.init) {
      let range = chapter.range(of: entry.bold) ?? SourceRange(file: path, line: 1)
      let anchor = entry.anchor ?? GlossaryEntry.anchor(for: entry.term, isTaken: taken.contains)
      if entry.anchor == nil {
        taken.insert(anchor)
        if PageIDs.isTaken(anchor) { diagnostics.append(.reservedID(anchor, at: range)) }
        targets.append(
          ReferenceTarget(
            kind: .place, id: anchor, number: nil, title: nil, slug: slug, anchor: anchor,
            range: range))
      }
      terms.append(
        DefinedTerm(
          term: Located(entry.term, at: range), other: entry.other, anchor: anchor,
          hasOwnAnchor: entry.anchor != nil, hasDefinition: entry.hasDefinition))
    }
  }

  // MARK: Numbers

  private mutating func number(_ parts: [Part]) {
    var counts: [ReferenceTarget.Kind: Int] = [:]
    for counted in parts.flatMap(\.counted) {
      let isPart = counted.part != nil && counted.kind == .figure
      if counted.kind != .place, !isPart { counts[counted.kind, default: 0] += 1 }
      guard var target = counted.target else { continue }
      target.slug = slug
      if let part = counted.part, isPart {
        // The group stands before its parts.
        let whole = part.group.flatMap { name in targets.last { $0.id == name }?.number }
        target.number = whole.map { "\($0)\(part.letter)" }
      } else if counted.kind != .place {
        target.number = "\(counts[counted.kind, default: 0])"
      }
      targets.append(target)
    }
  }
}

extension Chapter {
  /// By the line of the opening fence.
  var cellsByLine: [Int: Cell] {
    Dictionary(cells.map { ($0.range.start.line, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Where a node of this chapter's text stands in its file.
  func range(of node: MarkdownNode) -> SourceRange? {
    node.range.map { range in
      SourceRange(
        file: path, start: position(range.start), end: position(range.end))
    }
  }

  private func position(_ position: MarkdownPosition) -> SourcePosition {
    SourcePosition(line: position.line + firstLine - 1, column: position.column)
  }
}
