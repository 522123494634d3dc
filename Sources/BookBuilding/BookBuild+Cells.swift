import BookModel

extension BookBuild {
  /// What the second stage gives for one chapter.
  struct Step: Sendable {
    var answer: CellExecution.Answer
    var isComplete = true

    init(_ answer: CellExecution.Answer, isComplete: Bool = true) {
      self.answer = answer
      self.isComplete = isComplete
    }

    /// Of a chapter of prose, which may show cells that do not run.
    static func nothingToDo(_ chapter: Chapter) -> Step {
      let result = ChapterResult(cells: chapter.cells.map { _ in CellResult() })
      return Step(CellExecution.Answer(result: result, wasStored: true))
    }
  }

  /// Runs what has to run, several chapters at a time. A chapter whose text has errors is left: what
  /// its cells are meant to be is not known.
  func run(_ chapters: [Chapter], faulty: Set<String>) async -> [Step] {
    await parallelMap(chapters, width: request.jobs) { chapter in
      guard chapter.hasWork else { return .nothingToDo(chapter) }
      guard !faulty.contains(chapter.path) else { return Step(CellExecution.Answer(result: nil)) }
      let start = ContinuousClock.now
      observer(.running(chapter: chapter.path))
      let answer = await execution.run(chapter)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      for detail in answer.details { observer(.detail(detail)) }
      if answer.result == nil {
        observer(.failed(chapter: chapter.path))
      } else if answer.wasStored {
        observer(.reused(chapter: chapter.path))
      } else {
        observer(.ran(chapter: chapter.path, seconds: seconds))
      }
      return Step(answer)
    }
  }

  /// Stored results only; a chapter without them is an error.
  func reuse(_ chapters: [Chapter], faulty: Set<String>) async -> [Step] {
    await parallelMap(chapters, width: request.jobs) { chapter in
      guard chapter.hasWork else { return .nothingToDo(chapter) }
      guard !faulty.contains(chapter.path) else { return Step(CellExecution.Answer(result: nil)) }
      if let stored = await execution.stored(chapter) { return Step(stored) }
      let place = chapter.cells.first?.range ?? chapter.inlineValues.first?.range
      let problem = Diagnostic(
        .error, .notRun, at: place,
        "cells of '\(chapter.path)' have no stored results as they are now; a build without "
          + "--no-exec runs them")
      return Step(CellExecution.Answer(result: nil, diagnostics: [problem]))
    }
  }
}
