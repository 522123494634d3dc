import BookModel

/// How far a run of a chapter's cells has come.
package struct RunProgress: Sendable {
  /// Of the whole chapter; only what is done counts in it.
  package var result: ChapterResult
  /// Indexes of the cells whose results are new.
  package var doneCells: Set<Int> = []
  /// Indexes of the inline values whose texts are new.
  package var doneValues: Set<Int> = []
  /// Index of the cell that runs now.
  package var running: Int?

  package init(_ chapter: Chapter) { result = .empty(for: chapter) }

  /// Of a run that came to its end.
  package init(whole result: ChapterResult) {
    self.result = result
    doneCells = Set(result.cells.indices)
    doneValues = Set(result.inlineValues.indices)
  }

  /// Told after every step, on the thread that runs the cells.
  package typealias Observer = @Sendable (RunProgress) -> Void
}
