import BookModel

/// One Swift program for a scope: every cell under `#sourceLocation`, its text unchanged, between
/// the hooks that mark where its output begins and ends.
struct CellProgram {
  private(set) var text = ""
  /// Where the author's lines went.
  private(set) var map: ProgramMap

  /// The program of a whole scope, or of the cells before `failing` with it as the last.
  init(_ scope: Scope, failing: Cell? = nil) {
    map = ProgramMap(chapter: scope.chapter)
    text = """
      import NeuralNet
      import Notebook
      _nnbookStart()

      """
    var inlines = scope.inlineValues[...]
    while let value = inlines.first, value.after.map({ $0 < scope.firstCell }) ?? true {
      append(inlines.removeFirst())
    }
    let cells = scope.compiledCells.filter { cell in failing.map { cell.id < $0.id } ?? true }
    for (position, cell) in cells.enumerated() {
      append(cell)
      let next = position + 1 < cells.count ? cells[position + 1].id : nil
      while let value = inlines.first, let after = value.after, next.map({ after < $0 }) ?? true {
        if failing != nil, after >= failing!.id { break }
        append(inlines.removeFirst())
      }
    }
    if let failing { append(plain: failing, CellSyntax(failing.code)) }
  }

  private mutating func append(_ cell: Cell) {
    let syntax = CellSyntax(cell.code)
    switch cell.options.execution {
    case .run:
      text += "_nnbookBegin(\(cell.id.index))\n"
      append(plain: cell, syntax)
      text += "_nnbookEnd(\(cell.id.index))\n"
    case .compileOnly, .mustStop:
      append(guarded: cell, syntax)
    case .ignored, .mustNotCompile:
      break
    }
  }

  /// The cell at the top of the file.
  private mutating func append(plain cell: Cell, _ syntax: CellSyntax) {
    let code = Array(cell.code.utf8)
    guard let shown = syntax.trailingExpression else { return append(code[...], of: cell) }
    append(code[..<shown.lowerBound], of: cell)
    append(shown: code[shown], at: shown.lowerBound, of: cell)
    // What is left is a comment, or a semicolon.
    append(rest: code[shown.upperBound...])
  }

  /// The cell inside braces: in a child process when it must stop, never when it only has to
  /// compile. Names that it declares end with it.
  private mutating func append(guarded cell: Cell, _ syntax: CellSyntax) {
    let code = Array(cell.code.utf8)
    for range in syntax.topLevelOnly { append(code[range], of: cell) }
    var remaining = code
    for range in syntax.topLevelOnly {
      for index in range where remaining[index] != newline { remaining[index] = space }
    }
    let index = cell.id.index
    if case .mustStop = cell.options.execution {
      text += "if _nnbookEntersChild(\(index)) {\n"
    } else {
      text += "if _nnbookNever() {\n"
    }
    if let shown = syntax.trailingExpression {
      append(remaining[..<shown.lowerBound], of: cell)
      append(shown: remaining[shown], at: shown.lowerBound, of: cell)
      append(rest: remaining[shown.upperBound...])
    } else {
      append(remaining[...], of: cell)
    }
    if case .mustStop = cell.options.execution { text += "_nnbookLeavesChild(\(index))\n" }
    text += "}\n"
  }

  /// A stretch of a cell that begins anywhere in a line.
  private mutating func append(_ bytes: ArraySlice<UInt8>, of cell: Cell) {
    guard bytes.contains(where: { $0 != space && $0 != newline }) else { return }
    let before = Array(cell.code.utf8)[..<bytes.startIndex]
    let first = before.count { $0 == newline }
    let column = bytes.startIndex - (before.lastIndex(of: newline).map { $0 + 1 } ?? 0)
    text += location(cell.lines[first].line)
    text += String(repeating: " ", count: column)
    text += String(decoding: bytes, as: UTF8.self)
    if bytes.last != newline { text += "\n" }
  }

  /// `_nnbookShow(` stands on the line before the expression's own, so that the expression keeps
  /// its columns: a directive may not stand between parentheses.
  private mutating func append(shown bytes: ArraySlice<UInt8>, at offset: Int, of cell: Cell) {
    let before = Array(cell.code.utf8)[..<offset]
    let line = cell.lines[before.count { $0 == newline }].line
    let column = offset - (before.lastIndex(of: newline).map { $0 + 1 } ?? 0)
    map.shown.append(SourcePosition(line: line, column: column + 1))
    text += location(line - 1) + "_nnbookShow(\n" + String(repeating: " ", count: column)
    text += String(decoding: bytes, as: UTF8.self) + "\n)\n"
  }

  private mutating func append(rest bytes: ArraySlice<UInt8>) {
    let rest = bytes.drop { $0 == space || $0 == UInt8(ascii: ";") }
    if rest.contains(where: { $0 != newline && $0 != space }) {
      text += String(decoding: rest, as: UTF8.self) + "\n"
    }
  }

  private mutating func append(_ value: InlineValue) {
    let start = value.expressionRange.start
    map.shown.append(start)
    text += location(max(1, start.line - 1)) + "_nnbookInline(\(value.id.index),\n"
    text += String(repeating: " ", count: start.column - 1) + value.expression
    text += "\n, \(value.format.program))\n"
  }

  private func location(_ line: Int) -> String {
    "#sourceLocation(file: \(quoted(map.chapter.path)), line: \(line))\n"
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
