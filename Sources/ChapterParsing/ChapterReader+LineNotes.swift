import BookModel
import Markdown

/// A mark, and where it stands: in the chapter, or in a file that the fence shows.
struct PlacedLineMark {
  var mark: LineMark
  var range: SourceRange
  /// Whether code stands before it.
  var hasCode: Bool
}

/// Each mark at the end of a line belongs to one note of the list after the code.
extension ChapterReader {
  /// - Parameter isShown: whether readers see the code.
  mutating func readLineNotes(
    _ marks: [PlacedLineMark], of fence: Fence, _ node: MarkdownNode, isShown: Bool = true,
    _ problems: inout Problems
  ) {
    guard let first = marks.first else { return }
    guard isShown else {
      problems.add(
        .lineNote, at: first.range,
        "mark '<\(first.mark.number)>' stands in code that is not shown; leave it out, and its note"
      )
      return
    }
    var places: [Int: SourceRange] = [:]
    for placed in marks {
      let number = placed.mark.number
      if !placed.hasCode {
        problems.add(
          .lineNote, at: placed.range,
          "mark '<\(number)>' has a line to itself; it stands at the end of the line that it is about"
        )
      }
      if let before = places[number] {
        problems.add(
          .lineNote, at: placed.range,
          "mark '<\(number)>' stands twice in the code; each note is about one line",
          notes: [Diagnostic.Note("first stands here", range: before)])
      }
      places[number] = places[number] ?? placed.range
    }
    guard let list = Self.list(after: node), case .list(let kind) = list.kind,
      let start = kind.start, let place = range(of: list)
    else {
      problems.add(
        .lineNote, at: first.range,
        "mark '<\(first.mark.number)>' has no note; notes are an ordered list right after the code")
      return
    }
    let items = Array(list.children)
    for placed in marks where !(start..<start + items.count).contains(placed.mark.number) {
      problems.add(
        .lineNote, at: placed.range,
        "mark '<\(placed.mark.number)>' has no note; those of the list after the code are "
          + "\(start) to \(start + items.count - 1)")
    }
    for (offset, item) in items.enumerated() where places[start + offset] == nil {
      problems.add(
        .lineNote, at: range(of: item) ?? place,
        "note \(start + offset) has no line; '<\(start + offset)>' in a comment at the end of a line of "
          + "the code marks one")
    }
    lineNotes.append(
      LineNotes(
        fenceLine: fence.opening.start.line, listLine: place.start.line, marks: marks.map(\.mark)))
  }

  /// What a cell is to print stands before its notes.
  private static func list(after fence: MarkdownNode) -> MarkdownNode? {
    guard let next = fence.next, case .codeBlock(let block) = next.kind,
      block.language == "output"
    else { return fence.next }
    return next.next
  }
}

extension CellBody {
  /// Takes the marks off the ends of lines: nobody compiles, copies or searches them.
  mutating func takeLineMarks(isSwift: Bool) -> [PlacedLineMark] {
    var marks: [PlacedLineMark] = []
    var isInString = false
    for (place, line) in lines.enumerated() {
      if isSwift, line.text.ranges(of: "\"\"\"").count % 2 == 1 { isInString.toggle() }
      // A line of a string is text of the program.
      guard !isInString, let mark = LineMark(line.text, line: place, isSwift: isSwift) else {
        continue
      }
      lines[place].text = line.text.dropLast(mark.text.count)
      let blanks = mark.text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
      let end = line.place.column - 1 + line.text.utf8.count
      let start = end - mark.text.utf8.count + blanks
      marks.append(
        PlacedLineMark(
          mark: mark, range: source.range(line: line.place.line, start..<end),
          hasCode: !lines[place].text.allSatisfy(\.isWhitespace)))
    }
    return marks
  }
}
