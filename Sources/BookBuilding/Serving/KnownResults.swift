import BookModel
import CellRunning
import HostSystem

/// What a chapter's cells gave last, with the chapter as it was then.
package struct KnownResults: Sendable {
  var chapter: Chapter
  package internal(set) var result: ChapterResult
  /// Indexes of the cells whose results are those of the chapter as it is, not of an earlier text.
  package internal(set) var current: Set<Int>
  /// Indexes of the live cells whose module is still that of an earlier text.
  private(set) var oldInPage: Set<Int> = []
  /// What cells took when they gave their results, by index; as far as it is known.
  package private(set) var cellSeconds: [Int: Double] = [:]

  package init(_ chapter: Chapter, _ result: ChapterResult, current: Set<Int>? = nil) {
    self.chapter = chapter
    self.result = result
    self.current = current ?? Set(chapter.cells.indices)
  }

  /// Of a chapter that never ran.
  package static func none(of chapter: Chapter) -> KnownResults {
    KnownResults(chapter, RunProgress(chapter).result, current: [])
  }

  /// What of it can be shown for the chapter as it is now. A cell's result is known to be right where
  /// the cell, and all cells before it in its scope, are as they were; any other shows what it had.
  package func carried(to new: Chapter) -> KnownResults {
    var known = KnownResults.none(of: new)
    let (old, now) = (CellPrefix.all(of: chapter), CellPrefix.all(of: new))
    var places: [CellPrefix: Int] = [:]
    for (index, prefix) in old.enumerated() { places[prefix] = index }
    let aligned = Self.aligned(chapter.cells.map(\.code), new.cells.map(\.code))
    for (index, prefix) in now.enumerated() {
      if let place = places[prefix] {
        known.result.cells[index] = result.cells[place]
        known.cellSeconds[index] = cellSeconds[place]
        if current.contains(place) { known.current.insert(index) }
      } else if let place = aligned[index] {
        known.result.cells[index] = result.cells[place]
        known.cellSeconds[index] = cellSeconds[place]
      }
    }
    let values = Self.aligned(
      chapter.inlineValues.map(\.expression), new.inlineValues.map(\.expression))
    for (index, place) in values where place < result.inlineValues.count {
      known.result.inlineValues[index] = result.inlineValues[place]
    }
    // A page that has a module keeps one, so that its live cells live on until the new one is there.
    if var module = result.liveModule, new.cells.contains(where: \.isLive) {
      // It knows its cells by their numbers, and must not run one for another.
      module.cells = module.cells.filter {
        $0 < new.cells.count && new.cells[$0].isLive && (places[now[$0]] ?? aligned[$0]) == $0
      }
      known.result.liveModule = module
      known.oldInPage = Set(new.cells.filter(\.isLive).map(\.id.index)).filter { index in
        !known.current.contains(index) || places[now[index]] != index || oldInPage.contains(index)
      }
    }
    return known
  }

  /// Whether it holds a right result for every cell of a chapter that says the same.
  func isWhole(of new: Chapter) -> Bool {
    current.count == chapter.cells.count && chapter.cells.map(\.code) == new.cells.map(\.code)
      && chapter.inlineValues.map(\.expression) == new.inlineValues.map(\.expression)
  }

  /// Where something has changed that cannot be seen in the chapter.
  mutating func distrust() {
    current = []
    if result.liveModule != nil { oldInPage = Set(chapter.cells.filter(\.isLive).map(\.id.index)) }
  }

  /// Of a run of the chapter up to a cell, or of all of it.
  package mutating func take(_ run: ChapterRun) {
    take(run.unfinished ?? RunProgress(whole: run.result))
    cellSeconds.merge(run.cellSeconds) { $1 }
  }

  mutating func take(_ progress: RunProgress) {
    for index in progress.doneCells where result.cells.indices.contains(index) {
      result.cells[index] = progress.result.cells[index]
      current.insert(index)
    }
    for index in progress.doneValues where result.inlineValues.indices.contains(index) {
      result.inlineValues[index] = progress.result.inlineValues[index]
    }
    if let module = progress.result.liveModule {
      result.liveModule = module
      oldInPage = []
    }
  }

  /// Which old text each new one stands for: equal ones at both ends, and those between them in their
  /// order where there are as many.
  private static func aligned(_ old: [String], _ new: [String]) -> [Int: Int] {
    var places: [Int: Int] = [:]
    let shorter = min(old.count, new.count)
    var start = 0
    while start < shorter, old[start] == new[start] {
      places[start] = start
      start += 1
    }
    var end = 0
    while end < shorter - start, old[old.count - 1 - end] == new[new.count - 1 - end] {
      end += 1
      places[new.count - end] = old.count - end
    }
    if old.count == new.count {
      for index in start..<(new.count - end) { places[index] = index }
    }
    return places
  }
}

/// A cell with all before it that it may depend on, by their content.
private struct CellPrefix: Hashable {
  private let hash: String

  private init(_ hash: String) { self.hash = hash }

  private func followed(by cell: Cell) -> CellPrefix {
    let kinds = [
      cell.runs, cell.isGuarded, cell.mustNotCompile, cell.mustStop, cell.isStarter,
      cell.isSolution,
    ]
    return CellPrefix(
      ContentHash.of(hash, cell.code, "\(kinds) \(cell.keptOutput.map(String.init) ?? "")"))
  }

  /// One for each cell.
  static func all(of chapter: Chapter) -> [CellPrefix] {
    let exercises = chapter.exercises
    let start = CellPrefix("")
    var prefix = start
    return chapter.cells.map { cell in
      if cell.options.resetsScope { prefix = start }
      let own = prefix.followed(by: cell)
      if !cell.isOfExercise {
        prefix = own
      } else if let exercise = exercises.first(where: { $0.cells.contains(cell.id) }) {
        return own.followed(by: chapter.cells[exercise.checks.index])
      }
      return own
    }
  }
}
