import BookModel
import ChapterParsing
import Foundation
import HostSystem
import PageRendering

/// A chapter as the page's editor knows it: its blocks and cells, with their lines in the file, and
/// what is saved in the place of those that were changed. The page gets it as JSON.
struct EditedChapter: Encodable, Sendable {
  struct Block: Encodable, Sendable {
    /// From 1.
    var first: Int
    var lines: [String]
    /// Nil where the lines are the file's own.
    var saved: [String]?
  }

  struct Cell: Encodable, Sendable {
    var index: Int
    /// Of its code, options included; the line of the closing fence where there is none.
    var first: Int
    var lines: [String]
    var saved: [String]?
    /// What stands before each line in the file: marks of quotes, indentation.
    var prefix: String
    /// After `swift` in the line of the fence.
    var words: String
    var kind: String
    /// Of the block that holds it.
    var block: Int
  }

  var path: String
  /// Of the text that lines are counted in; a change names it.
  var base: String
  /// Of the page that shows this text.
  var mark: String
  var isChanged: Bool
  /// Whether the file is no longer what the changes were made to.
  var isConflict: Bool
  var lineCount: Int
  /// Nil where the text cannot be understood.
  var blocks: [Block]?
  var cells: [Cell] = []

  init(_ draft: ChapterDraft, path: String, isConflict: Bool) {
    self.path = path
    self.isConflict = isConflict
    base = draft.identity
    isChanged = draft.isChanged
    lineCount = draft.lineCount
    mark = ""
    guard let chapter = ChapterParser().parse(bytes: draft.text, path: path).0 else { return }
    mark = chapter.textMark
    let ranges = chapter.blocks.map { $0.firstLine - 1..<min($0.lastLine, draft.lineCount) }
    blocks = ranges.map {
      Block(first: $0.lowerBound + 1, lines: draft.texts($0), saved: draft.saved($0))
    }
    // The code of a cell that shows a file is not the chapter's.
    cells = chapter.cells.filter { !$0.options.showsFile }.map { Cell($0, draft, blocks: ranges) }
  }
}

extension ChapterDraft {
  /// One text has one.
  var identity: String { ContentHash.of(text) }
}

extension EditedChapter.Cell {
  fileprivate init(_ cell: Cell, _ draft: ChapterDraft, blocks: [Range<Int>]) {
    index = cell.id.index
    let fence = draft.texts(cell.range.start.line - 1..<cell.range.start.line)[0]
    prefix = Self.prefix(of: cell, fence)
    let last = min(cell.lastLine, draft.lineCount)
    var end = last
    if last > cell.range.start.line, Self.isFence(draft.texts(last - 1..<last)[0]) { end -= 1 }
    let range = cell.range.start.line..<max(cell.range.start.line, end)
    first = range.lowerBound + 1
    let before = prefix
    lines = draft.texts(range).map { Self.without(before, $0) }
    saved = draft.saved(range)?.map { Self.without(before, $0) }
    words = Self.words(of: fence)
    kind =
      cell.isStarter
      ? "exercise" : cell.isSolution ? "solution" : cell.isChecks ? "checks" : "cell"
    block = blocks.firstIndex { $0.contains(cell.range.start.line - 1) } ?? 0
  }

  /// A list's mark stands in its first line only.
  private static func prefix(of cell: Cell, _ fence: String) -> String {
    let written = fence.utf8.prefix(cell.range.start.column - 1)
    return String(
      decoding: written.map { $0 == UInt8(ascii: ">") || $0 == 0x09 ? $0 : 0x20 }, as: UTF8.self)
  }

  private static func without(_ prefix: String, _ line: String) -> String {
    var rest = Substring(line)
    for mark in prefix {
      guard let first = rest.first, first == mark || first == " " && mark == "\t" else { break }
      rest.removeFirst()
    }
    return String(rest)
  }

  private static func isFence(_ line: String) -> Bool {
    let rest = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
    return rest.hasPrefix("```") || rest.hasPrefix("~~~")
  }

  private static func words(of fence: String) -> String {
    guard let place = fence.range(of: "swift") else { return "" }
    return fence[place.upperBound...].trimmingCharacters(in: .whitespaces)
  }
}
