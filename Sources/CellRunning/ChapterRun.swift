import BookModel

/// What running a chapter gave, and what is to be said about it.
package struct ChapterRun: Sendable {
  package var result: ChapterResult
  /// How far a run came that did not come to its end; nil for one that did. Such a result is never
  /// stored.
  package var unfinished: RunProgress?
  /// Warnings of the compiler, and errors that leave a result to show: expected output that
  /// differs, a `fail` cell with another message than `expect` says.
  package var diagnostics: [Diagnostic]
  package var origin: Origin
  /// That compiling and running the chapter took, without waiting for the engine: now, or when what is
  /// stored was made. 0 where nobody knows.
  package var seconds = 0.0
  /// Of that, what each cell took from its beginning to its end, by index; as far as it is known.
  package var cellSeconds: [Int: Double] = [:]
  /// What only those want to know who ask for every step.
  package var details: [String] = []

  package enum Origin: Hashable, Sendable {
    /// Prose only: no compiler, no store.
    case nothingToRun
    /// From the store of results.
    case stored
    case ran
    /// From checkpoints: as a run would give it, and not stored.
    case previewed
  }

  package init(
    result: ChapterResult, unfinished: RunProgress? = nil, diagnostics: [Diagnostic] = [],
    origin: Origin = .ran
  ) {
    self.result = result
    self.unfinished = unfinished
    self.diagnostics = diagnostics
    self.origin = origin
  }
}
