import BookModel
import Markdown

/// The fragments that stand in a cell's place.
struct MarkdownCell {
  var cell: Cell
  var result: CellResult?
  /// Such as "Figure 3.2".
  var label: String?
  var slug: String
  var marks: [LineMark] = []
  var words: InterfaceWords
  /// Whether a fold around it says already that this is an answer.
  var isInSolution = false
  /// A caption, question or alternative text with its values in place; the second argument says how
  /// they are written.
  var filled: (Located<String>, (String) -> String) -> String
  /// Markdown of one paragraph with the references in it spelled out.
  var linked: (String) -> MarkdownDocument
  /// Markdown that the cell printed, as it stands among that of the chapter.
  var printed: (String) -> String

  /// Its code, and what it shows: notes on lines stand between the two.
  var fragments: (code: [MarkdownFragment], results: [MarkdownFragment]) {
    if cell.isChecks, cell.options.source != .hidden { return folded(words["show-checks"]) }
    if cell.isSolution, !isInSolution { return folded(words["solution"]) }
    return (code, shown)
  }

  private func folded(
    _ summary: String
  ) -> (code: [MarkdownFragment], results: [MarkdownFragment]) {
    let opening = HTML.opening("details") + HTML.tag("summary", [:], .text(summary)).rendered
    return ([.html(opening)] + code, shown + [.html(HTML.closing("details"))])
  }

  private var code: [MarkdownFragment] {
    var fragments: [MarkdownFragment] = []
    if let id = cell.options.id {
      fragments.append(.html(HTML.tag("a", ["id": id.value]).rendered))
    }
    if cell.options.source != .hidden, !cell.hasNoSource {
      let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
      let marked = lines.enumerated().filter { !CellView.isMarker($1) }.map { place, line in
        line + (marks.first { $0.line == place }?.text ?? "")
      }
      fragments.append(.code(marked.joined(separator: "\n").lines, info: "swift"))
    }
    return fragments
  }

  private var shown: [MarkdownFragment] {
    var fragments: [MarkdownFragment] = []
    let shown =
      cell.isStarter
      ? []
      : outputs.enumerated().compactMap(fragment)
        + (result?.expectedFailure.map { [.code($0.lines, info: "text")] } ?? [])
    switch cell.options.output {
    case .shown, .markdown: fragments += shown
    case .hidden: break
    case .predicted(let question):
      fragments.append(
        .html(
          HTML.opening("details")
            + HTML.tag(
              "summary", [:], .text(linked(filled(question) { $0 }).root.plainText)
            ).rendered
            + "\n"))
      fragments += shown + [.html(HTML.closing("details"))]
    }
    let caption = cell.options.caption.map {
      linked(filled($0) { $0.markdownEscaped }).render(.markdown).trimmingLineEnd
    }
    let line = [label.map { "**\($0)**" }, caption].compactMap(\.self)
    if !line.isEmpty { fragments.append(.markdown(line.joined(separator: " "))) }
    return fragments
  }

  var images: [String: [UInt8]] {
    var images: [String: [UInt8]] = [:]
    for (place, output) in outputs.enumerated() {
      if case .svg(let svg) = output { images[path(place)] = Array(SVGFile(svg).text.utf8) }
    }
    return images
  }

  private var outputs: [CellOutput] { (result?.outputs ?? []).joiningConsole }

  private var alternativeText: String? {
    cell.options.alternativeText.map { TitleText(filled($0) { $0 }).plain() }
  }

  private func path(_ place: Int) -> String { "images/\(slug)-\(cell.id.index)-\(place).svg" }

  private func fragment(_ place: Int, _ output: CellOutput) -> MarkdownFragment? {
    switch output {
    case .console(let text) where cell.options.output == .markdown:
      .markdown(printed(TerminalText(text).plain))
    case .console(let text), .text(let text):
      .code(TerminalText(text).plain.lines, info: "text")
    case .markdown(let text): .markdown(printed(text))
    case .html(let html):
      MarkupTable(html).map { .markdown($0.markdown) } ?? .html(html)
    case .svg(let svg):
      .markdown(
        "![\((alternativeText ?? SVGFile(svg).title).markdownEscaped)]"
          + "(\(siteAddress(path(place))))")
    case .control, .check: nil
    }
  }
}

extension String {
  /// Ends with exactly one line end.
  var lines: String { trimmingLineEnd + "\n" }

  var markdownEscaped: String {
    reduce(into: "") { text, character in
      if "\\`*_[]#$".contains(character) || character == Character(HTML.openingBracketText) {
        text += "\\"
      }
      text.append(character == "\n" ? " " : character)
    }
  }
}
