import BookModel
import Markdown

/// A chapter as Markdown with its results in place, for `--format markdown`: readable wherever
/// GitHub's dialect is. Figures become image files beside it.
struct MarkdownChapter {
  var index: BookIndex
  var works: CitedWorks
  var chapter: Chapter
  var result: ChapterResult?

  /// Relative paths and contents, the chapter itself among them.
  var files: [String: [UInt8]] {
    let document = MarkdownDocument(parsing: chapter.markdown)
    fillCitations(document)
    var files: [String: [UInt8]] = [:]
    let cells = chapter.cellsByLine
    let expectations = Set(chapter.cells.compactMap(\.expectedOutput?.range.start.line))
    let values = chapter.inlineValuesByPlace
    var inline: [(MarkdownNode, String)] = []
    let terms = TermLinks(of: chapter, in: document, index.glossary) {
      index.definition(at: $0, from: chapter)
    }
    var counts: [MarkdownAlert.Kind: Int] = [:]
    let nodes = document.knownNodes
    let entries = index.unnamedEntries(in: nodes, of: chapter)
    let parts = FigureParts(nodes)
    let lists = chapter.noteLists(nodes)
    let renamed = renamedHeadings
    var labels = document.footnoteLabels
    // Known before the marks of notes are taken out.
    let solutions = Set(document.nodes.filter(\.isInSolution))
    var hints = 0
    /// The heading of the list of works.
    var list: MarkdownNode?
    /// The node after the hint read last, where only another hint goes on with it.
    var precedingHint: MarkdownNode?
    for node in Array(document.nodes) {
      switch node.kind {
      case .code(let code) where code.hasPrefix("{swift"):
        if let start = chapter.range(of: node)?.start, let value = values[start] {
          inline.append((node, value.text(in: result)))
        }
      case .link(let destination, _): resolve(node, destination)
      case .formulaBlock(let formula): number(formula, node)
      case .heading:
        if let name = node.removeHeadingAttributes() {
          node.insertBefore([.html(HTML.tag("a", ["id": name]).rendered)])
          if name == BookIndex.listName { list = node }
        } else if let line = chapter.range(of: node)?.start.line, let anchor = renamed[line] {
          node.insertBefore([.html(HTML.tag("a", ["id": anchor]).rendered)])
        }
      case .paragraph:
        if let figure = ImageFigure(node) {
          addCaption(of: figure, node, parts[node])
          continue
        }
        guard let caption = TableCaption(node), caption.table != nil else { continue }
        let id = caption.braces?.name
        let label = id.flatMap { index.target($0, from: chapter.slug)?.label }
        caption.removeMarks()
        node.firstChild?.insertBefore(
          [
            id.map { .html(HTML.tag("a", ["id": $0]).rendered) },
            label.map { .markdown("**\($0)**") }, label.map { _ in .text(" ") },
          ].compactMap(\.self))
      case .codeBlock:
        guard let line = chapter.range(of: node)?.start.line else { continue }
        if let cell = cells[line] {
          let notes = chapter.lineNotes(atFence: line)
          let view = MarkdownCell(
            cell: cell, result: result?[cell.id], label: parts[node]?.label ?? label(of: cell),
            slug: chapter.slug, marks: notes?.marks ?? [],
            words: index.words, isInSolution: solutions.contains(node)
          ) { text, escape in
            chapter.filled(text, result, escape: escape)
          } linked: {
            linked($0)
          } printed: {
            printed($0, by: cell, &labels)
          }
          let (code, results) = view.fragments
          if let list = notes.flatMap({ lists[$0.listLine] }) {
            node.replace(with: code)
            list.insertAfter(results)
          } else {
            node.replace(with: code + results)
          }
          files.merge(view.images) { _, new in new }
        } else if expectations.contains(line) {
          node.remove()
        } else if let inclusion = chapter.inclusion(atFence: line) {
          node.show(inclusion)
        }
      case .blockQuote:
        guard let alert = node.alert, let kind = alert.kind else { continue }
        if let group = FigureGroup(node) {
          shape(group, node)
          continue
        }
        if kind.takesTitle {
          counts[kind, default: 0] += 1
          shape(statement: node, alert, kind, number: counts[kind] ?? 0)
          continue
        }
        if kind == .hint {
          hints = precedingHint == node ? hints + 1 : 1
          precedingHint = node.next
          shape(hint: node, alert, number: hints)
          continue
        }
        shape(node, alert, kind)
      default: continue
      }
    }
    for (node, text) in inline { node.replace(with: [.text(text)]) }
    terms.place { words, term in
      "[\(words.markdownEscaped)](\(siteAddress("\(term.slug).md"))#\(siteAddress(term.anchor)))"
    }
    for entry in entries {
      entry.paragraph.firstChild?.insertBefore([
        .html(HTML.tag("a", ["id": entry.anchor]).rendered)
      ])
    }
    addReferences(to: document, under: list)
    addTitle(to: document)
    files["\(chapter.slug).md"] = Array(document.render(.markdown).utf8)
    return files
  }

