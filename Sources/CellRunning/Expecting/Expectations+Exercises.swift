import BookModel

extension Expectations {
  /// An exercise can be solved, and asks something.
  func exercise(_ exercise: Exercise) -> [Diagnostic] {
    let checks = chapter.cells[exercise.checks.index]
    let solution = result.cells[exercise.solution.index]
    if let reason = solution.expectedFailure {
      return [
        error(
          .solutionStops, at: chapter.cells[exercise.solution.index].infoRange,
          "the solution stops before its checks are done: \(reason)")
      ]
    }
    let asked = solution.checks
    if asked.isEmpty {
      return [
        error(
          .nothingChecked, at: checks.infoRange,
          "the cell with 'checks' checks nothing; write check(condition, \"a sentence for the "
            + "learner\")")
      ]
    }
    var told: Set<Int> = []
    let failed = asked.filter { !$0.holds && told.insert($0.line).inserted }
    if !failed.isEmpty {
      return failed.map {
        error(
          .solutionFails, at: place($0, in: checks),
          "the solution fails a check of its exercise: \($0.sentence)")
      }
    }
    let starter = result.cells[exercise.starter.index]
    guard starter.expectedFailure == nil, starter.checks.allSatisfy(\.holds) else { return [] }
    return [
      error(
        .starterPasses, at: chapter.cells[exercise.starter.index].infoRange,
        "the starter passes every check, so the exercise asks nothing of its learner")
    ]
  }

  /// Conditions that no exercise asks.
  func strayChecks(_ cell: Cell, _ result: CellResult) -> [Diagnostic] {
    guard let outcome = result.checks.first else { return [] }
    return [
      error(
        .checkOutsideExercise, at: place(outcome, in: cell),
        "check(…) tells a learner what an exercise asks, and belongs into a cell with 'checks'")
    ]
  }

  private func place(_ outcome: CheckOutcome, in cell: Cell) -> SourceRange {
    guard cell.lines.indices.contains(outcome.line) else { return cell.infoRange }
    var start = cell.lines[outcome.line]
    let code = cell.code.split(separator: "\n", omittingEmptySubsequences: false)[outcome.line]
    start.column += code.utf8.prefix { $0 == 0x20 }.count
    return SourceRange(file: chapter.path, start: start)
  }

  private func error(_ id: DiagnosticID, at range: SourceRange, _ summary: String) -> Diagnostic {
    Diagnostic(
      .error, id, at: range, summary, excerpt: chapter.sourceLine(range.start.line))
  }
}

extension CellResult {
  /// What came of the conditions that were put to the cell.
  fileprivate var checks: [CheckOutcome] {
    outputs.compactMap { output in
      if case .check(let outcome) = output { outcome } else { nil }
    }
  }
}
