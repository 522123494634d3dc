import BookModel
import Markdown

/// Walks a chapter's tree and takes out what has a meaning beyond Markdown.
struct ChapterReader {
  let source: SourceText
  let document: MarkdownDocument
  /// Line of the file on which the document begins.
  let firstLine: Int
  var cells: [Cell] = []
  var inlineValues: [InlineValue] = []
  var headings: [Heading] = []
  private var anchors = AnchorMaker()
  private var names = NameTable()

  init(source: SourceText, document: MarkdownDocument, firstLine: Int) {
    self.source = source
    self.document = document
    self.firstLine = firstLine
  }

  /// - Returns: false where quotes, lists or marks stand in each other deeper than anybody reads:
  ///   no later stage has to bear it.
  mutating func read(_ problems: inout Problems) -> Bool {
    var nodes = document.nodes
    while let node = nodes.next() {
      if nodes.depth > Self.deepest {
        problems.add(
          "nested-too-deep", at: range(ofBlockAround: node),
          "text is nested deeper than \(Self.deepest) levels of quotes, lists and marks")
        return false
      }
      switch node.kind {
      case .codeBlock(let block) where block.isFenced: readFence(node, block, &problems)
      case .formulaBlock(let block): readFormula(node, block, &problems)
      case .heading(let level): readHeading(node, level)
      case .code(let code): readCode(node, code, &problems)
      case .paragraph: checkFenceLookalikes(node, &problems)
      case .blockQuote: checkAlert(node, &problems)
      case .text(let text) where text.contains("[^"): checkFootnotes(node, &problems)
      default: break
      }
    }
    // Footnotes stand at the end of the tree, wherever the author wrote them.
    cells.sort { $0.range.start < $1.range.start }
    for index in cells.indices { cells[index].id = Cell.ID(index) }
    inlineValues.sort { $0.range.start < $1.range.start }
    for index in inlineValues.indices {
      inlineValues[index].id = InlineValue.ID(index)
      inlineValues[index].after =
        cells.last { $0.range.start < inlineValues[index].range.start }?.id
    }
    names.check(cells: cells, headings: headings, &problems)
    return true
  }

  private static let deepest = 100

  private func range(ofBlockAround node: MarkdownNode) -> SourceRange {
    var node = node
    while let parent = node.parent, parent.parent != nil { node = parent }
    let start = range(of: node)?.start ?? SourcePosition(line: firstLine)
    return source.range(start, start)
  }

  /// A range of the document as a range of the file.
  func range(of node: MarkdownNode) -> SourceRange? {
    node.range.map { source.range(position($0.start), position($0.end)) }
  }

  private func position(_ position: MarkdownPosition) -> SourcePosition {
    SourcePosition(line: position.line + firstLine - 1, column: position.column)
  }

  private mutating func readFence(
    _ node: MarkdownNode, _ block: CodeBlock, _ problems: inout Problems
  ) {
    guard let range = range(of: node), let fence = Fence(range, source) else { return }
    guard fence.isClosed, !isBeginOfAnother(line: range.end.line, after: node) else {
      problems.add(
        "fence-never-closed", at: fence.opening,
        "fence '\(fence.marks)' is never closed; write '\(fence.marks)' on a line of its own")
      return
    }
    switch FenceLanguage(fence.info) {
    case .swift(let words):
      var parser = CellOptionsParser(source: source, infoRange: fence.infoRange)
      var body = CellBody(fence, code: block.code, source)
      if let line = body.openingOfAnotherCell(fence) {
        problems.add(
          "fence-never-closed", at: fence.opening,
          "fence '\(fence.marks)' is not closed before the next cell (line \(line)); write "
            + "'\(fence.marks)' on a line of its own after the code")
        return
      }
      parser.readInfo(words, base: fence.infoRange.start.column, &problems)
      body.takeOptionLines(into: &parser, &problems)
      let (code, lines) = body.text
      let options = parser.options(&problems)
      readTexts(of: options, &problems)
      var cell = Cell(
        id: Cell.ID(cells.count), code: code, lines: lines, options: options, range: range,
        infoRange: fence.infoRange, foldedLines: body.foldedLines(&problems))
      cell.expectedOutput = expectedOutput(after: node, options, &problems)
      cells.append(cell)
    case .output:
      if !isExpectedOutput(node) {
        problems.add(
          "output-without-cell", at: fence.infoRange,
          "fence 'output' must follow a cell at once; it holds what that cell prints")
      } else if let words = OutputWords(fence, source) {
        problems.add("output-words", at: words.range, words.message)
      }
    case .mistaken(let message):
      problems.add("fence-language", at: fence.infoRange, message)
    case .nearly(let word):
      problems.add(
        "fence-language", severity: .warning, at: fence.infoRange,
        "fence language '\(word)' is shown, not run; did you mean 'swift'?")
    case .other: break
    }
  }

  /// A quote or list may end before its fence does; cmark then gives the fence the line that ended
  /// it, which can look like a closing line.
  private func isBeginOfAnother(line: Int, after node: MarkdownNode) -> Bool {
    var node = node
    while node.next == nil, let parent = node.parent { node = parent }
    guard let next = node.next, let range = range(of: next) else { return false }
    return range.start.line == line
  }

  /// Whether the node before a fence is a cell.
  private func isExpectedOutput(_ node: MarkdownNode) -> Bool {
    guard let before = node.previous, case .codeBlock(let block) = before.kind, block.isFenced
    else { return false }
    return block.language == "swift"
  }

  private func expectedOutput(
    after node: MarkdownNode, _ options: CellOptions, _ problems: inout Problems
  ) -> Cell.ExpectedOutput? {
    guard let next = node.next, case .codeBlock(let block) = next.kind, block.isFenced,
      block.language == "output", let range = range(of: next)
    else { return nil }
    guard case .run = options.execution else {
      problems.add(
        "output-of-nothing", at: range,
        "expected output belongs to a cell that runs; the cell before it does not")
      return nil
    }
    return Cell.ExpectedOutput(text: block.code, range: range)
  }

  private mutating func readFormula(
    _ node: MarkdownNode, _ block: FormulaBlock, _ problems: inout Problems
  ) {
    guard let range = range(of: node) else { return }
    let opening = SourceRange(
      file: source.path, start: range.start,
      end: SourcePosition(line: range.start.line, column: range.start.column + 2))
    if !block.isClosed {
      problems.add(
        "formula-never-closed", at: opening,
        "formula '$$' is never closed; write '$$' before the next blank line")
    } else if !block.tail.isEmpty {
      problems.add(
        "formula-tail", at: opening,
        "text '\(block.tail)' after '$$' has no meaning; only a name such as '{#eq-loss}' has")
    }
    if let label = block.label {
      names.add(Located(label, at: opening), of: .equation, &problems)
    }
  }

  private mutating func readHeading(_ node: MarkdownNode, _ level: Int) {
    guard let range = range(of: node) else { return }
    let text = node.plainText
    headings.append(
      Heading(level: level, text: text, anchor: anchors.anchor(for: text), range: range))
  }

  private mutating func readCode(_ node: MarkdownNode, _ code: String, _ problems: inout Problems) {
    guard code.hasPrefix("{"), let range = range(of: node) else { return }
    guard let value = InlineValue(code: code, range: range, source: source, &problems) else {
      return
    }
    var parent = node.parent
    while let current = parent, !current.isBlock { parent = current.parent }
    if case .heading? = parent?.kind {
      problems.add(
        "inline-value-in-heading", at: range,
        "heading holds an inline value; headings are known before cells run")
      return
    }
    inlineValues.append(value)
  }
}
