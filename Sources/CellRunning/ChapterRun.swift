import BookModel

/// What running a chapter gave, and what is to be said about it.
package struct ChapterRun: Sendable {
  package var result: ChapterResult
  /// Warnings of the compiler, and errors that leave a result to show: expected output that
  /// differs, a `fail` cell with another message than `expect` says.
  package var diagnostics: [Diagnostic]
  package var origin: Origin
  package var durations: Durations
  /// What only those want to know who ask for every step.
  package var details: [String] = []

  package enum Origin: Hashable, Sendable {
    /// Prose only: no compiler, no store.
    case nothingToRun
    /// From the store of results.
    case stored
    case ran
  }

  /// Seconds.
  package struct Durations: Hashable, Sendable {
    package var compiling = 0.0
    package var running = 0.0

    package init() {}
  }
}
