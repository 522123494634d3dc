/// One Swift file as the Swift language server sees it: the cells of a scope at the chapter's own
/// lines and columns, everything else blank.
struct CellDocument: Sendable, Equatable {
  enum Kind: Hashable, Sendable {
    /// The scope with this number; 0 has the chapter's own address.
    case scope(Int)
    /// A cell that must not compile, by its fence line, after those before it.
    case failing(fenceLine: Int)
  }

  var kind: Kind
  /// Its text has these, each at its own lines.
  private var cells: [ChapterScan.Cell]
  private var inlines: [ChapterScan.Inline]
  /// Where its lines stand.
  var lines: DocumentLines

  /// Whether it answers for a line of the chapter.
  func holds(_ line: Int) -> Bool {
    switch kind {
    case .scope: shows(line)
    // What stands before the cell is the scope's own to answer for.
    case .failing: cells.last?.codeLines.contains(line) == true
    }
  }

  /// Whether a line of the chapter stands in it.
  func shows(_ line: Int) -> Bool {
    cells.contains { $0.codeLines.contains(line) } || inlines.contains { $0.line == line }
  }

  /// Whether its text depends on what stands on some lines of the chapter.
  func shows(anyOf lines: Range<Int>) -> Bool {
    cells.contains {
      $0.fenceLine < lines.upperBound && lines.lowerBound <= $0.codeLines.upperBound
    }
      || inlines.contains { lines.contains($0.line) }
  }

  /// All of a chapter, scopes first.
  /// - Parameter shown: by its cells, in their order.
  static func all(of scan: ChapterScan, shown: [ShownLines] = []) -> [CellDocument] {
    let scopes = scopes(of: scan)
    func lines(of cells: [ChapterScan.Cell]) -> DocumentLines {
      if shown.isEmpty { return DocumentLines(shown: []) }
      let fences = Set(cells.map(\.fenceLine))
      return DocumentLines(shown: shown.filter { fences.contains($0.fenceLine) })
    }
    let shared = scopes.enumerated().map { number, scope in
      let cells = scope.cells.filter { !$0.mustFail }
      return CellDocument(
        kind: .scope(number), cells: cells, inlines: scope.inlines, lines: lines(of: cells))
    }
    let failing = scopes.flatMap { scope in
      scope.cells.filter(\.mustFail).map { cell in
        let before = scope.cells.filter { !$0.mustFail && $0.fenceLine < cell.fenceLine }
        return CellDocument(
          kind: .failing(fenceLine: cell.fenceLine), cells: before + [cell], inlines: [],
          lines: lines(of: before + [cell]))
      }
    }
    return shared + failing
  }

  private struct Scope {
    var cells: [ChapterScan.Cell] = []
    var inlines: [ChapterScan.Inline] = []
  }

  private static func scopes(of scan: ChapterScan) -> [Scope] {
    var scopes = [Scope()]
    var inlines = scan.inlines[...]
    for cell in scan.cells {
      while let inline = inlines.first, inline.line < cell.fenceLine {
        scopes[scopes.count - 1].inlines.append(inlines.removeFirst())
      }
      if cell.isIgnored { continue }
      if cell.resets, !scopes[scopes.count - 1].cells.isEmpty { scopes.append(Scope()) }
      scopes[scopes.count - 1].cells.append(cell)
    }
    scopes[scopes.count - 1].inlines += inlines
    return scopes
  }

  static let imports = "import NeuralNet; import Notebook"

  /// - Parameter text: that of the chapter, of which it is made.
  func text(of text: EditedText) -> String {
    var lines: [Int: String] = [:]
    let shown = Dictionary(
      self.lines.shown.map { ($0.fenceLine, $0.texts) }, uniquingKeysWith: { first, _ in first })
    for (place, cell) in cells.enumerated() {
      for number in cell.codeLines {
        lines[number] = Self.blanked(text.line(number), prefix: cell.prefix)
      }
      // Names that end with the cell do not clash with those of others.
      let texts = shown[cell.fenceLine] ?? []
      if cell.isGuarded, cell.isClosed, !cell.codeLines.isEmpty || !texts.isEmpty,
        !cell.codeLines.contains(where: { Self.needsTopLevel(lines[$0] ?? "") }),
        !texts.contains(where: Self.needsTopLevel)
      {
        lines[cell.fenceLine] = "do {"
        // Checks see the names of what they check.
        let next = cells.dropFirst(place + 1).first { cell.isChecked && $0.isChecks && $0.isClosed }
        let follows = next == cells.dropFirst(place + 1).first
        lines[(follows ? next : nil)?.codeLines.upperBound ?? cell.codeLines.upperBound] = "}"
      }
    }
    for inline in inlines {
      let line = text.line(inline.line)
      let code = line.dropFirst(inline.expression.lowerBound).prefix(inline.expression.count)
      let column = line.units(before: inline.expression.lowerBound)
      var so = lines[inline.line] ?? ""
      // The marks before the expression leave room for nine characters.
      so += String(repeating: " ", count: max(0, column - 4 - so.utf16.count)) + "_ = "
      so += String(decoding: code, as: UTF8.self) + ";"
      lines[inline.line] = so
    }
    var result = lines[0].map { Self.imports + "; " + $0 } ?? Self.imports
    for text in shown[0] ?? [] { result += "\n" + text }
    var last = 0
    for number in Set(lines.keys).union(shown.keys).sorted() where number > 0 {
      result += String(repeating: "\n", count: number - last) + (lines[number] ?? "")
      for text in shown[number] ?? [] { result += "\n" + text }
      last = number
    }
    result += String(repeating: "\n", count: max(2, text.lineCount) - 1 - last)
    // Sourcekit-lsp stops at a completion at the very end of a text.
    return result + "\n"
  }

  private static func blanked(_ line: ArraySlice<UInt8>, prefix: Int) -> String {
    let marks = line.countOfMarks(upTo: prefix)
    return String(repeating: " ", count: marks)
      + String(decoding: line.dropFirst(marks), as: UTF8.self)
  }

  private static func needsTopLevel(_ line: String) -> Bool {
    let words = line.split(separator: " ", maxSplits: 1)
    return ["import", "extension", "operator", "precedencegroup", "prefix", "infix", "postfix"]
      .contains(words.first.map(String.init) ?? "")
  }
}

extension ChapterScan.Cell {
  /// Its own code, the marks around it left out.
  func code(in text: EditedText) -> String {
    codeLines.map { number in
      let line = text.line(number)
      return String(decoding: line.dropFirst(line.countOfMarks(upTo: prefix)), as: UTF8.self)
    }.joined(separator: "\n")
  }

  /// What stands before the code: marks of quotes, indentation of lists. Lines may have less of it.
  func marks(in text: EditedText) -> String {
    let longest = codeLines.map { text.line($0) }
      .map { $0.prefix($0.countOfMarks(upTo: prefix)) }.max { $0.count < $1.count }
    return String(decoding: longest ?? [], as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  fileprivate func countOfMarks(upTo most: Int) -> Int {
    prefix(most).prefix { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }.count
  }
}
