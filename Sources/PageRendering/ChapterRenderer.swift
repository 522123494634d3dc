import BookModel
import Markdown

/// Turns one chapter's text into the content of its page: results go into the tree that cmark-gfm
/// parsed, and cmark-gfm renders it.
struct ChapterRenderer {
  struct Content {
    var html: HTML
    var sections: [PageTemplate.Section]
    var searchEntries: [SearchEntry]
    var listed: [ListedFigure] = []
    var diagnostics: [Diagnostic]
    var hasTabs = false
    /// Whether words of it lead to the glossary.
    var hasTerms = false
    /// Stylesheets of what few chapters have.
    var styles: Set<ThemePart> = []
  }

  var index: BookIndex
  var math: [Formula: String]
  var works: CitedWorks
  var chapter: Chapter
  var result: ChapterResult?
  var marksBlocks = false
  var highlighter = SwiftHighlighter()

  func content() -> Content {
    let document = MarkdownDocument(parsing: chapter.markdown)
    fillCitations(document, isText: true)
    var content = Content(html: .group([]), sections: [], searchEntries: [], diagnostics: [])
    let repair = fill(document, &content)
    content.html = .markup(document.markup(repair))
    if marksBlocks {
      content.html = .group([.comment("nnbook text \(chapter.textMark)"), content.html])
    }
    return content
  }

  /// Puts into the tree what the page shows. All of its nodes are known meanwhile, and forgotten
  /// before it is rendered, which takes as much memory again.
  private func fill(_ document: MarkdownDocument, _ content: inout Content) -> MarkupRepair {
    let nodes = document.knownNodes
    var marks = marksBlocks ? BlockMarks(chapter, document) : nil
    marks?.placeAtRawMarkup()
    let entries = index.unnamedEntries(in: nodes, of: chapter)
    RawMarkup(nodes).normalize()
    let values = chapter.inlineValuesByPlace
    fillValuesAndLinks(nodes) { node in chapter.range(of: node).flatMap { values[$0.start] } }
    // Formulas are words until they are typeset.
    let headings = numberedHeadings(nodes)
    let references = addReferences(to: document, headings: headings)
    content.searchEntries = searchEntries(of: document, headings: headings)
    content.hasTerms = linkTerms(in: document)
    place(entries)
    let parts = FigureParts(nodes)
    content.listed = listedFigures(nodes, parts)
    typesetFormulas(nodes)
    if !parts.isEmpty { content.styles.insert(.figureParts) }
    if !chapter.lineNotes.isEmpty { content.styles.insert(.lineNotesStyle) }
    content.hasTabs = nodes.contains { $0.node.alert?.kind == .tabs }
    marks?.place()
    content.diagnostics = fillCells(nodes, parts)
    shapeBlocks(nodes, headings: headings, parts)
    content.sections = headings.filter { $0.level == 2 }.map {
      PageTemplate.Section(anchor: $0.anchor, title: $0.text.html(math))
    }
    if let references { content.sections.append(references) }
    return MarkupRepair(nodes, words: index.words)
  }
}

// MARK: - Inline nodes

extension ChapterRenderer {
  /// - Parameter value: of the chapter, at a code span; nil for a text that is no author's.
  private func fillValuesAndLinks(
    _ nodes: [KnownNode], value: ((MarkdownNode) -> InlineValue?)? = nil
  ) {
    let isRightToLeft = InterfaceWords.isRightToLeft(index.settings.language)
    var replacements: [(MarkdownNode, [MarkdownFragment])] = []
    for known in nodes {
      let node = known.node
      switch known.kind {
      case .code(let code) where code.hasPrefix("{swift"):
        guard let value = value?(node) else { continue }
        replacements.append(
          (node, value.fragments(in: result, isRightToLeft: isRightToLeft)))
      case .link(let destination, _): resolve(node, destination)
      default: continue
      }
    }
    // Places are known by now: they are found by the text that stands between the nodes.
    if Typography.applies(to: index.settings.language) { Typography.set(nodes) }
    if UnspacedText.applies(to: index.settings.language) { UnspacedText.join(nodes) }
    for (node, fragments) in replacements { node.replace(with: fragments) }
  }

