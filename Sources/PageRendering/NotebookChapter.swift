import BookModel
import Markdown

/// A chapter as a Jupyter notebook, for `--format ipynb`: what its author wrote, cell by cell, with the
/// results that the build has. What a notebook has no place for is in the cells' metadata, so that
/// `nnbook import` gives the chapter back.
struct NotebookChapter {
  var index: BookIndex
  var chapter: Chapter
  var result: ChapterResult?

  var bytes: [UInt8] {
    NotebookFile(cells: numbered(cells)).bytes
  }

  /// A cell of the chapter that is one of the notebook, by its lines in the text, from 0.
  private struct OwnCell {
    var cell: Cell
    var start: Int
    var end: Int
    var part: FigureParts.Part?
    var isPart: Bool { part != nil }

    /// The line in the author's file, as it stands in the notebook.
    func code(_ line: Substring) -> Substring { isPart ? NotebookChapter.unquoted(line) : line }
  }

  private var cells: [NotebookFile.Cell] {
    let document = MarkdownDocument(parsing: chapter.markdown)
    let own = ownCells(in: document)
    let marks = NotebookMarks(
      index: index, chapter: chapter, result: result, document: document)
    let pieces =
      NotebookTerms(index: index, chapter: chapter).pieces(in: document)
      + marks.pieces(cellLines: Set(own.map(\.cell.range.start.line)))
    let lines = document.text(with: pieces).split(
      separator: "\n", omittingEmptySubsequences: false)
    var cells = [frontMatter].compactMap(\.self)
    var next = 0
    var count = 0
    for own in own where own.start >= next && own.end < lines.count {
      let cell = own.cell
      if let text = text(lines[next..<own.start]) { cells.append(text) }
      if let heading = marks.heading(of: cell, part: own.part) {
        cells.append(
          NotebookFile.Cell(
            kind: .markdown, source: [heading], metadata: .init(nnbook: ["made": "heading"])))
      }
      if cell.hasResult { count += 1 }
      var made = self.code(
        cell, info: own.code(lines[own.start]),
        lines: lines[(own.start + 1)..<own.end].map(own.code)[...],
        count: cell.hasResult ? count : nil)
      if own.isPart {
        let goesOn = own.end + 1 < lines.count && lines[own.end + 1].first == ">"
        made.metadata.nnbook = (made.metadata.nnbook ?? [:])
          .merging(["quote": goesOn ? "inside" : "end"]) { old, _ in old }
      }
      cells.append(made)
      next = own.end + 1
    }
    if let text = text(lines[next...]) { cells.append(text) }
    return cells
  }

  /// Cells in lists, quotes and footnotes are part of them, as code that only is shown is of the text.
  /// A notebook shows figures where cells are, and so parts of a figure are cells.
  private func ownCells(in document: MarkdownDocument) -> [OwnCell] {
    let lines = chapter.markdown.split(separator: "\n", omittingEmptySubsequences: false)
    let known = FigureParts(document.knownNodes)
    var parts: [Int: FigureParts.Part] = [:]
    for group in document.root.children.compactMap(FigureGroup.init) {
      for node in group.parts {
        if let line = chapter.range(of: node)?.start.line { parts[line] = known[node] }
      }
    }
    var next = 0
    return chapter.cells.compactMap { cell in
      let part = parts[cell.range.start.line]
      let own = OwnCell(
        cell: cell, start: cell.range.start.line - chapter.firstLine,
        end: cell.lastLine - chapter.firstLine, part: part)
      guard part != nil || cell.range.start.column == 1, !cell.isIgnored, own.start >= next,
        own.end < lines.count, own.end > own.start,
        "`~".contains(own.code(lines[own.start]).first ?? " ")
      else { return nil }
      next = own.end + 1
      return own
    }
  }

  /// Without the mark of the quote that it stands in.
  fileprivate static func unquoted(_ line: Substring) -> Substring {
    guard line.first == ">" else { return line }
    let rest = line.dropFirst()
    return rest.first == " " ? rest.dropFirst() : rest
  }

  /// Names that stay what they are when the cells are looked at one by one.
  private func numbered(_ cells: [NotebookFile.Cell]) -> [NotebookFile.Cell] {
    cells.enumerated().map { place, cell in
      var cell = cell
      cell.id = "cell-\(place + 1)"
      return cell
    }
  }

  /// The title, and in the metadata what else stands above the text.
  private var frontMatter: NotebookFile.Cell? {
    guard chapter.firstLine > 1 else { return nil }
    let matter = chapter.frontMatter
    let quoted = JavaScript.quoted
    let rest = [
      matter.id.map { "id: \($0.value)" }, matter.date.map { "date: \($0)" },
      matter.description.map { "description: \(quoted($0))" },
      matter.isDraft ? "draft: true" : nil, matter.isAppendix ? "appendix: true" : nil,
      matter.movedFrom.isEmpty
        ? nil
        : "moved from: [\(matter.movedFrom.map { quoted($0.value + ".html") }.joined(separator: ", "))]",
      matter.glossary.map(Self.written), Self.written(matter.unlinked),
    ].compactMap(\.self)
    return NotebookFile.Cell(
      kind: .markdown, source: ["# \(matter.titleMarkdown)"],
      metadata: .init(nnbook: ["frontMatter": rest.joined(separator: "\n")]))
  }

