import BookModel

/// How a build gets the results of a chapter's cells: by running them, or from what ran before.
package struct CellExecution: Sendable {
  package struct Answer: Sendable {
    /// Nil where the cells could not be run, or did what they must not.
    package var result: ChapterResult?
    package var diagnostics: [Diagnostic]
    package var wasStored: Bool
    /// Worth saying with `--verbose` only.
    package var details: [String]

    package init(
      result: ChapterResult?, diagnostics: [Diagnostic] = [], wasStored: Bool = false,
      details: [String] = []
    ) {
      self.result = result
      self.diagnostics = diagnostics
      self.wasStored = wasStored
      self.details = details
    }
  }

  /// Runs what is not stored.
  package var run: @Sendable (Chapter) async -> Answer
  /// Runs whatever is stored, and stores nothing.
  package var rerun: @Sendable (Chapter) async -> Answer
  /// What is stored for the chapter's cells exactly as they are; nil where nothing is.
  package var stored: @Sendable (Chapter) async -> Answer?
  /// Of the compiler and the engine that were found; nil where no chapter asked for them.
  package var identity: @Sendable () -> String?

  package init(
    run: @escaping @Sendable (Chapter) async -> Answer,
    rerun: @escaping @Sendable (Chapter) async -> Answer,
    stored: @escaping @Sendable (Chapter) async -> Answer?,
    identity: @escaping @Sendable () -> String? = { nil }
  ) {
    self.run = run
    self.rerun = rerun
    self.stored = stored
    self.identity = identity
  }
}
