import BookModel
import Markdown

/// Several figures under one number: what stands in such a note has to be figures, each with a caption
/// and at most one name.
extension ChapterReader {
  /// - Parameter marks: where `[!FIGURES]` stands.
  mutating func checkFigures(
    _ quote: MarkdownNode, _ group: FigureGroup, _ marks: SourceRange, _ problems: inout Problems
  ) {
    let head = range(of: group.head) ?? marks
    if let braces = group.braces {
      checkName(of: group.alert, braces, .figures, head, &problems)
    } else {
      problems.add(
        .figureGroup, at: marks,
        "note '[!\(group.alert.word)]' has no name; one such as '{#fig-both}' after the caption numbers it"
      )
    }
    if group.captionText.isEmpty {
      problems.add(
        .figureGroup, at: marks,
        "note '[!\(group.alert.word)]' has no caption; it stands after the mark, before the name")
    }
    var others = 0
    for (place, block) in group.blocks.enumerated() where !group.parts.contains(block) {
      // What a cell is to print belongs to the cell.
      if case .codeBlock(let code) = block.kind, code.language == "output", place > 0 { continue }
      others += 1
      problems.add(.figureGroup, at: range(of: block) ?? marks, Self.noPart(block, quote))
    }
    let count = group.parts.count
    if count < 2, others == 0 {
      problems.add(
        .figureGroup, at: marks,
        "note '[!\(group.alert.word)]' holds two figures or more, each a cell or an image with a "
          + "caption of its own")
    } else if count > FigureGroup.letters.count {
      problems.add(
        .figureGroup, at: marks,
        "note '[!\(group.alert.word)]' holds \(count) figures; their letters end at "
          + "'\(FigureGroup.letters[FigureGroup.letters.count - 1])'")
    }
    for part in group.parts {
      if case .codeBlock = part.kind, let line = range(of: part)?.start.line {
        partLines.insert(line)
      }
    }
  }

  private static func noPart(_ block: MarkdownNode, _ quote: MarkdownNode) -> String {
    let mark = "'[!FIGURES]'"
    if block.alert?.kind == .figures {
      return "note \(mark) stands in another; the parts of a figure have no parts"
    }
    if case .paragraph = block.kind, let last = block.lastChild,
      case .image(let destination, "") = last.kind
    {
      return "image in \(mark) has no caption; it stands in quotation marks after the address: "
        + "'(\(destination) \"Caption\")'"
    }
    return
      "text in \(mark) is no figure; it holds cells and images alone, with a blank line between "
      + "one and the next"
  }

  /// What cells in such notes say of themselves, once they are read.
  func checkFigureCells(_ problems: inout Problems) {
    for cell in cells where partLines.contains(cell.range.start.line) {
      let options = cell.options
      if let id = options.id, !id.value.hasPrefix("fig-") {
        problems.add(
          .namePrefix, at: id.range,
          "name '\(id.value)' of a figure's part must begin with 'fig-', as in 'fig-\(id.value)'")
      }
      if !cell.runsInScope || options.output == .hidden {
        problems.add(
          .figureGroup, at: cell.infoRange,
          "cell in '[!FIGURES]' shows no figure; it belongs before the note")
      } else if options.caption == nil {
        problems.add(
          .figureGroup, at: cell.infoRange,
          "cell in '[!FIGURES]' has no caption; '//| caption: …' gives its part one")
      }
    }
  }
}
