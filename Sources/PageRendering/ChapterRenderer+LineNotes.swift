import BookModel
import Markdown

/// Notes on lines of code stand right under it, before what the cell shows.
extension ChapterRenderer {
  /// Puts code, and what it shows, around the list of its notes.
  func put(_ html: HTML, in fence: MarkdownNode, notes list: MarkdownNode?, _ lines: CodeLines) {
    let markup = html.rendered
    guard let list else {
      fence.replace(with: [.html(markup)])
      return
    }
    // Nothing before it is an author's markup.
    let place = markup.firstRange(of: CellView.placeOfNotes.rendered)
    fence.replace(with: [.html(String(markup[..<(place?.lowerBound ?? markup.endIndex)]))])
    if let place { list.insertAfter([.html(String(markup[place.upperBound...]))]) }
    shape(notes: list, lines)
  }

  /// A fence of another language whose lines have notes.
  func html(of block: CodeBlock, _ inclusion: Inclusion?, _ lines: CodeLines) -> HTML {
    let (code, marks) = LineMark.split(inclusion?.textOfOtherLanguage ?? block.code)
    var lines = lines
    lines.marks = marks
    let texts = code.trimmingLineEnd.split(separator: "\n", omittingEmptySubsequences: false)
    let style = block.language.isEmpty ? nil : "language-\(block.language)"
    return .tag(
      "div", ["class": "source plain"],
      .tag(
        "pre", [:],
        lines.code(
          texts.enumerated().map { (place: $0, html: .text(String($1))) }, style: style)))
  }

  /// Gives the items of a list the names that marks lead to.
  func shape(notes list: MarkdownNode, _ lines: CodeLines) {
    guard case .list(let kind) = list.kind, let start = kind.start else { return }
    let items = Array(list.children)
    // A list of Markdown holds items of its own alone.
    list.replaceMarks(
      enter: HTML.opening(
        "ol", ["class": "line-notes", "start": start == 1 ? nil : "\(start)"]),
      exit: HTML.closing("ol"))
    for (offset, item) in items.enumerated() {
      let number = start + offset
      if let last = item.lastChild, case .paragraph = last.kind {
        last.append([.text(" "), .html(lines.wayBack(number).rendered)])
      }
      for child in Array(item.children) where kind.isTight {
        if case .paragraph = child.kind { child.replaceMarks(enter: "", exit: "") }
      }
      item.replaceMarks(
        enter: HTML.opening("li", ["id": lines.noteID(number)]), exit: HTML.closing("li"))
    }
  }
}

extension Chapter {
  /// The lists of notes, by the lines on which they begin.
  func noteLists(_ nodes: [KnownNode]) -> [Int: MarkdownNode] {
    guard !lineNotes.isEmpty else { return [:] }
    var lists: [Int: MarkdownNode] = [:]
    for known in nodes {
      // A list that begins in another one's first line comes after it.
      guard case .list = known.kind, let line = range(of: known.node)?.start.line,
        lists[line] == nil
      else { continue }
      lists[line] = known.node
    }
    return lists
  }

  /// The place of a fence among those of other languages that have notes, from 1.
  func numberOfNotedFence(_ notes: LineNotes) -> Int {
    let cells = Set(cells.map(\.range.start.line))
    return lineNotes.count { !cells.contains($0.fenceLine) && $0.fenceLine <= notes.fenceLine }
  }
}
