import BookModel

/// A cell, or the inline values after one, compiled as a module of its own that sees the cells before
/// it, so that it can be loaded into a program that is running.
struct CellModule {
  /// Of module, source file and library.
  let name: String
  /// Import declarations of the authors, which those after it see too.
  let imports: [String]
  /// Whether its code may use what not every cell sees.
  let mayImport: Bool

  init(name: String, of cells: [ParsedCell]) {
    self.name = name
    imports = cells.flatMap(\.imports)
    mayImport = cells.contains(where: \.mayImport)
  }

  /// What the linker and the loader know its code by.
  var entry: String { name + "_main" }
}

/// All that decides what a cell gives, given the cells before it.
struct CellFingerprint: Hashable {
  /// Figures carry it.
  private var index: Int
  private var code: String
  private var mustStop: Bool
  private var runs: Bool
  private var keptOutput: Int?
  /// An answer's figures are shown, a starter's are not.
  private var isSolution: Bool

  init(_ cell: Cell) {
    index = cell.id.index
    code = cell.code
    mustStop = cell.mustStop
    runs = cell.runs
    keptOutput = cell.keptOutput
    isSolution = cell.isSolution
  }
}

extension CellProgram {
  /// One cell as a module.
  init(_ cell: ParsedCell, of scope: Scope, after modules: [CellModule]) {
    self.init(scope, cells: [cell.id.index], inlineValues: [], after: modules)
    append(cell)
  }

  /// An answer to an exercise with its checks as a module.
  init(
    _ answer: ParsedCell, checkedBy checks: ParsedCell, of scope: Scope,
    after modules: [CellModule]
  ) {
    self.init(scope, cells: [answer.id.index], inlineValues: [], after: modules)
    append(answer, checkedBy: checks)
  }

  /// Inline values that stand after the same cell as a module.
  init(_ values: [ParsedInlineValue], of scope: Scope, after modules: [CellModule]) {
    self.init(scope, cells: [], inlineValues: values.map(\.id.index), after: modules)
    for value in values { append(value.value) }
  }
}

extension ParsedCell {
  /// Its import declarations, as they are written.
  var imports: [String] {
    facts.items.compactMap { item in
      guard case .importing = item.kind else { return nil }
      let code = Array(self.code.utf8)
      return String(decoding: code[item.range], as: UTF8.self)
        .split(separator: "\n").joined(separator: " ")
    }
  }

  /// Whether it may see a module that not every cell does. In `#if` an import is no item of its own,
  /// so that lines are looked at; one that only mentions the word costs the linker some time.
  var mayImport: Bool {
    let known: Set = ["import NeuralNet", "import Notebook", "import Swift"]
    return self.code.split(whereSeparator: \.isNewline).contains { line in
      line.contains("import")
        && !known.contains(line.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
  }

  /// Names at its top level.
  var declaredNames: Set<String> { facts.items.reduce(into: []) { $0.formUnion($1.declares) } }

  var awaits: Bool { facts.items.contains { $0.awaitsAt != nil } }
}
