import BookModel
import Markdown

/// A link or image as the author wrote it.
struct WrittenLink: Hashable, Sendable {
  var destination: String
  var hasText: Bool
  var isImage: Bool
  var range: SourceRange
}

extension WrittenLink {
  /// Those of a cell's caption and of the question about its result.
  static func all(shownWith cell: Cell) -> [WrittenLink] {
    var texts = [cell.options.caption].compactMap(\.self)
    if case .predicted(let question) = cell.options.output { texts.append(question) }
    return texts.flatMap { text in
      all(in: text.value) { text.range(of: $0) }
    }
  }

  /// Those of a text of one paragraph.
  static func all(
    in markdown: String, range: (MarkdownNode) -> SourceRange
  ) -> [WrittenLink] {
    guard markdown.utf8.contains(UInt8(ascii: "[")) else { return [] }
    return MarkdownDocument(parsing: markdown).knownNodes.compactMap { known in
      guard case .link(let destination, _) = known.kind else { return nil }
      return WrittenLink(
        destination: destination, hasText: known.node.firstChild != nil, isImage: false,
        range: range(known.node))
    }
  }
}

extension BookIndex {
  /// Where links lead to in Markdown that the cells of a chapter printed, which no outline knows.
  package static func destinations(
    printedBy result: ChapterResult, in chapter: Chapter
  ) -> [String] {
    chapter.cells.flatMap { cell in
      (result[cell.id]?.outputs ?? []).flatMap { output -> [String] in
        switch output {
        case .markdown(let text): destinations(in: text, cell)
        case .console(let text) where cell.options.output == .markdown: destinations(in: text, cell)
        case .console, .text, .html, .svg, .control, .check: []
        }
      }
    }
  }

  private static func destinations(in markdown: String, _ cell: Cell) -> [String] {
    WrittenLink.all(in: markdown) { _ in cell.range }.map(\.destination)
  }
}

extension Located<String> {
  /// Where a node of the text stands in the file; all of the text where it was written with escapes.
  fileprivate func range(of node: MarkdownNode) -> SourceRange {
    let marks = range.end.column - range.start.column - value.utf8.count
    guard let own = node.range, own.start.line == 1, own.end.line == 1,
      range.start.line == range.end.line, marks == 0 || marks == 2
    else { return range }
    // Between quotation marks, or without any.
    func position(_ column: Int) -> SourcePosition {
      SourcePosition(
        line: range.start.line, column: range.start.column + marks / 2 + column - 1)
    }
    return SourceRange(
      file: range.file, start: position(own.start.column), end: position(own.end.column))
  }
}
