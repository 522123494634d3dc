import BookModel
import Markdown

/// A block of a chapter that stands in no other, with what belongs to it: the expected output of a
/// cell, the notes on its lines, the destinations of references after a paragraph.
package struct ChapterBlock: Hashable, Sendable {
  /// Of the file, from 1; the last is the block's own.
  package var firstLine: Int
  package var lastLine: Int
}

extension Chapter {
  /// In the order of the file. Every line of the text that holds something belongs to one of them.
  package var blocks: [ChapterBlock] {
    blocks(of: MarkdownDocument(parsing: markdown))
  }

  fileprivate func blocks(of document: MarkdownDocument) -> [ChapterBlock] {
    let belonging = Set(
      cells.compactMap(\.expectedOutput?.range.start.line) + lineNotes.map(\.listLine))
    let lines = markdown.utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { line in !line.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
    guard let firstText = lines.firstIndex(of: true) else { return [] }
    var starts = document.root.children.compactMap { range(of: $0)?.start.line }
      .filter { !belonging.contains($0) }.sorted()
    if starts.isEmpty { starts = [firstLine + firstText] }
    // What stands before the first block shows nothing, such as destinations of references.
    starts[0] = min(starts[0], firstLine + firstText)
    return starts.indices.compactMap { index in
      let end = index + 1 < starts.count ? starts[index + 1] - firstLine : lines.count
      let start = starts[index] - firstLine
      guard start < end, let last = lines[start..<end].lastIndex(of: true) else { return nil }
      return ChapterBlock(firstLine: starts[index], lastLine: firstLine + last)
    }
  }

  /// The same for two texts that are, which a page and what is known of its blocks are told by.
  package var textMark: String {
    // FNV-1a (Fowler, Noll, Vo 1991); nobody gains by making two texts alike.
    let hash = "\(firstLine) \(markdown)".utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}

/// Comments in a page that say which of the chapter's blocks begins there, and of which text.
struct BlockMarks {
  private var blocks: [(number: Int, node: MarkdownNode)] = []

  init(_ chapter: Chapter, _ document: MarkdownDocument) {
    let numbers = Dictionary(
      chapter.blocks(of: document).enumerated().map { ($1.firstLine, $0) },
      uniquingKeysWith: { first, _ in first })
    for node in document.root.children {
      // Footnotes stand where the page has them.
      if case .footnoteDefinition = node.kind { continue }
      guard let line = chapter.range(of: node)?.start.line, let number = numbers[line] else {
        continue
      }
      blocks.append((number, node))
    }
  }

  /// The page as a built site has it, but for ends of lines.
  static func without(_ page: [UInt8]) -> [UInt8] {
    let start = Array(HTML.comment("nnbook ").rendered.utf8.dropLast(3))
    let end = Array(HTML.comment("").rendered.utf8.suffix(3))
    var kept: [UInt8] = []
    var rest = page[...]
    while let place = rest.firstRange(of: start) {
      kept += rest[..<place.lowerBound]
      rest = rest[place.upperBound...]
      rest = rest[(rest.firstRange(of: end)?.upperBound ?? rest.endIndex)...]
    }
    return kept + rest
  }

  /// Raw markup is the first to become other nodes.
  mutating func placeAtRawMarkup() {
    for (number, node) in blocks where Self.isRaw(node) { place(number, node) }
    blocks = blocks.filter { !Self.isRaw($0.node) }
  }

  private static func isRaw(_ node: MarkdownNode) -> Bool {
    if case .htmlBlock = node.kind { true } else { false }
  }

  /// Before anything else becomes another node. What becomes of a hint depends on the one before it, between
  /// which and itself nothing may stand: its mark is in it.
  func place() {
    for (number, node) in blocks where node.parent != nil { place(number, node) }
  }

  private func place(_ number: Int, _ node: MarkdownNode) {
    let mark = MarkdownFragment.html(HTML.comment("nnbook block \(number)").rendered)
    if node.alert?.kind == .hint, node.previous?.alert?.kind == .hint {
      node.append([mark])
    } else {
      node.insertBefore([mark])
    }
  }
}
