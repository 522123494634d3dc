import BookModel

/// One Swift program for a scope: every cell under `#sourceLocation`, its text unchanged, between
/// the hooks that mark where its output begins and ends.
struct CellProgram {
  private(set) var text = ""
  /// Where the author's lines went.
  private(set) var map: ProgramMap
  /// By what its records are known.
  let keys: RecordKeys
  private var exercises: [Scope.Exercise] = []
  /// Bytes that keep columns as they are.
  static let mostBlanks = 4 << 20
  /// Of the cell that was asked about last.
  private var places: (cell: Cell.ID, lines: CodePlaces)?

  /// The program of a whole scope, or of the cells before `failing` with it as the last.
  init(_ scope: Scope, failing: ParsedCell? = nil, words: RecordKeys.Source = .random) {
    keys = RecordKeys(
      cells: scope.compiledCells.map(\.id.index), inlineValues: scope.inlineValues.map(\.id.index),
      words, of: scope.compiledCells.map(\.code))
    map = ProgramMap(chapter: scope.chapter)
    text = """
      import NeuralNet
      import Notebook
      _nnbookStart()

      """
    var inlines = scope.inlineValues[...]
    while let value = inlines.first, value.after.map({ $0 < scope.firstCell }) ?? true {
      append(inlines.removeFirst().value)
    }
    let cells = scope.compiledCells.filter { cell in failing.map { cell.id < $0.id } ?? true }
    exercises = scope.exercises
    for (position, cell) in cells.enumerated() {
      append(cell)
      let next = position + 1 < cells.count ? cells[position + 1].id : nil
      while let value = inlines.first, let after = value.after, next.map({ after < $0 }) ?? true {
        if let failing, after >= failing.id { break }
        append(inlines.removeFirst().value)
      }
    }
    if let failing { append(plain: failing) }
  }

  /// The head of a module of some cells or inline values, which sees the modules before it.
  init(_ scope: Scope, cells: [Int], inlineValues: [Int], after modules: [CellModule]) {
    keys = RecordKeys(cells: cells, inlineValues: inlineValues)
    map = ProgramMap(chapter: scope.chapter)
    let imports =
      ["import NeuralNet", "import Notebook"] + modules.flatMap(\.imports)
      + modules.map { "@_private(sourceFile: \"\($0.name).swift\") import \($0.name)" }
    text = imports.map { $0 + "\n" }.joined()
  }

  mutating func append(_ cell: ParsedCell) {
    switch cell.options.execution {
    case .run:
      text += "_nnbookBegin(\(cell.id.index), \(keys.arguments(ofCell: cell.id.index)), "
      text += "seconds: \(cell.timeout))\n"
      append(plain: cell)
      text += "_nnbookEnd(\(cell.id.index))\n"
    case .compileOnly, .mustStop:
      append(guarded: cell)
    case .starter:
      append(exerciseOf: cell)
    case .ignored, .mustNotCompile, .solution, .checks:
      break
    }
  }

  /// The cell at the top of the file.
  private mutating func append(plain cell: ParsedCell) {
    let code = Array(cell.code.utf8)
    var start = 0
    // Where an error may leave the program, Swift does not say where it came from.
    for item in cell.facts.items where item.mayThrow {
      append(code[start..<item.range.lowerBound], of: cell.cell)
      text += "#sourceLocation(file: \"nnbook\", line: 1)\n"
      let line = place(ofByte: item.throwsAt ?? item.range.lowerBound, in: cell.cell).line
      text += "_nnbookAt(\(line))\n"
      start = item.range.lowerBound
    }
    guard let shown = cell.syntax.trailingExpression else {
      return append(code[start...], of: cell.cell)
    }
    append(code[start..<max(start, shown.lowerBound)], of: cell.cell)
    append(shown: code[shown], of: cell.cell)
    // What is left is a comment, or a semicolon.
    append(rest: code[shown.upperBound...])
  }

  /// The cell inside braces: in a child process when it must stop, never when it only has to
  /// compile. Names that it declares end with it.
  private mutating func append(guarded cell: ParsedCell) {
    let code = Array(cell.code.utf8)
    for range in cell.syntax.topLevelOnly { append(code[range], of: cell.cell) }
    var remaining = code
    for range in cell.syntax.topLevelOnly {
      for index in range where remaining[index] != newline { remaining[index] = space }
    }
    let index = cell.id.index
    if cell.mustStop {
      text += "if _nnbookEntersChild(\(index), \(keys.arguments(ofCell: index))) {\n"
    } else {
      text += "if _nnbookNever() {\n"
    }
    if let shown = cell.syntax.trailingExpression {
      append(remaining[..<shown.lowerBound], of: cell.cell)
      append(shown: remaining[shown], of: cell.cell)
      append(rest: remaining[shown.upperBound...])
    } else {
      append(remaining[...], of: cell.cell)
    }
    if cell.mustStop { text += "_nnbookLeavesChild(\(index))\n" }
    text += "}\n"
  }

