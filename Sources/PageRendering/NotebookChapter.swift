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

  private var cells: [NotebookFile.Cell] {
    let lines = NotebookTerms(index: index, chapter: chapter).markdown.split(
      separator: "\n", omittingEmptySubsequences: false)
    var cells = [frontMatter].compactMap(\.self)
    var next = 0
    var count = 0
    let parts = partLines
    for cell in chapter.cells {
      let start = cell.range.start.line - chapter.firstLine
      let end = cell.lastLine - chapter.firstLine
      let isPart = parts.contains(cell.range.start.line)
      let code = { (line: Substring) in isPart ? Self.unquoted(line) : line }
      // Cells in lists, quotes and footnotes are part of them, as code that only is shown is of the text.
      // A notebook shows figures where cells are, and so parts of a figure are cells.
      guard isPart || cell.range.start.column == 1, !cell.isIgnored, start >= next,
        end < lines.count, end > start, "`~".contains(code(lines[start]).first ?? " ")
      else { continue }
      if let text = text(lines[next..<start]) { cells.append(text) }
      if cell.hasResult { count += 1 }
      var made = self.code(
        cell, info: code(lines[start]), lines: lines[(start + 1)..<end].map(code)[...],
        count: cell.hasResult ? count : nil)
      if isPart {
        let goesOn = end + 1 < lines.count && lines[end + 1].first == ">"
        made.metadata.nnbook = (made.metadata.nnbook ?? [:])
          .merging(["quote": goesOn ? "inside" : "end"]) { old, _ in old }
      }
      cells.append(made)
      next = end + 1
    }
    if let text = text(lines[next...]) { cells.append(text) }
    return cells
  }

  /// Lines of the chapter on which cells begin that are parts of a figure.
  private var partLines: Set<Int> {
    let document = MarkdownDocument(parsing: chapter.markdown)
    let groups = document.root.children.compactMap(FigureGroup.init)
    return Set(groups.flatMap(\.parts).compactMap { chapter.range(of: $0)?.start.line })
  }

  /// Without the mark of the quote that it stands in.
  private static func unquoted(_ line: Substring) -> Substring {
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
