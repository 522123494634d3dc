import BookModel

/// One Swift file with a function for each live cell of a chapter.
///
/// Types, extensions and functions that use no variable of a cell stand at the top of the file;
/// the rest of a slice is the body of its function, so that every run starts anew. What stands above
/// the first control runs once: the rest is a closure, which the page runs at every move, from the
/// memory that the first part left.
struct LiveProgram {
  private(set) var text = ""
  private(set) var map: ProgramMap
  /// Of the live cells, in order.
  let entryPoints: [String]

  /// Whether some cell has such a rest.
  private(set) var isSplit = false

  private let isLocated: Bool

  /// - Parameters:
  ///   - isLocated: whether the chapter's lines are named. The program that a module is made of names
  ///     the cell and its own lines, the fence being the first, so that a changed sentence above a
  ///     cell changes no module.
  ///   - baked: functions that give what the build computed.
  ///   - splits: whether what stands above a first control may run once.
  init(
    _ slices: [LiveSlice], chapter: Chapter, isLocated: Bool, baked: String = "",
    splits: Bool = false
  ) {
    map = ProgramMap(chapter: chapter)
    self.isLocated = isLocated
    entryPoints = slices.map { Self.entryPoint($0.live) }
    text = "import NeuralNet\nimport Notebook\n" + baked
    var lifted: [Cell.ID: [Range<Int>]] = [:]
    for slice in slices {
      let local = Self.localNames(of: slice)
      for cell in slice.cells where lifted[cell.id] == nil {
        let ranges = Self.lifted(from: cell, local: local)
        lifted[cell.id] = ranges
        let code = Array(cell.code.utf8)
        for range in ranges { append(code[range], of: cell) }
      }
    }
    for slice in slices {
      let start = splits ? LiveStart(slice, lifted: lifted) : nil
      text +=
        "@_cdecl(\"\(Self.entryPoint(slice.live))\") func _\(Self.entryPoint(slice.live))() {\n"
      for cell in slice.cells { append(cell, without: lifted[cell.id] ?? [], start) }
      for value in slice.values { append(value) }
      text += start == nil ? "}\n" : "}\n}\n"
      isSplit = isSplit || start != nil
    }
    guard isSplit else { return }
    text += """
      private nonisolated(unsafe) var _nnbookRest: (() -> Void)?
      @_cdecl("\(Self.restOfCell)") func _nnbookRunRest() { _nnbookRest?() }

      """
  }

  static func entryPoint(_ cell: ParsedCell) -> String { "nnbook_cell_\(cell.id.index)" }

  /// Runs what a cell that was begun has left.
  static let restOfCell = "nnbook_rest"

  /// Names that exist only while a slice runs: its variables, and functions that use them.
  static func localNames(of slice: LiveSlice) -> Set<String> {
    let items = slice.cells.flatMap(\.facts.items)
    var local = items.reduce(into: Set<String>()) { names, item in
      if item.kind == .variable || item.kind == .statement { names.formUnion(item.declares) }
    }
    while true {
      let more = items.filter { item in
        item.kind == .function && !item.mentions.isDisjoint(with: local)
          && !item.declares.isSubset(of: local)
      }
      if more.isEmpty { return local }
      for item in more { local.formUnion(item.declares) }
    }
  }

  /// Where, in a cell's code, the items are that stand at the top of the file.
  private static func lifted(from cell: ParsedCell, local: Set<String>) -> [Range<Int>] {
    cell.facts.items.filter { item in
      switch item.kind {
      case .type, .fileLevel, .importing: true
      case .function: item.declares.isDisjoint(with: local)
      case .variable, .statement: false
      }
    }.map(\.range)
  }

  private mutating func append(
    _ cell: ParsedCell, without lifted: [Range<Int>], _ start: LiveStart?
  ) {
    var code = Array(cell.code.utf8)
    for range in lifted {
      for index in range where code[index] != newline { code[index] = space }
    }
    text += "_nnbookBegin(\(cell.id.index))\n"
    var end = code.startIndex
    for statement in statements(of: cell, without: lifted) {
      append(code[end..<statement.lowerBound], of: cell)
      if start?.ends(at: statement.lowerBound, of: cell) == true { text += "_nnbookRest = {\n" }
      let place = CodePlace(ofByte: statement.lowerBound, in: cell.code)
      text += "_nnbookAt(\(cell.id.index), \(place.line + 1))\n"
      end = statement.lowerBound
    }
    if let shown = cell.syntax.trailingExpression {
      append(code[end..<shown.lowerBound], of: cell)
      append(shown: code[shown], of: cell)
    } else {
      append(code[end...], of: cell)
    }
    text += "_nnbookEnd(\(cell.id.index))\n"
  }

  /// What a reader may be told to have stopped; columns matter where lines are the chapter's.
  private func statements(of cell: ParsedCell, without lifted: [Range<Int>]) -> [Range<Int>] {
    if isLocated { return [] }
    return cell.facts.items.filter { item in
      (item.kind == .statement || item.kind == .variable) && !lifted.contains(item.range)
    }.map(\.range)
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>, of cell: ParsedCell) {
    guard bytes.contains(where: { $0 != space && $0 != newline }) else { return }
    let place = CodePlace(ofByte: bytes.startIndex, in: cell.code)
    text += location(place.line, in: cell) + String(repeating: " ", count: place.byte)
    text += String(decoding: bytes, as: UTF8.self)
    if bytes.last != newline { text += "\n" }
  }

  private mutating func append(shown bytes: ArraySlice<UInt8>, of cell: ParsedCell) {
    let place = CodePlace(ofByte: bytes.startIndex, in: cell.code)
    map.shown.append(
      SourcePosition(line: cell.lines[place.line].line, column: place.byte + 1))
    text +=
      location(place.line, in: cell, before: 1) + "_nnbookShow(\n"
      + String(repeating: " ", count: place.byte)
    text += String(decoding: bytes, as: UTF8.self) + "\n)\n"
  }

  private mutating func append(_ value: InlineValue) {
    let start = value.expressionRange.start
    map.shown.append(start)
    let (file, line) = isLocated ? (map.file, max(1, start.line - 1)) : ("a sentence", 1)
    text += "#sourceLocation(file: \(quoted(file)), line: \(line))\n"
    text += "_nnbookInline(\(value.id.index),\n"
    text += String(repeating: " ", count: start.column - 1) + value.expression
    text += "\n, \(value.format.program))\n"
  }

  private func location(_ line: Int, in cell: ParsedCell, before: Int = 0) -> String {
    let file = isLocated ? map.file : "\(cell.id.index)"
    let number = isLocated ? cell.lines[line].line : line + 2
    return "#sourceLocation(file: \(quoted(file)), line: \(number - before))\n"
  }
}

private let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")
