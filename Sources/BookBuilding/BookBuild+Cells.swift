import BookModel
import CellRunning

extension BookBuild {
  /// What the second stage gives for one chapter.
  struct Step: Sendable {
    /// Nil where the cells could not be run, or did what they must not.
    var result: ChapterResult?
    var diagnostics: [Diagnostic] = []
    /// False where the result is not that of the cells as they are.
    var isComplete = true

    /// Of a chapter of prose, which may show cells that do not run.
    static func nothingToDo(_ chapter: Chapter) -> Step {
      Step(result: ChapterResult(cells: chapter.cells.map { _ in CellResult() }))
    }
  }

  /// Runs what has to run, several chapters at a time. A chapter whose text has errors is left: what
  /// its cells are meant to be is not known.
  func run(_ chapters: [Chapter], faulty: Set<String>) async -> [Step] {
    await parallelMap(chapters, width: request.jobs) { chapter in
      guard chapter.hasWork else { return .nothingToDo(chapter) }
      guard !faulty.contains(chapter.path) else { return Step() }
      observer(.running(chapter: chapter.path))
      do throws(DiagnosticError) {
        let run = try await execution.run(chapter)
        for detail in run.details { observer(.detail(detail)) }
        observer(
          run.origin == .ran
            ? .ran(chapter: chapter.path, seconds: run.seconds) : .reused(chapter: chapter.path))
        return Step(result: run.result, diagnostics: run.diagnostics)
      } catch {
        observer(.failed(chapter: chapter.path))
        return Step(diagnostics: error.diagnostics)
      }
    }
  }

  /// Stored results only; a chapter without them is an error.
  func reuse(_ chapters: [Chapter], faulty: Set<String>) async -> [Step] {
    await parallelMap(chapters, width: request.jobs) { chapter in
      guard chapter.hasWork else { return .nothingToDo(chapter) }
      guard !faulty.contains(chapter.path) else { return Step() }
      if let run = await execution.stored(chapter) {
        return Step(result: run.result, diagnostics: run.diagnostics)
      }
      let place = chapter.cells.first?.range ?? chapter.inlineValues.first?.range
      let problem = Diagnostic(
        .error, .notRun, at: place,
        "cells of '\(chapter.path)' have no stored results as they are now; a build without "
          + "--no-exec runs them")
      return Step(diagnostics: [problem])
    }
  }

  /// What is known without running anything: stored results, or else those of cells as they were.
  func recall(_ chapters: [Chapter], _ known: [String: ChapterResult]) async -> [Step] {
    await parallelMap(chapters, width: request.jobs) { chapter in
      if !chapter.hasWork { return .nothingToDo(chapter) }
      if let run = await execution.stored(chapter) {
        return Step(result: run.result, diagnostics: run.diagnostics)
      }
      let old = known[chapter.slug]
      let fits =
        old?.cells.count == chapter.cells.count
        && old?.inlineValues.count == chapter.inlineValues.count
      return Step(result: fits ? old : nil, isComplete: false)
    }
  }
}
