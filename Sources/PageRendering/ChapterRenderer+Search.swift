import BookModel
import Markdown

extension ChapterRenderer {
  /// One entry for what stands before the first section, and one for each section.
  func searchEntries(
    of document: MarkdownDocument, headings: [NumberedHeading]
  ) -> [SearchEntry] {
    let headings = Dictionary(
      headings.map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
    let cells = chapter.cellsByLine
    let page = siteAddress("\(chapter.slug).html")
    let title = TitleText(chapter.frontMatter.titleMarkdown).plain()
    var first = SearchEntry(
      url: page, chapter: title, section: "",
      text: chapter.frontMatter.description.map { TitleText($0).plain() } ?? "")
    if let number = index.number(ofChapter: chapter.slug) {
      first.labels = [
        SearchEntry.Label(kind: number.isAppendix ? .appendix : .chapter, number: number.text)
      ]
    }
    var entries = [first]
    var counts: [ReferenceTarget.Kind: Int] = [:]
    for block in document.root.children {
      if let heading = headings[block] {
        var entry = SearchEntry(
          url: page + "#" + heading.anchor, chapter: title, section: heading.title, text: "")
        if let number = heading.number {
          entry.labels = [SearchEntry.Label(kind: .section, number: number)]
        }
        entries.append(entry)
        continue
      }
      let last = entries.count - 1
      for node in block.descendants {
        if let label = label(of: node, cells, &counts) { entries[last].labels.append(label) }
      }
      let text = block.words { node, code in
        guard let cell = chapter.range(of: node).flatMap({ cells[$0.start.line] }) else {
          let hasMarks = LineMark.mayStand(in: code.language)
          let text = hasMarks ? LineMark.split(code.code).code : code.code
          if !code.language.isEmpty { append(text, to: &entries[last].code) }
          return code.language.isEmpty ? text : ""
        }
        if cell.options.source != .hidden { append(cell.code, to: &entries[last].code) }
        append(printed(by: cell), to: &entries[last].printed)
        // Messages are what people look for most.
        return [cell.options.caption?.value, result?[cell.id]?.expectedFailure].compactMap(\.self)
          .joined(separator: " ")
      }
      append(text, to: &entries[last].text)
    }
    return entries
  }

  /// The number that a block has in the book.
  private func label(
    of node: MarkdownNode, _ cells: [Int: Cell], _ counts: inout [ReferenceTarget.Kind: Int]
  ) -> SearchEntry.Label? {
    let id: String?
    switch node.kind {
    case .codeBlock:
      id = chapter.range(of: node).flatMap { cells[$0.start.line] }?.options.id?.value
    case .formulaBlock(let formula): id = formula.label
    case .paragraph: id = TableCaption(node)?.braces?.name ?? ImageFigure(node)?.id
    case .blockQuote where node.alert?.kind == .figures: id = FigureGroup(node)?.name
    case .blockQuote:
      guard let kind = node.alert?.kind.flatMap(ReferenceTarget.kind(of:)) else { return nil }
      counts[kind, default: 0] += 1
      let chapter = index.number(ofChapter: chapter.slug)?.text ?? ""
      return SearchEntry.Label(kind: kind, number: "\(chapter).\(counts[kind] ?? 0)")
    default: return nil
    }
    guard let target = id.flatMap({ index.target($0, from: chapter.slug) }),
      let number = target.number
    else { return nil }
    return SearchEntry.Label(kind: target.kind, number: number)
  }

  /// Bytes of one output that the search looks at.
  private static let mostPrinted = 4096

  private func printed(by cell: Cell) -> String {
    if cell.options.output == .hidden { return "" }
    var words = ""
    for output in result?[cell.id]?.outputs ?? [] {
      switch output {
      case .console(let text), .text(let text), .markdown(let text):
        append(String(text.prefix(Self.mostPrinted)), to: &words)
      case .html(let text), .svg(let text):
        append(String(HTMLFragment.text(in: text).prefix(Self.mostPrinted)), to: &words)
      case .control, .check: continue
      }
    }
    return words
  }

  private func append(_ words: String, to text: inout String) {
    if !text.isEmpty, !words.isEmpty { text += " " }
    text += words
  }
}

extension MarkdownNode {
  /// The text of all blocks in it, with a space between one and the next.
  ///
  /// - Parameter ofCode: what counts of a block of code, which is not prose.
  fileprivate func words(_ ofCode: (MarkdownNode, CodeBlock) -> String) -> String {
    var words = ""
    /// What counts of marks of notes: their titles.
    var marks: [MarkdownNode: String] = [:]
    func separate() {
      if !words.isEmpty, words.utf8.last != UInt8(ascii: " ") { words += " " }
    }
    for node in descendants {
      if let title = marks[node] {
        words += title
        continue
      }
      switch node.kind {
      case .text(let text), .code(let text): words += text
      case .formula(let tex, _): words += Formula.words(of: tex)
      case .softBreak, .lineBreak: words += " "
      case .paragraph, .item, .tableCell, .heading: separate()
      case .codeBlock(let code):
        separate()
        words += ofCode(node, code)
      case .blockQuote:
        separate()
        for (mark, title) in node.alert?.titles ?? [] { marks[mark] = title }
        // A name at the end of a caption of several pieces.
        if let group = FigureGroup(node), group.alert.braces == nil, let braces = group.braces,
          let last = group.head.lastChild, case .text(let text) = last.kind
        {
          marks[last] = String(text.dropLast(braces.text.count))
        }
      default: continue
      }
    }
    return words
  }
}
