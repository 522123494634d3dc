import BookModel
import Markdown

extension ChapterRenderer {
  /// The headings in order; a first one that repeats the page's title is taken out.
  func numberedHeadings(_ nodes: [KnownNode]) -> [NumberedHeading] {
    let written = Dictionary(
      chapter.headings.map { ($0.range.start.line, $0) }, uniquingKeysWith: { first, _ in first })
    var headings: [NumberedHeading] = []
    for known in nodes {
      let node = known.node
      guard case .heading(let level) = known.kind,
        let line = chapter.range(of: node)?.start.line, let heading = written[line]
      else { continue }
      _ = node.removeHeadingAttributes()
      let text = TitleText(node)
      if level == 1, node.previous == nil, heading.text == chapter.frontMatter.title {
        node.remove()
        continue
      }
      let target = index.target(heading.anchor, from: chapter.slug)
      headings.append(
        NumberedHeading(
          node: node, level: level, anchor: target?.anchor ?? heading.anchor,
          number: target?.number, title: text.plain(), text: text))
    }
    return headings
  }

  /// Headings, notes, figures, tables and formulas that stand alone get the shape they have on pages.
  func shapeBlocks(
    _ nodes: [KnownNode], headings: [NumberedHeading], _ parts: FigureParts
  ) {
    let headings = Dictionary(
      headings.map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
    var counts: [MarkdownAlert.Kind: Int] = [:]
    let hints = hintPlaces(nodes)
    let captions = tableCaptions(nodes)
    for known in nodes where known.node.parent != nil {
      let node = known.node
      switch known.kind {
      case .heading(let level):
        if let heading = headings[node] { shape(heading) } else { shapeUnnumbered(node, level) }
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
        if kind == .tabs {
          shape(tabs: node, alert)
          continue
        }
        alert.removeMarks()
        if let place = hints[node] {
          shape(hint: node, place)
        } else {
          shape(node, kind)
        }
      case .paragraph:
        if let caption = captions[node] {
          shape(caption)
        } else if let figure = ImageFigure(node) {
          shape(figure, node, parts[node])
        }
      case .table:
        let caption = captions[node]
        var before = HTML.opening("div", ["class": "table"])
        var after = HTML.closing("div")
        if let caption, !caption.isBefore { before = opening(caption) + before }
        if let caption, caption.isBefore { after += HTML.closing("figure") }
        node.insertBefore([.html(before)])
        node.insertAfter([.html(after)])
      case .code(let code) where node.isInTable:
        if let html = BreakableCode.html(of: code) { node.replace(with: [.html(html.rendered)]) }
      case .codeBlock:
        // Cells are no code blocks any more.
        node.insertBefore([.html(HTML.opening("div", ["class": "source plain"]))])
        node.insertAfter([.html(HTML.closing("div"))])
      case .formulaBlock(let formula):
        node.replace(with: [.html(html(of: formula).rendered)])
      default: continue
      }
    }
  }

  /// The title of the page is its only heading of the first level.
  private func shape(_ heading: NumberedHeading) {
    let tag = "h\(max(2, heading.level))"
    let number =
      heading.number.map { HTML.tag("span", ["class": "number"], .text($0)).rendered + " " } ?? ""
    let link = HTML.tag(
      "a",
      [
        "class": "anchor", "href": "#\(heading.anchor)",
        "aria-label": index.words.text("link-here", heading.title),
      ], .text("#"))
    heading.node.replaceMarks(
      enter: HTML.opening(tag, ["id": heading.anchor]) + number,
      exit: link.rendered + HTML.closing(tag))
  }

  private func shapeUnnumbered(_ heading: MarkdownNode, _ level: Int) {
    let tag = "h\(max(2, level))"
    heading.replaceMarks(enter: HTML.opening(tag), exit: HTML.closing(tag))
  }

  private func shape(_ alert: MarkdownNode, _ kind: MarkdownAlert.Kind) {
    let style = "alert \(kind.rawValue)"
    switch kind {
    case .solution:
      alert.replaceMarks(
        enter: HTML.opening("details", ["class": style])
          + HTML.tag("summary", [:], .text(index.words[kind.rawValue])).rendered,
        exit: HTML.closing("details"))
    case .note, .tip, .important, .warning, .caution, .hint, .exercise, .theorem, .lemma,
      .corollary, .definition, .example, .proof, .tabs, .figures:
      alert.replaceMarks(
        enter: HTML.opening("div", ["class": style, "role": "note"])
          + HTML.tag("p", ["class": "alert-title"], .text(index.words[kind.rawValue])).rendered,
        exit: HTML.closing("div"))
    }
  }

  /// What a text states, and exercises: a number and a title, and a place that references lead to.
  private func shape(
    statement quote: MarkdownNode, _ alert: MarkdownAlert, _ kind: MarkdownAlert.Kind, number: Int
  ) {
    let chapter = index.number(ofChapter: chapter.slug)?.text ?? ""
    let word = index.words[kind.rawValue]
    let label =
      kind.prefix == nil ? word : index.words.label(kind.rawValue, "\(chapter).\(number)")
    let name = alert.braces?.name
    let shown: HTML = name.map { CellView.numberLink(label, to: $0) } ?? .text(label)
    let title = HTML.opening("p", ["class": "alert-title"]) + shown.rendered
    var enter = HTML.opening(
      "div",
      [
        "class": "alert \(kind.rawValue)", "role": "note",
        "id": name ?? (kind == .exercise ? "exercise-\(number)" : nil),
      ])
    if alert.hasOnlyName {
      enter += title + HTML.closing("p")
      if alert.standsAlone {
        alert.removeMarks()
      } else {
        let lineBreak = alert.marks.dropFirst().first
        let paragraph = alert.marks[0].parent
        alert.marks[0].remove()
        lineBreak?.remove()
        if let paragraph, paragraph.firstChild == nil { paragraph.remove() }
      }
    } else if let paragraph = alert.marks[0].parent {
      let (_, lineBreak) = alert.removeMarksAroundTitle()
      lineBreak?.replace(with: [.html(HTML.closing("p") + HTML.opening("p"))])
      paragraph.replaceMarks(enter: title + " ", exit: HTML.closing("p"))
    }
    quote.replaceMarks(enter: enter, exit: HTML.closing("div"))
  }

  /// All of them one after the other; a script makes tabs of them.
  private func shape(tabs quote: MarkdownNode, _ alert: MarkdownAlert) {
    let titles = quote.children.filter(alert.isTabTitle)
    alert.removeMarks()
    for (place, title) in titles.enumerated() {
      title.insertBefore([
        .html(
          (place > 0 ? HTML.closing("div") : "") + HTML.opening("div", ["class": "tab"]))
      ])
      title.replaceMarks(
        enter: HTML.opening("p", ["class": "tab-title"]), exit: HTML.closing("p"))
    }
    quote.replaceMarks(
      enter: HTML.opening("div", ["class": "tabs"]),
      exit: (titles.isEmpty ? "" : HTML.closing("div")) + HTML.closing("div"))
  }

  /// By the paragraph, and by its table: found before anything stands between the two.
  private func tableCaptions(_ nodes: [KnownNode]) -> [MarkdownNode: TableCaption] {
    var captions: [MarkdownNode: TableCaption] = [:]
    for known in nodes {
      guard case .paragraph = known.kind, known.node.parent != nil,
        let caption = TableCaption(known.node), let table = caption.table, captions[table] == nil
      else { continue }
      captions[table] = caption
      captions[known.node] = caption
    }
    return captions
  }

  private func opening(_ caption: TableCaption) -> String {
    HTML.opening("figure", ["class": "captioned", "id": caption.braces?.name])
  }

  private func shape(_ caption: TableCaption) {
    let paragraph = caption.paragraph
    let id = caption.braces?.name
    let label = id.flatMap { index.target($0, from: chapter.slug)?.label }
    caption.removeMarks()
    let isBefore = caption.isBefore
    paragraph.replaceMarks(
      enter: (isBefore ? opening(caption) : "") + HTML.opening("figcaption")
        + CellView.numberLink(label, to: id).rendered,
      exit: HTML.closing("figcaption") + (isBefore ? "" : HTML.closing("figure")))
  }

  /// Found before the marks are taken out by which hints know each other.
  private func hintPlaces(_ nodes: [KnownNode]) -> [MarkdownNode: HintPlace] {
    var places: [MarkdownNode: HintPlace] = [:]
    for known in nodes {
      guard case .blockQuote = known.kind, known.node.alert?.kind == .hint else { continue }
      let number = (known.node.previous.flatMap { places[$0]?.number } ?? 0) + 1
      places[known.node] = HintPlace(
        number: number, isLast: known.node.next?.alert?.kind != .hint)
    }
    return places
  }

  private struct HintPlace {
    /// Among hints without anything between them, from 1.
    var number: Int
    var isLast: Bool
  }

  /// A hint holds the next one, which so can be unfolded only after it.
  private func shape(hint: MarkdownNode, _ place: HintPlace) {
    hint.replaceMarks(
      enter: HTML.opening("details", ["class": "alert hint"])
        + HTML.tag("summary", [:], .text(index.words.label("hint", "\(place.number)"))).rendered,
      exit: place.isLast
        ? String(repeating: HTML.closing("details"), count: place.number) : "")
  }

  /// The parts are figures in a figure.
  private func shape(_ group: FigureGroup, _ quote: MarkdownNode) {
    let id = group.name
    let label = id.flatMap { index.target($0, from: chapter.slug)?.label }
    group.takeCaptionBelow()
    group.head.replaceMarks(
      enter: HTML.opening("figcaption") + CellView.numberLink(label, to: id).rendered,
      exit: HTML.closing("figcaption"))
    quote.replaceMarks(
      enter: HTML.opening("figure", ["class": "parts", "id": id]), exit: HTML.closing("figure"))
  }

  private func shape(
    _ figure: ImageFigure, _ paragraph: MarkdownNode, _ part: FigureParts.Part?
  ) {
    for child in Array(paragraph.children) where child != figure.image { child.remove() }
    let label =
      part?.label
      ?? figure.id.flatMap { index.target($0, from: chapter.slug) }
      .flatMap { $0.number == nil ? nil : $0.label }
    let caption = HTML.tag(
      "figcaption", [:],
      CellView.numberLink(label, to: figure.id), inline(figure.caption))
    paragraph.replaceMarks(
      enter: HTML.opening("figure", ["class": "image", "id": figure.id]),
      exit: caption.rendered + HTML.closing("figure"))
  }

  private func html(of formula: FormulaBlock) -> HTML {
    let typeset = HTML.tag(
      "div", ["class": "formula"], math.html(of: Formula(tex: formula.tex, isDisplay: true)))
    guard let id = formula.label, let number = index.target(id, from: chapter.slug)?.number else {
      return typeset
    }
    return .tag(
      "div", ["class": "equation", "id": id], typeset,
      .tag("a", ["class": "number", "href": "#\(id)"], .text("(\(number))")))
  }
}

extension MarkdownNode {
  fileprivate var isInTable: Bool {
    var node = parent
    while let current = node, !current.isBlock { node = current.parent }
    guard case .tableCell = node?.kind else { return false }
    return true
  }
}
