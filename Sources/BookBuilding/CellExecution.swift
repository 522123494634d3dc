import BookModel

/// How a build gets the results of a chapter's cells: by running them, or from what ran before.
package struct CellExecution: Sendable {
  package struct Answer: Sendable {
    /// Nil where the cells could not be run, or did what they must not.
    package var result: ChapterResult?
    package var diagnostics: [Diagnostic]
    package var wasStored: Bool

    package init(result: ChapterResult?, diagnostics: [Diagnostic] = [], wasStored: Bool = false) {
      self.result = result
      self.diagnostics = diagnostics
      self.wasStored = wasStored
    }
  }

  /// Runs what is not stored.
  package var run: @Sendable (Chapter) async -> Answer
  /// Runs whatever is stored, and stores nothing.
  package var rerun: @Sendable (Chapter) async -> Answer
  /// What is stored for the chapter's cells exactly as they are; nil where nothing is.
  package var stored: @Sendable (Chapter) async -> Answer?

  package init(
    run: @escaping @Sendable (Chapter) async -> Answer,
    rerun: @escaping @Sendable (Chapter) async -> Answer,
    stored: @escaping @Sendable (Chapter) async -> Answer?
  ) {
    self.run = run
    self.rerun = rerun
    self.stored = stored
  }
}