  private static func written(_ glossary: GlossarySettings) -> String {
    if glossary.terms.isEmpty { return "glossary: true" }
    let lines = glossary.terms.map { name, spellings in
      let words =
        switch spellings {
        case .unlinked: "unlinked"
        case .also(let others): list(others)
        }
      return "  \(JavaScript.quoted(name.value)): \(words)"
    }
    return (["glossary:"] + lines).joined(separator: "\n")
  }

  private static func written(_ unlinked: UnlinkedTerms) -> String? {
    switch unlinked {
    case .all: "unlinked: all"
    case .these(let names): names.isEmpty ? nil : "unlinked: \(list(names))"
    }
  }

  private static func list(_ words: [Located<String>]) -> String {
    JavaScript.quoted(words.map(\.value).joined(separator: ", "))
  }

  /// Nil for blank lines alone.
  private func text(_ lines: ArraySlice<Substring>) -> NotebookFile.Cell? {
    let isBlank = { (line: Substring) in line.allSatisfy { $0.isWhitespace || $0 == ">" } }
    let lines = withFiles(lines)[...]
    let rest = lines.drop(while: isBlank)
    guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return nil }
    let links = index.chapters.map { "](\($0.slug)." }
    let linked = rest[...last].map { line in
      // A link to a chapter leads to its notebook.
      links.reduce(String(line)) { $0.replacing($1 + "md", with: $1 + "ipynb") }
    }
    return NotebookFile.Cell(kind: .markdown, source: linked)
  }

  private func code(
    _ cell: Cell, info fence: Substring, lines: ArraySlice<Substring>, count: Int?
  ) -> NotebookFile.Cell {
    let inclusion = chapter.inclusion(atFence: cell.range.start.line)
    let written = fence.drop { $0 == "`" || $0 == "~" }.drop { $0 == " " }
    let words = inclusion == nil ? written : Self.withoutFile(written)
    var metadata = NotebookFile.CellMetadata()
    let info = words.split(separator: " ").joined(separator: " ")
    if info != "swift" { metadata.nnbook = ["fence": String(words)] }
    var jupyter: [String: Bool] = [:]
    if cell.options.source != .shown { jupyter["source_hidden"] = true }
    if case .predicted = cell.options.output { jupyter["outputs_hidden"] = true }
    if !jupyter.isEmpty { metadata.jupyter = jupyter }
    if cell.mustStop || cell.mustNotCompile { metadata.tags = ["raises-exception"] }
    let isShown = cell.options.output != .hidden && !cell.isStarter
    return NotebookFile.Cell(
      kind: .code,
      source: lines.filter { inclusion == nil || !Self.isOption($0, of: "from") }.map(String.init)
        + (inclusion?.texts.map(String.init) ?? []),
      metadata: metadata, count: count,
      outputs: isShown ? outputs(of: result?[cell.id], cell) : [])
  }

  private func outputs(of result: CellResult?, _ cell: Cell) -> [NotebookFile.Output] {
    guard let result else { return [] }
    var outputs = result.outputs.joiningConsole.compactMap { output -> NotebookFile.Output? in
      switch output {
      case .console(let text):
        let plain = TerminalText(text).plain
        return cell.options.output == .markdown
          ? .display(["text/markdown": plain]) : .stream(plain)
      case .text(let text): return .display(["text/plain": TerminalText(text).plain])
      case .markdown(let text): return .display(["text/markdown": text, "text/plain": text])
      case .html(let html):
        return .display(["text/html": html, "text/plain": HTMLFragment.text(in: html)])
      case .svg(let svg):
        let file = SVGFile(svg)
        return .display(["image/svg+xml": file.text, "text/plain": file.title])
      case .control, .check: return nil
      }
    }
    if let failure = result.expectedFailure {
      outputs.append(.error(TerminalText(failure).plain))
    }
    return outputs
  }
}

extension MarkdownDocument {
  /// The text with pieces of markup in it; of two that overlap the first one.
  fileprivate func text(with pieces: [NotebookMarks.Piece]) -> String {
    var (result, end) = ([UInt8](), 0)
    // What only goes in between comes before what takes a place.
    let sorted = pieces.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for (range, markup) in sorted where range.lowerBound >= end {
      result += text[end..<range.lowerBound] + Array(markup.utf8)
      end = range.upperBound
    }
    return String(decoding: result + text[end...], as: UTF8.self)
  }
}
