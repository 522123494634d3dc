import BookModel
import Markdown

/// What a notebook shows in the place of marks that nobody but nnbook reads: "Figure 3.2" for
/// `[](#fig-loss)`, a place to lead to for `{#eq-loss}`, "Theorem 3.1" for `[!THEOREM]`. Each is an
/// element that holds what the author wrote, and `nnbook import` puts that back.
struct NotebookMarks {
  /// A stretch of the text, in bytes, and what takes its place.
  typealias Piece = (range: Range<Int>, markup: String)

  private let index: BookIndex
  private let chapter: Chapter
  private let result: ChapterResult?
  private let document: MarkdownDocument
  private let nodes: [KnownNode]
  /// Places of the chapter that links lead to, of this chapter and of others.
  private let wanted: Set<String>

  init(index: BookIndex, chapter: Chapter, result: ChapterResult?, document: MarkdownDocument) {
    self.index = index
    self.chapter = chapter
    self.result = result
    self.document = document
    nodes = document.knownNodes
    let links =
      nodes.compactMap { known -> String? in
        guard case .link(let destination, _) = known.kind else { return nil }
        return destination
      } + chapter.cells.flatMap { WrittenLink.all(shownWith: $0) }.map(\.destination)
    let own = links.compactMap { destination -> String? in
      guard
        case .page(chapter.slug, let anchor, _) = index.resolve(
          destination, slug: chapter.slug, path: chapter.path)
      else { return nil }
      return anchor
    }
    wanted = Set(own + (index.mentions[chapter.slug] ?? []).compactMap(\.self))
  }

  /// - Parameter cellLines: of cells that are cells of the notebook too: what stands above those
  ///   leads to them.
  func pieces(cellLines: Set<Int>) -> [Piece] {
    let values = result == nil ? [:] : chapter.inlineValuesByPlace
    let parts = FigureParts(nodes)
    let cells = chapter.cellsByLine
    var counts: [MarkdownAlert.Kind: Int] = [:]
    var pieces: [Piece] = []
    var sections = chapter.sectionAnchors(in: document)[...]
    var text: MarkdownNode?
    for known in nodes {
      let node = known.node
      switch known.kind {
      case .link(let destination, _):
        if let piece = reference(node, destination) { pieces.append(piece) }
      case .code(let code) where code.hasPrefix("{swift"):
        guard let start = chapter.range(of: node)?.start, let value = values[start],
          let range = document.offsets(of: node)
        else { continue }
        pieces.append(document.piece(range, value.text(in: result).markdownEscaped))
      case .heading:
        let anchor = sections.popFirst()
        text = node
        if let braces = HeadingAttributes(of: node), let name = braces.name {
          pieces += document.piece(of: "{#\(name)}", in: node, id: name)
        } else if let anchor, wanted.contains(anchor) {
          pieces += document.anchor(anchor, at: node.lastChild, isAfter: true)
        }
      case .formulaBlock(let formula):
        guard let name = formula.label, let number = number(of: name) else { continue }
        pieces += document.piece(of: "{#\(name)}", in: node, id: name, shown: "(\(number))")
      case .blockQuote:
        guard let alert = node.alert, let kind = alert.kind else { continue }
        counts[kind, default: 0] += 1
        pieces += marks(of: alert, node, number: counts[kind] ?? 0)
      case .paragraph:
        text = node
        if let figure = ImageFigure(node) {
          pieces += caption(of: figure, parts[node])
        } else if let caption = TableCaption(node), caption.table != nil {
          pieces += marks(of: caption)
        }
      case .codeBlock:
        guard let line = chapter.range(of: node)?.start.line, !cellLines.contains(line),
          let id = cells[line]?.options.id?.value, let text
        else { continue }
        pieces += document.anchor(id, at: text.firstChild, isAfter: false)
      default: continue
      }
    }
    return pieces
  }

  /// What a notebook shows above a cell that has a name or a caption: it is nobody's text.
  func heading(of cell: Cell, part: FigureParts.Part?) -> String? {
    let id = cell.options.id?.value
    let label = part?.label ?? id.flatMap { self.label(of: $0) }
    let caption = cell.options.caption.map {
      linked(chapter.filled($0, result) { $0.markdownEscaped })
    }
    let words = [label.map { "**\($0)**" }, caption].compactMap(\.self).joined(separator: " ")
    if words.isEmpty, id.map({ wanted.contains($0) }) != true { return nil }
    return (id.map { HTML.tag("a", ["id": $0]).rendered } ?? "") + words
  }

  private func label(of id: String) -> String? {
    guard let target = index.target(id, from: chapter.slug), target.number != nil else {
      return nil
    }
    return target.label
  }

  private func number(of id: String) -> String? {
    index.target(id, from: chapter.slug)?.number
  }

  /// A reference shows its words here, and leads to the notebook that holds what it names.
  private func reference(
    _ link: MarkdownNode, _ destination: String
  ) -> Piece? {
    guard
      case .page(let slug, let anchor, let label) = index.resolve(
        destination, slug: chapter.slug, path: chapter.path),
      let range = document.offsets(of: link), document.text[range].first == UInt8(ascii: "[")
    else { return nil }
    let words: String
    if let first = link.firstChild, let last = link.lastChild {
      // Names are the whole book's; other links lead where they say.
      guard slug != chapter.slug, destination.hasPrefix("#"),
        let start = document.offsets(of: first)?.lowerBound,
        let end = document.offsets(of: last)?.upperBound, start < end
      else { return nil }
      words = String(decoding: document.text[start..<end], as: UTF8.self)
    } else {
      let target = anchor.flatMap { index.target($0, from: slug) }
      // Headings have no numbers in a notebook.
      words =
        ((target?.kind == .section ? target?.title : label) ?? destination).markdownEscaped
    }
    return document.piece(range, words, href: address(slug, anchor))
  }

