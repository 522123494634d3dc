import BookModel

/// The cells of a chapter that see each other's names, and the inline values among them. A chapter
/// is one scope, and one more for each cell with `reset`.
struct Scope {
  let chapter: Chapter
  let cells: [ParsedCell]
  let inlineValues: [ParsedInlineValue]
  let earlyUses: EarlyUses

  init(chapter: Chapter, cells: [ParsedCell], inlineValues: [ParsedInlineValue]) {
    self.chapter = chapter
    self.cells = cells
    self.inlineValues = inlineValues
    earlyUses = EarlyUses(cells.filter(\.cell.isCompiled), inlineValues)
  }

  /// Scopes in which something is compiled; none for a chapter of prose.
  static func all(
    of chapter: Chapter, parsing parse: (Cell) -> ParsedCell = ParsedCell.init
  ) -> [Scope] {
    var groups: [(cells: [Cell], values: [InlineValue])] = [([], [])]
    for cell in chapter.cells where !cell.isIgnored {
      if cell.options.resetsScope, !groups[groups.count - 1].cells.isEmpty {
        groups.append(([], []))
      }
      groups[groups.count - 1].cells.append(cell)
    }
    for value in chapter.inlineValues {
      // An ignored cell belongs to no scope: the value sees what came before that cell.
      let index = groups.lastIndex { group in
        guard let after = value.after, let first = group.cells.first else { return false }
        return first.id <= after
      }
      groups[index ?? 0].values.append(value)
    }
    return groups.filter { !$0.cells.isEmpty || !$0.values.isEmpty }.map { cells, values in
      Scope(
        chapter: chapter, cells: cells.map(parse),
        inlineValues: values.map(ParsedInlineValue.init))
    }
  }

  /// Cells that stand in the scope's own program: all but those that must not compile.
  var compiledCells: [ParsedCell] { cells.filter(\.cell.isCompiled) }

  /// An exercise, and the cells that it is made of.
  struct Exercise {
    var starter: ParsedCell
    var checks: ParsedCell
    var solution: ParsedCell

    /// The cells that its checks are put to.
    var answers: [ParsedCell] { [starter, solution] }
  }

  var exercises: [Exercise] {
    let own = Dictionary(uniqueKeysWithValues: cells.map { ($0.id, $0) })
    return chapter.exercises.compactMap { exercise in
      guard let starter = own[exercise.starter], let checks = own[exercise.checks],
        let solution = own[exercise.solution]
      else { return nil }
      return Exercise(starter: starter, checks: checks, solution: solution)
    }
  }

  /// Nothing to run when every cell is only to be compiled.
  var runs: Bool { !inlineValues.isEmpty || cells.contains(where: \.cell.runs) }
}
