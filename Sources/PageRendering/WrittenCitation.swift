import BookModel
import Markdown

/// A group of citations and the place where the author wrote it.
package struct WrittenCitation: Hashable, Sendable {
  package var group: CitationGroup
  /// Of each key.
  var keyRanges: [SourceRange]
  /// Whether it stands in the text of the chapter, where the list can lead back to it.
  var isInText: Bool
  var isInHeading = false
}

extension WrittenCitation {
  /// Those of a chapter's own text.
  static func all(in document: MarkdownDocument, of chapter: Chapter) -> [WrittenCitation] {
    document.citations.map { placed in
      let whole = chapter.range(of: placed.node) ?? SourceRange(file: chapter.path, line: 1)
      return WrittenCitation(
        group: placed.group,
        keyRanges: placed.keyOffsets.map { offsets in
          offsets.map { chapter.range(ofBytes: $0, in: document) } ?? whole
        },
        isInText: true, isInHeading: placed.node.isInHeading)
    }
  }

  /// Those of a cell's caption and of the question about its result.
  static func all(shownWith cell: Cell) -> [WrittenCitation] {
    var texts = [cell.options.caption].compactMap(\.self)
    if case .predicted(let question) = cell.options.output { texts.append(question) }
    return texts.flatMap { all(in: $0.value, at: $0.range) }
  }

  /// Those of Markdown that cells printed, which no outline knows.
  package static func all(
    printedBy result: ChapterResult?, in chapter: Chapter
  ) -> [WrittenCitation] {
    chapter.cells.flatMap { cell in
      (result?[cell.id]?.outputs ?? []).flatMap { output -> [WrittenCitation] in
        switch output {
        case .markdown(let text): all(in: text, at: cell.range)
        case .console(let text) where cell.options.output == .markdown:
          all(in: text, at: cell.range)
        case .console, .text, .html, .svg, .control, .check: []
        }
      }
    }
  }

  private static func all(in markdown: String, at range: SourceRange) -> [WrittenCitation] {
    guard markdown.utf8.contains(UInt8(ascii: "@")) else { return [] }
    return MarkdownDocument(parsing: markdown).citations.map {
      WrittenCitation(
        group: $0.group, keyRanges: $0.group.keys.map { _ in range }, isInText: false)
    }
  }
}

extension Chapter {
  fileprivate func range(
    ofBytes offsets: Range<Int>, in document: MarkdownDocument
  ) -> SourceRange {
    func position(_ offset: Int) -> SourcePosition {
      let place = document.lines.position(of: offset)
      return SourcePosition(line: place.line + firstLine - 1, column: place.column)
    }
    return SourceRange(
      file: path, start: position(offsets.lowerBound), end: position(offsets.upperBound))
  }
}

extension MarkdownNode {
  fileprivate var isInHeading: Bool {
    var node: MarkdownNode? = self
    while let current = node {
      if case .heading = current.kind { return true }
      node = current.isBlock ? nil : current.parent
    }
    return false
  }
}
