import BookModel

/// What running a chapter gave, and what is to be said about it.
package struct ChapterRun: Sendable {
  package var result: ChapterResult
  /// Warnings of the compiler, and errors that leave a result to show: expected output that
  /// differs, a `fail` cell with another message than `expect` says.
  package var diagnostics: [Diagnostic]
  package var origin: Origin
  /// That compiling and running the chapter took, without waiting for the engine.
  package var seconds = 0.0
  /// What only those want to know who ask for every step.
  package var details: [String] = []

  package enum Origin: Hashable, Sendable {
    /// Prose only: no compiler, no store.
    case nothingToRun
    /// From the store of results.
    case stored
    case ran
  }

  package init(
    result: ChapterResult, diagnostics: [Diagnostic] = [], origin: Origin = .ran
  ) {
    self.result = result
    self.diagnostics = diagnostics
    self.origin = origin
  }
}
