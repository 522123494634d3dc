/// An exercise that checks itself: three cells that follow one another.
package struct Exercise: Hashable, Sendable {
  /// What a learner begins with: the cell with `exercise`.
  package var starter: Cell.ID
  package var checks: Cell.ID
  package var solution: Cell.ID

  package init(starter: Cell.ID, checks: Cell.ID, solution: Cell.ID) {
    self.starter = starter
    self.checks = checks
    self.solution = solution
  }

  package var cells: [Cell.ID] { [starter, checks, solution] }

  /// What keeps cells from being an exercise, with the cell that is told so.
  package enum Mistake: Hashable, Sendable {
    /// The exercise that begins here has no cell with this word.
    case missing(String, Cell.ID)
    /// It has one with this word already.
    case repeated(String, Cell.ID)
    /// No exercise stands before the cell with this word.
    case stray(String, Cell.ID)
  }
}

extension Chapter {
  /// Those that are complete, in order.
  package var exercises: [Exercise] { [Exercise].reading(cells).exercises }
}

extension [Exercise] {
  /// The exercises among the cells of a chapter, and what is wrong with others.
  package static func reading(_ cells: [Cell]) -> (
    exercises: [Exercise], mistakes: [Exercise.Mistake]
  ) {
    var reader = ExerciseReader()
    for cell in cells where !cell.isIgnored { reader.read(cell) }
    reader.close()
    return (reader.exercises, reader.mistakes)
  }
}

private struct ExerciseReader {
  var exercises: [Exercise] = []
  var mistakes: [Exercise.Mistake] = []
  private var starter: Cell.ID?
  private var checks: Cell.ID?
  private var solution: Cell.ID?

  mutating func read(_ cell: Cell) {
    switch cell.options.execution {
    case .starter:
      close()
      starter = cell.id
    case .checks: take(cell.id, "checks", \.checks)
    case .solution: take(cell.id, "solution", \.solution)
    // Others see nothing of an exercise, and could be thought to, where they stand in its midst.
    case .run, .compileOnly, .ignored, .mustNotCompile, .mustStop: close()
    }
  }

  private mutating func take(
    _ id: Cell.ID, _ word: String, _ part: WritableKeyPath<ExerciseReader, Cell.ID?>
  ) {
    if starter == nil {
      mistakes.append(.stray(word, id))
    } else if self[keyPath: part] != nil {
      mistakes.append(.repeated(word, id))
    } else {
      self[keyPath: part] = id
    }
  }

  mutating func close() {
    if let starter {
      if let checks, let solution {
        exercises.append(Exercise(starter: starter, checks: checks, solution: solution))
      }
      if checks == nil { mistakes.append(.missing("checks", starter)) }
      if solution == nil { mistakes.append(.missing("solution", starter)) }
    }
    (starter, checks, solution) = (nil, nil, nil)
  }
}