  private func address(_ slug: String, _ anchor: String?) -> String {
    (slug == chapter.slug && anchor != nil ? "" : siteAddress("\(slug).ipynb"))
      + (anchor.map { "#" + siteAddress($0) } ?? "")
  }

  /// Markdown of one line with the references in it spelled out.
  private func linked(_ text: String) -> String {
    let document = MarkdownDocument(parsing: text)
    for known in document.knownNodes {
      guard case .link(let destination, _) = known.kind,
        case .page(let slug, let anchor, let label) = index.resolve(
          destination, slug: chapter.slug, path: chapter.path)
      else { continue }
      known.node.setDestination(address(slug, anchor))
      if known.node.firstChild == nil { known.node.append([.text(label ?? destination)]) }
    }
    return document.render(.markdown).split(separator: "\n").joined(separator: " ")
  }

  // MARK: Blocks

  private func marks(
    of alert: MarkdownAlert, _ quote: MarkdownNode, number: Int
  ) -> [Piece] {
    guard let kind = alert.kind else { return [] }
    let group = FigureGroup(quote)
    let braces = group?.braces ?? alert.braces
    let word = index.words[kind.rawValue]
    let label: String?
    switch kind {
    case .tabs: label = nil
    case .figures: label = group?.name.flatMap { self.label(of: $0) }
    default:
      let chapterNumber = index.number(ofChapter: chapter.slug)?.text ?? ""
      label =
        kind.prefix == nil ? word : index.words.label(kind.rawValue, "\(chapterNumber).\(number)")
    }
    var last = alert.marks[0]
    while let next = last.next, next.range != nil { last = next }
    // A title stays in a line of its own.
    let hasBreak = group == nil && last.next != nil && !alert.hasOnlyName
    let ends = hasBreak || alert.standsAlone ? HTML.tag("br", [:]).rendered : ""
    let isTitled = kind.takesTitle && group == nil && !alert.standsAlone && !alert.hasOnlyName
    var pieces = document.piece(
      of: "[!\(alert.word)]", in: quote, isFirst: true, id: braces?.name,
      shown: (label.map { "**\($0)**" } ?? "") + (isTitled || label == nil ? "" : ends))
    if let name = braces?.name {
      pieces += document.piece(
        of: "{#\(name)}", in: quote, isFirst: true, shown: isTitled ? ends : "")
    } else if isTitled {
      pieces += document.anchor(nil, at: last, isAfter: true, shown: ends)
    }
    return pieces
  }

  private func marks(of caption: TableCaption) -> [Piece] {
    let label = caption.braces?.name.flatMap { self.label(of: $0) }
    var pieces = document.piece(
      of: ": ", in: caption.paragraph, isFirst: true, id: caption.braces?.name,
      shown: label.map { "**\($0)** " } ?? "")
    if let name = caption.braces?.name {
      pieces += document.piece(of: "{#\(name)}", in: caption.paragraph)
    }
    return pieces
  }

  private func caption(
    of figure: ImageFigure, _ part: FigureParts.Part?
  ) -> [Piece] {
    let label = part?.label ?? figure.id.flatMap { self.label(of: $0) }
    let words = [label.map { "**\($0)**" }, linked(figure.caption)].compactMap(\.self)
    return document.anchor(
      nil, at: figure.image, isAfter: true,
      shown: HTML.tag("br", [:]).rendered + words.joined(separator: " "))
  }
}

extension Chapter {
  /// What leads to each heading of the text, in order.
  fileprivate func sectionAnchors(in document: MarkdownDocument) -> [String] {
    let anchors = Set(headings.map(\.anchor))
    let byLine = Dictionary(
      headings.map { ($0.range.start.line, $0.anchor) }, uniquingKeysWith: { first, _ in first })
    return document.knownNodes.compactMap { known in
      guard case .heading = known.kind else { return nil }
      let anchor = range(of: known.node).flatMap { byLine[$0.start.line] }
      return anchor.map { PageIDs.free($0, among: anchors) } ?? ""
    }
  }
}

// MARK: - Elements that hold what was written

extension MarkdownDocument {
  fileprivate func offsets(of node: MarkdownNode) -> Range<Int>? {
    guard let range = node.range else { return nil }
    let (start, end) = (lines.offset(of: range.start), lines.offset(of: range.end))
    return start <= end && end <= text.count ? start..<end : nil
  }

  fileprivate func piece(
    _ range: Range<Int>, _ shown: String, id: String? = nil, href: String? = nil
  ) -> NotebookMarks.Piece {
    let written = String(decoding: text[range], as: UTF8.self)
    return (range, WrittenMark.element(written, shown, id: id, href: href))
  }

  /// For one of the places where the node has these words: the first, or else the last.
  fileprivate func piece(
    of words: String, in node: MarkdownNode, isFirst: Bool = false, id: String? = nil,
    shown: String = ""
  ) -> [NotebookMarks.Piece] {
    guard let range = offsets(of: node) else { return [] }
    let places = text[range].ranges(of: Array(words.utf8))
    guard let place = isFirst ? places.first : places.last else { return [] }
    return [piece(place, shown, id: id)]
  }

  /// Before or after what stands there.
  fileprivate func anchor(
    _ id: String?, at node: MarkdownNode?, isAfter: Bool, shown: String = ""
  ) -> [NotebookMarks.Piece] {
    guard let range = node.flatMap({ offsets(of: $0) }) else { return [] }
    let place = isAfter ? range.upperBound : range.lowerBound
    return [piece(place..<place, shown, id: id)]
  }
}
