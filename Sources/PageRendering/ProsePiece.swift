import Markdown

/// What of a chapter's text is prose, in its order: sentences of paragraphs and lists. Headings,
/// captions, tables, code, formulas, footnotes, solutions and raw elements are none.
enum ProsePiece {
  case words(TextRun)
  /// Where a link of the author's leads.
  case link(String)

  static func all(in document: MarkdownDocument) -> [ProsePiece] {
    var collector = Collector()
    for node in document.nodes { collector.add(node) }
    return collector.pieces
  }

  /// Sees each node before its children.
  private struct Collector {
    var pieces: [ProsePiece] = []
    private var skipped: Set<MarkdownNode> = []
    /// Raw elements that are open where the children of a node were read up to.
    private var open: [MarkdownNode: Int] = [:]

    mutating func add(_ node: MarkdownNode) {
      if let parent = node.parent, skipped.contains(parent) || open[parent, default: 0] > 0,
        !isMarkup(node)
      {
        // The texts are many, and have no children to be skipped.
        if node.firstChild != nil { skipped.insert(node) }
        return
      }
      switch node.kind {
      case .link(let destination, _):
        pieces.append(.link(destination))
        skipped.insert(node)
      case .heading, .table, .footnoteDefinition, .image: skipped.insert(node)
      case .blockQuote:
        guard let alert = node.alert else { return }
        // A group of figures holds captions alone.
        if alert.kind == .solution || alert.kind == .figures { skipped.insert(node) }
        skipFirstLine(of: alert.marks[0].parent)
      case .paragraph: if isTitle(node) { skipped.insert(node) }
      case .htmlInline(let html), .htmlBlock(let html):
        if let parent = node.parent { read(html, in: parent) }
      case .text, .softBreak:
        if skipped.contains(node) { return }
        if let previous = node.previous, previous.isRunOfText, !skipped.contains(previous) {
          return
        }
        pieces.append(.words(TextRun(from: node)))
      default: return
      }
    }

    private func isMarkup(_ node: MarkdownNode) -> Bool {
      switch node.kind {
      case .htmlInline, .htmlBlock: node.parent.map { !skipped.contains($0) } ?? false
      default: false
      }
    }

    /// The mark of a note, and the title after it.
    private mutating func skipFirstLine(of paragraph: MarkdownNode?) {
      var node = paragraph?.firstChild
      while let current = node {
        switch current.kind {
        case .softBreak, .lineBreak: return
        default: skipped.insert(current)
        }
        node = current.next
      }
    }

    /// Captions, and bold words alone, which are a heading to their readers.
    private func isTitle(_ paragraph: MarkdownNode) -> Bool {
      if TableCaption(paragraph) != nil || ImageFigure(paragraph) != nil { return true }
      guard let first = paragraph.firstChild, first.next == nil, case .strong = first.kind else {
        return false
      }
      return true
    }

    private mutating func read(_ html: String, in parent: MarkdownNode) {
      var scanner = MarkupScanner(html)
      while let token = try? scanner.next() {
        switch token {
        case .opening(let name, _, let isClosed, _):
          if !isClosed, !HTML.voidElements.contains(name) { open[parent, default: 0] += 1 }
        case .closing: open[parent] = max(0, open[parent, default: 0] - 1)
        case .text, .comment: continue
        }
      }
    }
  }
}