  /// Starter and solution, each with the checks after it, inside braces and in a child process: both
  /// may declare the same names, a starter may stop, and neither changes anything for later cells.
  private mutating func append(exerciseOf starter: ParsedCell) {
    guard let exercise = exercises.first(where: { $0.starter.id == starter.id }) else { return }
    for cell in exercise.answers { append(cell, checkedBy: exercise.checks) }
  }

  mutating func append(_ answer: ParsedCell, checkedBy checks: ParsedCell) {
    let index = answer.id.index
    text += "if _nnbookEntersChild(\(index), \(keys.arguments(ofCell: index))) {\n"
    append(plain: answer)
    text += "_nnbookChecks()\n"
    append(Array(checks.code.utf8)[...], of: checks.cell)
    text += "_nnbookLeavesChild(\(index))\n}\n"
  }

  private mutating func place(ofByte offset: Int, in cell: Cell) -> CodePlace {
    if let places, places.cell == cell.id { return places.lines.place(ofByte: offset) }
    let lines = CodePlaces(Array(cell.code.utf8))
    places = (cell.id, lines)
    return lines.place(ofByte: offset)
  }

  /// A stretch of a cell that begins anywhere in a line.
  private mutating func append(_ bytes: ArraySlice<UInt8>, of cell: Cell) {
    guard bytes.contains(where: { $0 != space && $0 != newline }) else { return }
    let place = place(ofByte: bytes.startIndex, in: cell)
    text += location(cell.lines[place.line].line)
    text += String(repeating: " ", count: place.byte)
    text += String(decoding: bytes, as: UTF8.self)
    if bytes.last != newline { text += "\n" }
  }

  /// `_nnbookShow(` stands on the line before the expression's own, so that the expression keeps
  /// its columns: a directive may not stand between parentheses.
  private mutating func append(shown bytes: ArraySlice<UInt8>, of cell: Cell) {
    let place = place(ofByte: bytes.startIndex, in: cell)
    let line = cell.lines[place.line].line
    map.shown.append(SourcePosition(line: line, column: place.byte + 1))
    text += location(line - 1) + "_nnbookShow(\n" + String(repeating: " ", count: place.byte)
    text += String(decoding: bytes, as: UTF8.self) + "\n)\n"
  }

  private mutating func append(rest bytes: ArraySlice<UInt8>) {
    let rest = bytes.drop { $0 == space || $0 == UInt8(ascii: ";") }
    if rest.contains(where: { $0 != newline && $0 != space }) {
      text += String(decoding: rest, as: UTF8.self) + "\n"
    }
  }

  mutating func append(_ value: InlineValue) {
    let start = value.expressionRange.start
    map.shown.append(start)
    text += location(max(1, start.line - 1)) + "_nnbookInline(\(value.id.index), "
    text += keys.arguments(ofInlineValue: value.id.index) + ",\n"
    text += String(repeating: " ", count: start.column - 1) + value.expression
    text += "\n, \(value.format.program))\n"
  }

  private func location(_ line: Int) -> String {
    "#sourceLocation(file: \(quoted(map.file)), line: \(line))\n"
  }
}

private let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")

extension Scope {
  fileprivate var firstCell: Cell.ID { compiledCells.first?.id ?? Cell.ID(.max) }
}

extension ValueFormat {
  /// As generated code spells it.
  var program: String {
    switch self {
    case .shortest: ".plain"
    case .decimals(let digits, grouped: false): ".fixed(\(digits))"
    case .decimals(let digits, grouped: true): ".grouped(\(digits))"
    case .significant(let digits): ".significant(\(digits))"
    case .scientific(let digits): ".scientific(\(digits))"
    case .percent(let digits): ".percent(\(digits))"
    case .grouped: ".grouped(0)"
    }
  }
}

/// A Swift string literal.
func quoted(_ text: String) -> String {
  var literal = "\""
  for character in text.unicodeScalars {
    switch character {
    case "\"", "\\": literal += "\\" + String(character)
    case _ where character.value < 0x20:
      literal += "\\u{" + String(character.value, radix: 16) + "}"
    default: literal.unicodeScalars.append(character)
    }
  }
  return literal + "\""
}
