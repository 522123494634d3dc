import BookModel
import CellRunning

/// How a build gets the results of a chapter's cells: by running them, or from what ran before.
package struct CellExecution: Sendable {
  package typealias Run = @Sendable (Chapter) async throws(DiagnosticError) -> ChapterRun

  /// Runs what is not stored.
  package var run: Run
  /// Runs whatever is stored, and stores nothing.
  package var rerun: Run
  /// What is stored for the chapter's cells exactly as they are; nil where nothing is.
  package var stored: @Sendable (Chapter) async -> ChapterRun?
  /// Of the compiler and the engine that were found; nil where no chapter asked for them.
  package var identity: @Sendable () -> String?

  package init(
    run: @escaping Run, rerun: @escaping Run,
    stored: @escaping @Sendable (Chapter) async -> ChapterRun?,
    identity: @escaping @Sendable () -> String? = { nil }
  ) {
    self.run = run
    self.rerun = rerun
    self.stored = stored
    self.identity = identity
  }
}