  private func typesetFormulas(_ nodes: [KnownNode]) {
    for known in nodes {
      guard case .formula(let tex, let isDisplay) = known.kind else { continue }
      if known.node.isInImage {
        known.node.replace(with: [.text(Formula.words(of: tex))])
        continue
      }
      var parts = math.parts(of: Formula(tex: tex, isDisplay: isDisplay))
      if !isDisplay, let last = parts.popLast() {
        parts.append(keepingTogether(last, with: known.node.next))
      }
      known.node.replace(with: [.html(HTML.group(parts).rendered)])
    }
  }

  /// A browser may break the line between a formula and the comma after it; this one may not.
  private func keepingTogether(_ formula: HTML, with next: MarkdownNode?) -> HTML {
    guard let next, case .text(let text) = next.kind else { return formula }
    let marks = text.prefix { ".,;:!?)”’".contains($0) }
    if marks.isEmpty { return formula }
    next.replace(with: [.text(String(text.dropFirst(marks.count)))])
    return .tag("span", ["class": "together"], formula, .text(String(marks)))
  }

  func resolve(_ link: MarkdownNode, _ destination: String) {
    guard
      case .page(let slug, let anchor, let label) = index.resolve(
        destination, slug: chapter.slug, path: chapter.path)
    else { return }
    let page = slug == chapter.slug && anchor != nil ? "" : siteAddress("\(slug).html")
    link.setDestination(page + (anchor.map { "#\($0)" } ?? ""))
    if link.firstChild == nil { link.append([.text(label ?? destination)]) }
  }
}

// MARK: - Cells

extension ChapterRenderer {
  private func fillCells(_ nodes: [KnownNode], _ parts: FigureParts) -> [Diagnostic] {
    let cells = chapter.cellsByLine
    let expectations = Set(chapter.cells.compactMap(\.expectedOutput?.range.start.line))
    let lists = chapter.noteLists(nodes)
    var diagnostics: [Diagnostic] = []
    for known in nodes {
      let node = known.node
      guard case .codeBlock(let block) = known.kind, let line = chapter.range(of: node)?.start.line
      else {
        continue
      }
      let notes = chapter.lineNotes(atFence: line)
      let list = notes.flatMap { lists[$0.listLine] }
      if let cell = cells[line] {
        let lines = CodeLines(
          anchor: "cell-\(cell.id.index)", marks: list == nil ? [] : notes?.marks ?? [],
          words: index.words)
        let (html, problems) = html(
          of: cell, lines, isInSolution: node.isInSolution, part: parts[node])
        diagnostics += problems
        put(html, in: node, notes: list, lines)
      } else if expectations.contains(line) {
        node.remove()
      } else if let notes, let list {
        let lines = CodeLines(
          anchor: "code-\(chapter.numberOfNotedFence(notes))", marks: [], words: index.words)
        put(
          html(of: block, chapter.inclusion(atFence: line), lines), in: node, notes: list, lines)
      } else if let inclusion = chapter.inclusion(atFence: line) {
        node.show(inclusion)
      }
    }
    return diagnostics
  }

