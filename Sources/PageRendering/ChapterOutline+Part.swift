import BookModel
import Markdown

extension ChapterOutline {
  /// What a stretch of a chapter offers and asks, before it is known what stands above it: nothing is
  /// numbered, and places may be counted from the stretch's own first line.
  package struct Part: Sendable {
    /// Something that takes a number of its kind, whether it has a name or not.
    struct Counted: Sendable {
      var kind: ReferenceTarget.Kind
      var target: ReferenceTarget?
      /// Of a figure that has several.
      var part: FigureParts.Part?
    }

    private(set) var readingTime: ReadingTime
    /// Of each heading.
    private(set) var sectionTitles: [String]
    private(set) var counted: [Counted] = []
    private(set) var links: [WrittenLink] = []
    private(set) var linksOfCells: [WrittenLink] = []
    private(set) var formulas: [WrittenFormula] = []
    private(set) var formulasOfCells: [WrittenFormula] = []
    private(set) var citations: [WrittenCitation] = []
    private(set) var citationsOfCells: [WrittenCitation] = []
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var markupDiagnostics: [Diagnostic] = []
    /// Raw HTML of the chapter itself: it must be well-formed together.
    private(set) var markupBlocks: [RawMarkup.Block] = []

    package init(_ chapter: Chapter) {
      readingTime = ReadingTime(of: chapter)
      sectionTitles = chapter.headings.map { TitleText($0.markdown).plain() }
      let document = MarkdownDocument(parsing: chapter.markdown)
      let nodes = document.knownNodes
      let cells = chapter.cellsByLine
      let parts = FigureParts(nodes)
      for known in nodes { add(known, of: chapter, cells: cells, parts: parts) }
      citations = WrittenCitation.all(in: document, of: chapter)
      formulas = WrittenFormula.all(in: nodes) { chapter.range(of: $0) }
      for cell in chapter.cells {
        formulasOfCells += WrittenFormula.all(shownWith: cell)
        linksOfCells += WrittenLink.all(shownWith: cell)
        citationsOfCells += WrittenCitation.all(shownWith: cell)
      }
      let markup = RawMarkup(nodes)
      markupDiagnostics = markup.diagnosticsWithinBlocks { chapter.range(of: $0) }
      markupBlocks = markup.blocks { chapter.range(of: $0) }
    }

    func moved(by lines: Int) -> Part {
      if lines == 0 { return self }
      var moved = self
      for index in counted.indices {
        moved.counted[index].target?.range = counted[index].target!.range.moved(by: lines)
      }
      for index in links.indices { moved.links[index].range = links[index].range.moved(by: lines) }
      for index in linksOfCells.indices {
        moved.linksOfCells[index].range = linksOfCells[index].range.moved(by: lines)
      }
      for index in formulas.indices {
        moved.formulas[index].range = formulas[index].range?.moved(by: lines)
      }
      for index in formulasOfCells.indices {
        moved.formulasOfCells[index].range = formulasOfCells[index].range?.moved(by: lines)
      }
      for index in citations.indices {
        moved.citations[index].keyRanges = citations[index].keyRanges.map { $0.moved(by: lines) }
      }
      for index in citationsOfCells.indices {
        moved.citationsOfCells[index].keyRanges = citationsOfCells[index].keyRanges.map {
          $0.moved(by: lines)
        }
      }
      moved.diagnostics = diagnostics.map { $0.moved(by: lines) }
      moved.markupDiagnostics = markupDiagnostics.map { $0.moved(by: lines) }
      for index in markupBlocks.indices {
        moved.markupBlocks[index].range = markupBlocks[index].range?.moved(by: lines)
      }
      return moved
    }
  }
}

// MARK: - Nodes

extension ChapterOutline.Part {
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
        counted.append(Counted(kind: kind))
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
    if PageIDs.isTaken(id) { diagnostics.append(.reservedID(id, at: range)) }
    var target = ReferenceTarget(
      kind: kind, id: id, number: nil, title: nil, slug: "", anchor: id, range: range)
    if kind == .figure { target.group = part?.group }
    counted.append(Counted(kind: kind, target: target, part: part))
  }

  private mutating func addLink(
    _ destination: String, hasText: Bool, isImage: Bool, _ node: MarkdownNode, _ chapter: Chapter
  ) {
    guard let range = chapter.range(of: node) else { return }
    links.append(
      WrittenLink(destination: destination, hasText: hasText, isImage: isImage, range: range))
  }
}

extension Diagnostic {
  static func reservedID(_ id: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, .reservedID, at: range,
      "id '\(id)' belongs to a part of every page; give it another name")
  }
}
