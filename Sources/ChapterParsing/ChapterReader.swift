import BookModel
import Markdown

/// Walks the tree of a chapter, or of a stretch of one, and takes out what has a meaning beyond Markdown.
struct ChapterReader {
  let source: SourceText
  let document: MarkdownDocument
  /// Line of the file on which the document begins.
  let firstLine: Int
  var cells: [Cell] = []
  var inlineValues: [InlineValue] = []
  /// Their anchors are not made yet: they depend on the headings before.
  private var headings: [Heading] = []
  private var slugs: [String] = []
  var names = ReadNames()
  var lineNotes: [LineNotes] = []
  /// Where cells begin that are parts of a figure.
  var partLines: Set<Int> = []
  /// Offset up to which dollars that open nothing are told.
  var explainedDollars = 0
  /// The same of TeX's own delimiters.
  var explainedTeX = 0
  /// By what was looked for: where it stands first, seen from any place of a range. Each is found once.
  var nextTeX: [[UInt8]: (range: Range<Int>, place: Int?)] = [:]
  private let hasTeXDelimiters: Bool
  /// The block that was looked through last.
  private var searched: (block: MarkdownNode, hasBackslash: Bool)?
  /// Lines that stand in the words of messages, by the messages' places among all.
  private var namedLines: [Int: Int] = [:]
  /// Whether what was read depends on files beside the chapter.
  var asksForFiles = false
  /// Nil where fences show no files.
  var pieces: ShownPieces?

  init(
    source: SourceText, document: MarkdownDocument, firstLine: Int, files: IncludedFiles? = nil
  ) {
    pieces = files.map { ShownPieces($0) }
    self.source = source
    self.document = document
    self.firstLine = firstLine
    hasTeXDelimiters = document.text.contains(UInt8(ascii: "\\"))
  }

  /// - Parameter end: line of the document on which something else begins.
  /// - Returns: nil where quotes, lists or marks stand in each other deeper than anybody reads: no later
  ///   stage has to bear it.
  mutating func read(upTo end: Int? = nil, _ problems: inout Problems) -> ReadText? {
    var nodes = document.nodes
    while let node = nodes.next() {
      if let end, nodes.depth == 1, let range = node.range, range.start.line >= end { break }
      if nodes.depth > Self.deepest {
        problems.add(
          .nestedTooDeep, at: range(ofBlockAround: node),
          "text is nested deeper than \(Self.deepest) levels of quotes, lists and marks")
        return nil
      }
      switch node.kind {
      case .codeBlock(let block) where block.isFenced: readFence(node, block, &problems)
      case .codeBlock(let block): checkFences(inIndented: block.code, node, &problems)
      case .htmlBlock(let html): checkFences(inHTML: html, node, &problems)
      case .formulaBlock(let block): readFormula(node, block, &problems)
      case .heading(let level): readHeading(node, level, &problems)
      case .code(let code): readCode(node, code, &problems)
      case .paragraph:
        checkFenceLookalikes(node, &problems)
        checkForeignLines(node, &problems)
        checkTableCaption(node, &problems)
      case .blockQuote: checkAlert(node, &problems)
      case .tableRow: checkRow(node, &problems)
      case .text(let text): checkText(node, text, &problems)
      case .strikethrough: checkStrikethrough(node, &problems)
      default: break
      }
    }
    checkFigureCells(&problems)
    return ReadText(
      cells: cells, inlineValues: inlineValues, headings: headings, slugs: slugs,
      names: names.all, problems: problems.found, namedLines: namedLines,
      inclusions: problems.inclusions, lineNotes: lineNotes, asksForFiles: asksForFiles)
  }

  private static let deepest = 100

  private mutating func checkText(
    _ node: MarkdownNode, _ text: String, _ problems: inout Problems
  ) {
    if text.contains("[^") { checkFootnotes(node, &problems) }
    if text.utf8.contains(UInt8(ascii: "$")) { checkDollars(node, &problems) }
    if hasTeXDelimiters, mayHoldBackslash(node) { checkTeXDelimiters(node, &problems) }
    checkForeignMarks(node, text, &problems)
  }