  private func html(
    of cell: Cell, _ lines: CodeLines, isInSolution: Bool, part: FigureParts.Part?
  ) -> (HTML, [Diagnostic]) {
    var problems: [Diagnostic] = []
    var texts = 0
    let target = cell.options.id.flatMap { index.target($0.value, from: chapter.slug) }
    let view = CellView(
      cell: cell,
      result: result?[cell.id],
      number: part?.label ?? target.flatMap { $0.number == nil ? nil : $0.label },
      caption: cell.options.caption.map(inline),
      alternativeText: cell.options.alternativeText.map {
        TitleText(chapter.filled($0, result)).plain()
      },
      highlighter: highlighter, words: index.words, lines: lines, isInSolution: isInSolution,
      question: inline,
      markdown: { text in
        texts += 1
        let (html, found) = fragment(
          text, at: cell.range, footnotes: "cell-\(cell.id.index)-\(texts)-")
        problems += found
        return html
      },
      markup: { text in
        do throws(HTMLFragment.Problem) {
          return .markup(try HTMLFragment.wellFormed([text], isCompact: true)[0])
        } catch {
          problems.append(Diagnostic(.error, .rawHTML, at: cell.range, error.summary))
          return .text(text)
        }
      })
    let html = view.html
    if result?[cell.id] != nil, let problem = emptiness(of: view, target) {
      problems.append(problem)
    }
    return (html, problems)
  }

  /// For a caption or number that stands nowhere.
  private func emptiness(of view: CellView, _ target: ReferenceTarget?) -> Diagnostic? {
    let options = view.cell.options
    guard let range = options.caption?.range ?? (target?.number == nil ? nil : options.id?.range),
      !view.isListing, options.output != .hidden, view.output.isEmpty
    else { return nil }
    return Diagnostic(
      .warning, .figureOfNothing, at: range,
      "the cell shows nothing, so its caption and number stand nowhere; let it end with the figure or "
        + "table")
  }

  /// Markdown that a cell printed, as part of the page.
  private func fragment(
    _ text: String, at range: SourceRange, footnotes: String
  ) -> (HTML, [Diagnostic]) {
    let document = MarkdownDocument(parsing: text)
    fillCitations(document)
    let nodes = document.knownNodes
    var problems = RawMarkup(nodes).diagnostics { _ in range }
    for known in nodes {
      guard problems.count <= Diagnostic.mostOfAFile, case .link(let destination, _) = known.kind,
        case .unknown(let summary, let id) = index.resolve(
          destination, slug: chapter.slug, path: chapter.path, suggests: true)
      else { continue }
      problems.append(Diagnostic(.error, id, at: range, summary))
    }
    RawMarkup(nodes).normalize()
    fillValuesAndLinks(nodes)
    typesetFormulas(nodes)
    shapeBlocks(nodes, headings: [], FigureParts(nodes))
    return (
      .markup(document.markup(MarkupRepair(nodes, words: index.words, footnotes: footnotes))),
      problems
    )
  }

  /// A caption or question of a cell.
  func inline(_ text: Located<String>) -> HTML {
    let values = chapter.inlineValues(in: text)
    return inline(text.value) { node in
      guard let start = node.range?.start, start.line == 1 else { return nil }
      return values.first { $0.rangeInText?.lowerBound == start.column - 1 }
    }
  }

  /// Markdown of one paragraph.
  func inline(_ text: String, value: ((MarkdownNode) -> InlineValue?)? = nil) -> HTML {
    let document = MarkdownDocument(parsing: text)
    fillCitations(document)
    let nodes = document.knownNodes
    RawMarkup(nodes).normalize()
    fillValuesAndLinks(nodes, value: value)
    typesetFormulas(nodes)
    for child in document.root.children {
      if case .paragraph = child.kind { child.replaceMarks(enter: "", exit: "") }
    }
    return .markup(document.markup(MarkupRepair(nodes, words: index.words)).trimmingLines)
  }
}

extension ChapterResult {
  /// Nil for a cell that hasn't run.
  package subscript(cell: Cell.ID) -> CellResult? {
    cells.indices.contains(cell.index) ? cells[cell.index] : nil
  }
}

extension String {
  fileprivate var trimmingLines: String {
    var rest = self[...]
    while rest.first == "\n" { rest.removeFirst() }
    while rest.last == "\n" { rest.removeLast() }
    return String(rest)
  }
}
