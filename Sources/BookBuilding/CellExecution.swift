import BookModel
import CellRunning

/// How a build gets the results of a chapter's cells: by running them, or from what ran before.
package struct CellExecution: Sendable {
  package typealias Run = @Sendable (Chapter) async throws(DiagnosticError) -> ChapterRun

  package typealias ObservedRun =
    @Sendable (Chapter, @escaping RunProgress.Observer) async throws(DiagnosticError) -> ChapterRun

  private let observedRun: ObservedRun
  /// Runs whatever is stored, and stores nothing.
  package var rerun: Run
  /// What is stored for the chapter's cells exactly as they are; nil where nothing is.
  package var stored: @Sendable (Chapter) async -> ChapterRun?
  /// What a store that machines share has for them, whatever is stored here; nil where it has nothing.
  package var shared: @Sendable (Chapter) async -> ChapterResult?
  /// Of the compiler and the engine that were found; nil where no chapter asked for them.
  package var identity: @Sendable () -> String?

  package init(
    run: @escaping ObservedRun, rerun: @escaping Run,
    stored: @escaping @Sendable (Chapter) async -> ChapterRun?,
    shared: @escaping @Sendable (Chapter) async -> ChapterResult? = { _ in nil },
    identity: @escaping @Sendable () -> String? = { nil }
  ) {
    observedRun = run
    self.rerun = rerun
    self.stored = stored
    self.shared = shared
    self.identity = identity
  }

  /// Runs what is not stored.
  /// - Parameter observer: told as cells come to their ends.
  package func run(
    _ chapter: Chapter, observer: @escaping RunProgress.Observer = { _ in }
  ) async throws(DiagnosticError) -> ChapterRun {
    try await observedRun(chapter, observer)
  }
}
