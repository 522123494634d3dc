import BookModel

extension CellExecution {
  /// For builds of prose: a chapter with cells is an error.
  package static let unavailable = CellExecution(
    run: refuse, rerun: refuse, stored: { _ in nil })

  private static let refuse: @Sendable (Chapter) async -> Answer = { chapter in
    Answer(
      result: nil,
      diagnostics: [
        Diagnostic(
          .error, "cells-cannot-run", at: chapter.cells.first?.range,
          "cells of '\(chapter.path)' cannot be run by this version of nnbook")
      ])
  }
}
