import BookModel
import CellRunning

/// What a served page says of a result that is not that of its cell as it is.
package enum CellState: String, Hashable, Sendable {
  /// The cell runs now.
  case running
  /// The result is an earlier text's, and a new one comes.
  case waiting
  /// The result is an earlier text's, and none comes before the chapter is mended.
  case stale
}

/// The states of a chapter's cells, by index; those whose results are right have none.
package typealias CellStates = [Int: CellState]

extension KnownResults {
  /// - Parameter running: of the run that makes the others; nil where there is none.
  func states(whileRunning running: RunProgress?) -> CellStates {
    var states: CellStates = [:]
    for cell in chapter.cells
    where cell.hasResult && (!current.contains(cell.id.index) || oldInPage.contains(cell.id.index))
    {
      states[cell.id.index] =
        running == nil ? .stale : running?.running == cell.id.index ? .running : .waiting
    }
    return states
  }
}