  /// Where inline nodes stand is found block by block, which takes long; most blocks have no backslash.
  private mutating func mayHoldBackslash(_ node: MarkdownNode) -> Bool {
    let block = blockAround(node)
    if let searched, searched.block == block { return searched.hasBackslash }
    guard let range = block.range else { return true }
    let found = (range.start.line...max(range.start.line, range.end.line)).contains { line in
      document.text[document.lines.range(ofLine: line)].contains(UInt8(ascii: "\\"))
    }
    searched = (block, found)
    return found
  }

  func blockAround(_ node: MarkdownNode) -> MarkdownNode {
    var node = node
    while !node.isBlock, let parent = node.parent { node = parent }
    return node
  }

  /// Bytes of the document that a node was read from.
  func offsets(of node: MarkdownNode) -> Range<Int>? {
    guard let range = node.range else { return nil }
    let start = document.lines.offset(of: range.start)
    return start..<max(start, document.lines.offset(of: range.end))
  }

  func string(_ offsets: Range<Int>) -> String {
    String(decoding: document.text[offsets], as: UTF8.self)
  }

  /// Bytes of the document as a range of the file.
  func place(_ offsets: Range<Int>) -> SourceRange {
    source.range(
      position(document.lines.position(of: offsets.lowerBound)),
      position(document.lines.position(of: offsets.upperBound)))
  }

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
        .fenceNeverClosed, at: fence.opening,
        "fence '\(fence.marks)' is never closed; write '\(fence.marks)' on a line of its own")
      return
    }
    switch FenceLanguage(fence.info) {
    case .swift(let words):
      var parser = CellOptionsParser(source: source, infoRange: fence.infoRange)
      var body = CellBody(fence, code: block.code, source)
      if let line = body.openingOfAnotherCell(fence) {
        namedLines[problems.found.count] = line
        problems.add(
          .fenceNeverClosed, at: fence.opening,
          "fence '\(fence.marks)' is not closed before the next cell (line \(line)); write "
            + "'\(fence.marks)' on a line of its own after the code")
        return
      }
      parser.readInfo(words, base: fence.infoRange.start.column, &problems)
      body.takeOptionLines(into: &parser, &problems)
      if let from = parser.value(of: .from),
        let shown = inclusion(from, of: fence, hasCode: !body.isEmpty, &problems)
      {
        body.show(shown)
      }
      let marks = body.takeLineMarks(isSwift: true)
      let (code, lines) = body.text
      let options = parser.options(&problems)
      readTexts(of: options, &problems)
      readLineNotes(
        marks, of: fence, node, isShown: options.source != .hidden, &problems)
      var cell = Cell(
        id: Cell.ID(cells.count), code: code, lines: lines, options: options, range: range,
        infoRange: fence.infoRange, foldedLines: body.foldedLines(&problems))
      if let excess = CodeNesting(code).excess {
        let place = cell.position(ofByte: excess.offset)
        problems.add(.codeNesting, at: source.range(place, place), excess.summary)
      }
      for hidden in HiddenCharacter.all(in: code).prefix(Diagnostic.mostOfAFile) {
        let place = cell.position(ofByte: hidden.offset)
        problems.add(
          .hiddenCharacter, severity: .warning, at: source.range(place, place), hidden.summary)
      }
      cell.expectedOutput = expectedOutput(after: node, options, &problems)
      cells.append(cell)
    case .output:
      if !isExpectedOutput(node) {
        problems.add(
          .outputWithoutCell, at: fence.infoRange,
          "fence 'output' must follow a cell at once; it holds what that cell prints")
      } else if let words = OutputWords(fence, source) {
        problems.add(.outputWords, at: words.range, words.message)
      }
    case .mistaken(let message):
      problems.add(.fenceLanguage, at: fence.infoRange, message)
    case .nearly(let word):
      problems.add(
        .fenceLanguage, severity: .warning, at: fence.infoRange,
        "fence language '\(word)' is shown, not run; did you mean 'swift'?")
    case .diagram(let word):
      problems.add(
        .fenceLanguage, severity: .warning, at: fence.infoRange,
        "fence '\(word)' is shown as text, not drawn; a picture is a file, "
          + "'![what it shows](file.svg)', or what a cell shows")
    case .other:
      readOther(fence, node, block, &problems)
    }
  }

  /// A fence that is shown and nothing else.
  private mutating func readOther(
    _ fence: Fence, _ node: MarkdownNode, _ block: CodeBlock, _ problems: inout Problems
  ) {
    var shown: Inclusion?
    if let from = fence.from(source, &problems) {
      shown = inclusion(from, of: fence, hasCode: !block.code.isEmpty, &problems)
    }
    guard LineMark.mayStand(in: block.language),
      (shown?.text ?? block.code).utf8.contains(UInt8(ascii: "<"))
    else { return }
    var body = CellBody(fence, code: block.code, source)
    if let shown { body.show(shown) }
    readLineNotes(body.takeLineMarks(isSwift: false), of: fence, node, &problems)
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
    switch options.execution {
    case .run, .solution: break
    case .compileOnly, .ignored, .mustNotCompile, .mustStop, .starter, .checks:
      problems.add(
        .outputOfNothing, at: range,
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
        .formulaNeverClosed, at: opening,
        "formula '$$' is never closed; write '$$' before the next blank line")
    } else if !block.tail.isEmpty {
      problems.add(
        .formulaTail, at: opening,
        "text '\(block.tail)' after '$$' has no meaning; only a name such as '{#eq-loss}' has")
    }
    checkValues(in: block, range, &problems)
    if let label = block.label {
      if let tag = block.tex.ranges(of: "\\tag").first {
        let place = self.place(of: block.tex[tag], in: range) ?? opening
        problems.add(
          .formulaTag, at: place,
          "'\\tag' stands in a formula that '{#\(label)}' numbers; leave one of them out")
      }
      names.add(Located(label, at: opening), of: .equation, problems)
    }
  }

  /// The first place of a text in some lines of the file.
  func place(of text: Substring, in range: SourceRange) -> SourceRange? {
    for number in range.start.line...range.end.line {
      let line = source.text(ofLine: number)
      guard let found = line.ranges(of: text).first else { continue }
      let start = line[..<found.lowerBound].utf8.count
      return source.range(line: number, start..<start + text.utf8.count)
    }
    return nil
  }

  private mutating func readHeading(_ node: MarkdownNode, _ level: Int, _ problems: inout Problems)
  {
    guard let range = range(of: node) else { return }
    var text = node.plainText
    var name: Located<String>?
    if let attributes = HeadingAttributes(of: node) {
      text = String(text.dropLast(attributes.text.count))
      name = self.name(in: attributes, of: text, range, &problems)
    }
    headings.append(
      Heading(
        level: level, text: text, markdown: words(of: node) ?? text,
        anchor: "", name: name, range: range))
    slugs.append(AnchorMaker.slug(text))
  }

  /// What the author wrote between the marks of a heading.
  private func words(of heading: MarkdownNode) -> String? {
    guard let first = heading.firstChild.flatMap(offsets),
      let last = heading.lastChild.flatMap(offsets)
    else { return nil }
    var text = string(first.lowerBound..<max(first.lowerBound, last.upperBound))
    if let attributes = HeadingAttributes(of: heading), text.hasSuffix(attributes.text) {
      text.removeLast(attributes.text.count)
    }
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// The name that braces after a heading give it.
  private mutating func name(
    in attributes: HeadingAttributes, of text: String, _ heading: SourceRange,
    _ problems: inout Problems
  ) -> Located<String>? {
    let braces = attributes.text.drop { $0 == " " }
    let place = place(of: braces, in: heading) ?? heading
    guard let name = attributes.name else {
      problems.add(
        .headingAttributes, at: place,
        "'\(braces)' after a heading has no meaning; only a name such as '{#sec-\(AnchorMaker.slug(text))}' "
          + "has")
      return nil
    }
    let located = Located(name, at: place)
    names.add(located, of: .section, problems)
    return located
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
        .inlineValueInHeading, at: range,
        "heading holds an inline value; headings are known before cells run")
      return
    }
    inlineValues.append(value)
  }
}
