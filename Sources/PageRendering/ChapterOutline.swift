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

  private var counts: [ReferenceTarget.Kind: Int] = [:]

  package init(_ chapter: Chapter) {
    slug = chapter.slug
    title = chapter.frontMatter.titleMarkdown
    description = chapter.frontMatter.description
    path = chapter.path
    isAppendix = chapter.frontMatter.isAppendix
    date = chapter.frontMatter.date
    movedFrom = chapter.frontMatter.movedFrom
    glossary = chapter.frontMatter.glossary
    unlinked = chapter.frontMatter.unlinked
    readingMinutes = ReadingTime(of: chapter).minutes
    if let id = chapter.frontMatter.id {
      targets.append(
        ReferenceTarget(
          kind: isAppendix ? .appendix : .chapter, id: id.value, number: "",
          title: TitleText(title).plain(),
          slug: slug, anchor: nil,
          range: id.range))
    }
    addSections(of: chapter)
    let document = MarkdownDocument(parsing: chapter.markdown)
    let nodes = document.knownNodes
    let cells = chapter.cellsByLine
    let parts = FigureParts(nodes)
    for known in nodes { add(known, of: chapter, cells: cells, parts: parts) }
    if glossary != nil { addTerms(nodes, of: chapter) }
    citations = WrittenCitation.all(in: document, of: chapter)
    formulas = WrittenFormula.all(in: nodes) { chapter.range(of: $0) }
    let matter = chapter.frontMatter
    for text in [matter.titleMarkdown, matter.description ?? ""] {
      formulas += TitleText(text).formulas.map {
        WrittenFormula(formula: $0, range: matter.titleRange ?? SourceRange(file: path, line: 1))
      }
    }
    for cell in chapter.cells {
      formulas += WrittenFormula.all(shownWith: cell)
      links += WrittenLink.all(shownWith: cell)
      citations += WrittenCitation.all(shownWith: cell)
    }
    diagnostics += RawMarkup(nodes).diagnostics { chapter.range(of: $0) }
  }

  // MARK: Sections

  private mutating func addSections(of chapter: Chapter) {
    var section = 0
    var subsection = 0
    var level = 1
    let anchors = Set(chapter.headings.map(\.anchor))
    for heading in chapter.headings {
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
          kind: .section, id: heading.anchor, number: number,
          title: TitleText(heading.markdown).plain(), slug: slug,
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

  private mutating func addTerms(_ nodes: [KnownNode], of chapter: Chapter) {
    var taken = Set(targets.map(\.id))
    for entry in nodes.compactMap(GlossaryEntry.init) {
      let range = chapter.range(of: entry.bold) ?? SourceRange(file: path, line: 1)
      let anchor = entry.anchor ?? GlossaryEntry.anchor(for: entry.term, isTaken: taken.contains)
      if entry.anchor == nil {
        taken.insert(anchor)
        add(.place, id: anchor, range: range)
      }
      terms.append(
        DefinedTerm(
          term: Located(entry.term, at: range), other: entry.other, anchor: anchor,
          hasOwnAnchor: entry.anchor != nil, hasDefinition: entry.hasDefinition))
    }
  }

  // MARK: Nodes

  private mutating func add(
    _ known: KnownNode, of chapter: Chapter, cells: [Int: Cell], parts: FigureParts
  ) {
    let node = known.node
    switch known.kind {
    case .codeBlock:
      if let line = chapter.range(of: node)?.start.line, let cell = cells[line] {
        add(cell, parts[node])
      }
    case .formulaBlock(let formula):
      guard let label = formula.label, let range = chapter.range(of: node) else { return }
      add(.equation, id: label, range: range)
    case .paragraph:
      if let figure = ImageFigure(node), let id = figure.id, let range = chapter.range(of: node) {
        let kind = ReferenceTarget.kind(ofID: id)
        if parts[node] != nil, kind != .figure {
          diagnostics.append(
            Diagnostic(
              .error, .namePrefix, at: range,
              "name '\(id)' of a figure's part must begin with 'fig-', as in 'fig-\(id)'"))
        }
        add(kind, id: id, range: range, part: parts[node])
      } else if let caption = TableCaption(node), caption.table != nil,
        let id = caption.braces?.name, let range = chapter.range(of: node)
      {
        add(.table, id: id, range: range)
      }
    case .blockQuote:
      if let group = FigureGroup(node) {
        if let name = group.name, let range = chapter.range(of: group.head) {
          add(.figure, id: name, range: range)
        }
        return
      }
      guard let alert = node.alert, let kind = alert.kind.flatMap(ReferenceTarget.kind(of:)) else {
        return
      }
      if let name = alert.braces?.name, let range = chapter.range(of: node) {
        add(kind, id: name, range: range)
      } else {
        counts[kind, default: 0] += 1
      }
    case .link(let destination, _):
      addLink(destination, hasText: node.firstChild != nil, isImage: false, node, chapter)
    case .image(let destination, _):
      addLink(destination, hasText: true, isImage: true, node, chapter)
      if node.plainText.allSatisfy(\.isWhitespace), let range = chapter.range(of: node) {
        diagnostics.append(
          Diagnostic(
            .warning, .missingAlternativeText, at: range,
            "image '\(destination)' has no alternative text; what it shows belongs between the "
              + "square brackets"))
      }
    case .htmlInline(let html), .htmlBlock(let html):
      guard let range = chapter.range(of: node) else { return }
      for (name, attributes) in HTMLFragment.elements(in: html) {
        addElement(name, attributes, range)
      }
    default: break
    }
  }

  /// An element that the author wrote: it may be a place, and show or link to files.
  private mutating func addElement(
    _ name: String, _ attributes: [String: String], _ range: SourceRange
  ) {
    if let id = attributes["id"], ReferenceTarget.kind(ofID: id) == .place {
      add(.place, id: id, range: range)
    }
    for source in [attributes["src"], attributes["poster"]].compactMap(\.self) {
      links.append(WrittenLink(destination: source, hasText: true, isImage: true, range: range))
    }
    if name == "img", attributes["alt"] == nil {
      diagnostics.append(
        Diagnostic(
          .warning, .missingAlternativeText, at: range,
          "image '\(attributes["src"] ?? "")' has no alternative text; alt=\"…\" says what it shows, "
            + "and alt=\"\" that it shows nothing of meaning"))
    }
    guard name == "a", let link = attributes["href"], !link.isEmpty else { return }
    if link.prefix(while: { $0 != "#" }).hasSuffix(".md"), !BookIndex.isExternal(link) {
      diagnostics.append(
        Diagnostic(
          .error, .chapterLinkInHTML, at: range,
          "link '\(link)' in HTML leads to no page; '[text](\(link))' becomes a link to the page"))
    } else {
      links.append(WrittenLink(destination: link, hasText: true, isImage: false, range: range))
    }
  }

  private mutating func add(_ cell: Cell, _ part: FigureParts.Part?) {
    guard let id = cell.options.id else { return }
    add(ReferenceTarget.kind(ofID: id.value), id: id.value, range: id.range, part: part)
  }

  private mutating func add(
    _ kind: ReferenceTarget.Kind, id: String, range: SourceRange, part: FigureParts.Part? = nil
  ) {
    if PageIDs.isTaken(id) {
      diagnostics.append(
        Diagnostic(
          .error, .reservedID, at: range,
          "id '\(id)' belongs to a part of every page; give it another name"))
    }
    var number: String?
    if let part, kind == .figure {
      // The group stands before its parts.
      let whole = part.group.flatMap { name in targets.last { $0.id == name }?.number }
      number = whole.map { "\($0)\(part.letter)" }
    } else if kind != .place {
      counts[kind, default: 0] += 1
      number = "\(counts[kind, default: 0])"
    }
    var target = ReferenceTarget(
      kind: kind, id: id, number: number, title: nil, slug: slug, anchor: id, range: range)
    if kind == .figure { target.group = part?.group }
    targets.append(target)
  }

  private mutating func addLink(
    _ destination: String, hasText: Bool, isImage: Bool, _ node: MarkdownNode, _ chapter: Chapter
  ) {
    guard let range = chapter.range(of: node) else { return }
    links.append(
      WrittenLink(destination: destination, hasText: hasText, isImage: isImage, range: range))
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
