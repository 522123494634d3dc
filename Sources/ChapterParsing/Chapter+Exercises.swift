import BookModel

extension Chapter {
  /// Cells of an exercise follow one another, so that a reader sees at once what belongs together.
  func checkExercises(_ problems: inout Problems) {
    for mistake in [Exercise].reading(cells).mistakes {
      switch mistake {
      case .missing(let word, let id):
        problems.add(
          .exerciseIncomplete, at: cells[id.index].infoRange,
          "the exercise has no cell with '\(word)'; after 'exercise' come 'checks' and 'solution', "
            + "before any other cell")
      case .repeated(let word, let id):
        problems.add(
          .exerciseIncomplete, at: cells[id.index].infoRange,
          "the exercise has a cell with '\(word)' already; one cell holds all of it")
      case .stray(let word, let id):
        problems.add(
          .exerciseIncomplete, at: cells[id.index].infoRange,
          "the cell with '\(word)' has no exercise; it comes after a cell with 'exercise', before any "
            + "other cell")
      }
    }
  }
}
