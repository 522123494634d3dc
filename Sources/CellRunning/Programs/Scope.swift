import BookModel

/// The cells of a chapter that see each other's names, and the inline values among them. A chapter
/// is one scope, and one more for each cell with `reset`.
struct Scope {
  var chapter: Chapter
  var cells: [Cell]
  var inlineValues: [InlineValue]

  /// Scopes in which something is compiled; none for a chapter of prose.
  static func all(of chapter: Chapter) -> [Scope] {
    var groups: [[Cell]] = [[]]
    for cell in chapter.cells where cell.options.execution != .ignored {
      if cell.options.resetsScope, !groups[groups.count - 1].isEmpty { groups.append([]) }
      groups[groups.count - 1].append(cell)
    }
    var scopes = groups.map { Scope(chapter: chapter, cells: $0, inlineValues: []) }
    for value in chapter.inlineValues {
      // An ignored cell belongs to no scope: the value sees what came before that cell.
      let index = scopes.lastIndex { scope in
        guard let after = value.after, let first = scope.cells.first else { return false }
        return first.id <= after
      }
      scopes[index ?? 0].inlineValues.append(value)
    }
    return scopes.filter { !$0.cells.isEmpty || !$0.inlineValues.isEmpty }
  }

  /// Cells that stand in the scope's own program: all but those that must not compile.
  var compiledCells: [Cell] { cells.filter { !$0.mustNotCompile } }

  /// Nothing to run when every cell is only to be compiled.
  var runs: Bool {
    !inlineValues.isEmpty
      || cells.contains {
        switch $0.options.execution {
        case .run, .mustStop: true
        case .compileOnly, .ignored, .mustNotCompile: false
        }
      }
  }
}

extension Cell {
  var mustNotCompile: Bool {
    if case .mustNotCompile = options.execution { true } else { false }
  }

  /// Seconds.
  var timeout: Int {
    switch options.execution {
    case .run(let run): run.timeout
    case .mustStop(_, let timeout): timeout
    case .compileOnly, .ignored, .mustNotCompile: CellOptions.Run().timeout
    }
  }

  /// Whether its code stands inside braces of the program.
  var isGuarded: Bool {
    switch options.execution {
    case .compileOnly, .mustStop: true
    case .run, .ignored, .mustNotCompile: false
    }
  }

  /// Bytes of printed text to keep where more is no mistake.
  var keptOutput: Int? {
    if case .run(let run) = options.execution { run.keptOutput } else { nil }
  }

  /// Where its code begins; the fence when it has none.
  var codeStart: SourcePosition { lines.first ?? range.start }
}