  private func label(of cell: Cell) -> String? { cell.options.id.flatMap { label(of: $0.value) } }

  private func label(of id: String) -> String? {
    guard let target = index.target(id, from: chapter.slug), target.number != nil else {
      return nil
    }
    return target.label
  }

  /// Markdown of one paragraph with the references in it spelled out.
  private func linked(_ text: String) -> MarkdownDocument {
    let document = MarkdownDocument(parsing: text)
    for known in document.knownNodes {
      if case .link(let destination, _) = known.kind { resolve(known.node, destination) }
    }
    return document
  }

  /// What a cell printed as Markdown: its references spelled out, and its footnotes by labels of their
  /// own, since those of the chapter and of other cells stand in the same file.
  private func printed(_ text: String, by cell: Cell, _ labels: inout Set<String>) -> String {
    var text = text
    for label in MarkdownDocument(parsing: text).footnoteLabels {
      guard !labels.insert(label).inserted else { continue }
      text.replace("[^\(label)]", with: "[^\(label)-cell-\(cell.id.index)]")
    }
    return linked(text).render(.markdown)
  }

  /// By lines, the anchors of headings that pages name otherwise than GitHub does, since parts of a page
  /// have their names.
  private var renamedHeadings: [Int: String] {
    let anchors = Set(chapter.headings.map(\.anchor))
    let renamed = chapter.headings.filter { PageIDs.isTaken($0.anchor) }
    return Dictionary(
      renamed.map { ($0.range.start.line, PageIDs.free($0.anchor, among: anchors)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// GitHub shows the title of an image to nobody but those who point at it.
  private func addCaption(
    of figure: ImageFigure, _ paragraph: MarkdownNode, _ part: FigureParts.Part?
  ) {
    guard let label = part?.label ?? figure.id.flatMap({ self.label(of: $0) }) else { return }
    let caption = linked(figure.caption).render(.markdown).trimmingLineEnd
    paragraph.insertAfter([.markdown("**\(label)** \(caption)")])
  }

  /// The parts, and below them number and caption of the whole.
  private func shape(_ group: FigureGroup, _ quote: MarkdownNode) {
    if let name = group.name {
      quote.insertBefore([.html(HTML.tag("a", ["id": name]).rendered)])
    }
    let label = group.name.flatMap { self.label(of: $0) }
    group.takeCaptionBelow()
    if let label, let first = group.head.firstChild {
      first.insertBefore([.markdown("**\(label)**"), .text(" ")])
    }
  }

  private func resolve(_ link: MarkdownNode, _ destination: String) {
    guard
      case .page(let slug, let anchor, let label) = index.resolve(
        destination, slug: chapter.slug, path: chapter.path)
    else { return }
    let page = slug == chapter.slug && anchor != nil ? "" : siteAddress("\(slug).md")
    link.setDestination(page + (anchor.map { "#\($0)" } ?? ""))
    guard link.firstChild == nil else { return }
    // Headings keep their anchors here, and so have no numbers to be named by.
    let target = anchor.flatMap { index.target($0, from: slug) }
    let text = target?.kind == .section ? target?.title : label
    link.append([.text(text ?? destination)])
  }

  private func number(_ formula: FormulaBlock, _ node: MarkdownNode) {
    guard let id = formula.label, let number = index.target(id, from: chapter.slug)?.number else {
      return
    }
    node.insertBefore([.html(HTML.tag("a", ["id": id]).rendered)])
    node.replace(with: [.code(formula.tex.lines + "\\tag{\(number)}\n", info: "math")])
  }

  /// GitHub knows five of the alerts; the others are spelled out.
  private func shape(
    _ quote: MarkdownNode, _ alert: MarkdownAlert, _ kind: MarkdownAlert.Kind
  ) {
    switch kind {
    case .exercise, .theorem, .lemma, .corollary, .definition, .example, .proof, .figures: break
    case .tabs: alert.removeMarks()
    case .note, .tip, .important, .warning, .caution, .hint:
      // As markup, since text would be escaped and no longer be read as an alert.
      alert.marks[0].replace(with: [.html("[!\(kind.rawValue.uppercased())]")])
    case .solution:
      alert.removeMarks()
      quote.insertBefore([
        .html(
          HTML.opening("details")
            + HTML.tag("summary", [:], .text(index.words[kind.rawValue])).rendered + "\n")
      ])
      quote.insertAfter([.html(HTML.closing("details"))])
    }
  }

  /// The number, in bold, and after it the title.
  private func shape(
    statement quote: MarkdownNode, _ alert: MarkdownAlert, _ kind: MarkdownAlert.Kind, number: Int
  ) {
    let chapter = index.number(ofChapter: chapter.slug)?.text ?? ""
    let label =
      kind.prefix == nil
      ? index.words[kind.rawValue] : index.words.label(kind.rawValue, "\(chapter).\(number)")
    if let name = alert.braces?.name {
      quote.insertBefore([.html(HTML.tag("a", ["id": name]).rendered)])
    }
    let bold = MarkdownFragment.markdown("**\(label)**")
    if alert.hasOnlyName {
      let paragraph = alert.marks[0].parent
      let lineBreak = alert.marks[0].next
      alert.marks[0].remove()
      lineBreak?.remove()
      if let paragraph, paragraph.firstChild == nil { paragraph.remove() }
      if let first = quote.firstChild { first.insertBefore([bold]) } else { quote.append([bold]) }
    } else {
      _ = alert.removeMarksAroundTitle()
      alert.marks[0].insertBefore([bold, .text(" ")])
    }
  }

  /// A hint holds the next one.
  private func shape(hint quote: MarkdownNode, _ alert: MarkdownAlert, number: Int) {
    let isLast = quote.next?.alert?.kind != .hint
    alert.removeMarks()
    quote.insertBefore([
      .html(
        HTML.opening("details")
          + HTML.tag("summary", [:], .text(index.words.label("hint", "\(number)"))).rendered + "\n")
    ])
    if isLast {
      quote.insertAfter([.html(String(repeating: HTML.closing("details"), count: number))])
    }
  }

  private func fillCitations(_ document: MarkdownDocument) {
    guard !works.groups.isEmpty else { return }
    let markup = CitationMarkup(
      works: works, page: index.listPage(from: chapter.slug, ending: ".md"))
    var number = 0
    document.replace(document.citations) { citation in
      number += 1
      return markup.html(of: citation.group, id: CitationMarkup.id(number))?.rendered
    }
  }

  private func addReferences(to document: MarkdownDocument, under heading: MarkdownNode?) {
    guard !works.entries.isEmpty else { return }
    let list = ReferenceList(index: index, works: works)
    if let heading {
      heading.insertAfter([.html(list.ofBook(on: chapter.slug, ending: ".md").rendered)])
    } else if index.listSlug == nil, let section = list.section(of: chapter.slug) {
      document.root.append([.html(section.rendered)])
    }
  }

  private func addTitle(to document: MarkdownDocument) {
    let matter = chapter.frontMatter
    guard let first = document.root.firstChild else {
      document.root.append([.markdown("# \(matter.titleMarkdown)")])
      return
    }
    if case .heading(let level) = first.kind, level == 1 { return }
    var head: [MarkdownFragment] = [.markdown("# \(matter.titleMarkdown)")]
    if let description = matter.description {
      head.append(.markdown("*\(description)*"))
    }
    first.insertBefore(head)
  }
}

extension MarkdownDocument {
  /// Of the footnotes that stand in it.
  fileprivate var footnoteLabels: Set<String> {
    Set(
      nodes.compactMap { node in
        if case .footnoteDefinition(let label) = node.kind { label } else { nil }
      })
  }
}
