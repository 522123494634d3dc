import BookModel
import CellRunning

extension BookBuild {
  /// What `nnbook serve` knows beyond the book itself.
  struct Serving: Sendable {
    /// By slug, of the rounds before.
    var known: [String: KnownResults] = [:]
    /// By slug, of this round.
    var progress: [String: RunProgress] = [:]
    /// Told as cells come to their ends.
    var progressed: @Sendable (Chapter, RunProgress) -> Void = { _, _ in }
  }

  /// What the second stage gives for one chapter.
  struct Step: Sendable {
    /// Nil where the cells could not be run, or did what they must not.
    var result: ChapterResult?
    var diagnostics: [Diagnostic] = []
    /// False where the result is not that of the cells as they are.
    var isComplete = true
    /// Of the result, cell by cell; nil where it is right as a whole.
    var known: KnownResults?
    var states: CellStates = [:]
    /// That the cells took when they ran; nil where that is not known.
    var milliseconds: Int?
    /// Whether they ran now.
    var hasRun = false

    init(
      result: ChapterResult? = nil, diagnostics: [Diagnostic] = [], isComplete: Bool = true,
      known: KnownResults? = nil, states: CellStates = [:]
    ) {
      self.result = result
      self.diagnostics = diagnostics
      self.isComplete = isComplete
      self.known = known
      self.states = states
    }

    init(_ run: ChapterRun, hasRun: Bool = false) {
      self.init(result: run.result, diagnostics: run.diagnostics)
      milliseconds = run.seconds > 0 ? Int((run.seconds * 1000).rounded()) : nil
      self.hasRun = hasRun
    }

    /// Of a chapter of prose, which may show cells that do not run.
    static func nothingToDo(_ chapter: Chapter) -> Step {
      Step(result: ChapterResult(cells: chapter.cells.map { _ in CellResult() }))
    }
  }

  /// Runs what has to run, several chapters at a time. A chapter whose text has errors is left: what
  /// its cells are meant to be is not known.
  func run(
    _ chapters: [Chapter], faulty: Set<String>, _ serving: Serving = Serving()
  ) async -> [Step] {
    await parallelMap(chapters, width: request.width) { chapter in
      guard chapter.hasWork else { return .nothingToDo(chapter) }
      guard !faulty.contains(chapter.path), !Task.isCancelled else { return Step() }
      observer(.running(chapter: chapter.path))
      do throws(DiagnosticError) {
        let run = try await execution.run(chapter) { serving.progressed(chapter, $0) }
        for detail in run.details { observer(.detail(detail)) }
        if let progress = run.unfinished {
          observer(.failed(chapter: chapter.path))
          return step(chapter, serving.known, progress, diagnostics: run.diagnostics)
        }
        let hasRun = run.origin == .ran || run.origin == .previewed
        observer(
          hasRun
            ? .ran(chapter: chapter.path, seconds: run.seconds) : .reused(chapter: chapter.path))
        return Step(run, hasRun: hasRun)
      } catch {
        observer(.failed(chapter: chapter.path))
        return step(chapter, serving.known, nil, diagnostics: error.diagnostics)
      }
    }
  }

  /// For a chapter whose cells have errors. A site is not made of it, but whoever writes it sees what
  /// there is: new results as far as they came, and old ones.
  private func step(
    _ chapter: Chapter, _ known: [String: KnownResults], _ progress: RunProgress?,
    diagnostics: [Diagnostic]
  ) -> Step {
    guard request.isServed else { return Step(diagnostics: diagnostics) }
    var results = known[chapter.slug]?.carried(to: chapter) ?? .none(of: chapter)
    if let progress { results.take(progress) }
    return Step(
      result: results.result, diagnostics: diagnostics, isComplete: false, known: results,
      states: results.states(whileRunning: nil))
  }

  /// Stored results only; a chapter without them is an error.
  func reuse(_ chapters: [Chapter], faulty: Set<String>) async -> [Step] {
    await parallelMap(chapters, width: request.jobs) { chapter in
      guard chapter.hasWork else { return .nothingToDo(chapter) }
      guard !faulty.contains(chapter.path) else { return Step() }
      if let run = await execution.stored(chapter) {
        return Step(run)
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
  func recall(_ chapters: [Chapter], faulty: Set<String>, _ serving: Serving) async -> [Step] {
    await parallelMap(chapters, width: request.jobs) { chapter in
      if !chapter.hasWork { return .nothingToDo(chapter) }
      if let run = await execution.stored(chapter) {
        return Step(run)
      }
      let old = serving.known[chapter.slug]
      var results = old?.carried(to: chapter) ?? .none(of: chapter)
      // Nothing that can be seen here has changed, and yet the results are not stored: a file that the
      // cells read has, or the engine.
      if old?.isWhole(of: chapter) == true { results.distrust() }
      let progress = serving.progress[chapter.slug]
      if let progress { results.take(progress) }
      let runs = !faulty.contains(chapter.path)
      return Step(
        result: old == nil && progress == nil ? nil : results.result, isComplete: false,
        known: results,
        states: results.states(whileRunning: runs ? progress ?? RunProgress(chapter) : nil))
    }
  }
}
