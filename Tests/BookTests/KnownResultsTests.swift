import BookModel
import CellRunning
import ChapterParsing
import Testing

@testable import BookBuilding

/// What is shown of a chapter that has changed since it ran.
@Suite struct `Results of the text before` {
  private func chapter(_ fences: (words: String, code: String)...) throws -> Chapter {
    let text = fences.map { "```swift\($0.words)\n\($0.code)\n```\n" }.joined(separator: "\n")
    return try #require(ChapterParser().parse(bytes: Array(text.utf8), path: "chapters/01-a.md").0)
  }

  @Test func `A live cell waits for its module, and keeps the old one meanwhile`() throws {
    let old = try chapter(("", "let a = 1"), (" live", "a"), (" live", "2"))
    let module = LiveModule(bytes: [1], cells: [1, 2])
    var result = ChapterResult(cells: old.cells.map { _ in CellResult() })
    result.liveModule = module
    let known = KnownResults(old, result)
    #expect(known.states(whileRunning: RunProgress(old)).isEmpty)
    let new = try chapter(("", "let a = 1"), (" live", "a"), (" live", "3"))
    var changed = known.carried(to: new)
    #expect(changed.result.liveModule == module)
    var progress = RunProgress(new)
    #expect(changed.states(whileRunning: progress) == [2: .waiting])
    progress.doneCells = [0, 1, 2]
    changed.take(progress)
    // Its result is there, and what moves in the page is still the old cell.
    #expect(changed.states(whileRunning: progress) == [2: .waiting])
    #expect(changed.carried(to: new).states(whileRunning: nil) == [2: .stale])
    progress.result.liveModule = LiveModule(bytes: [2], cells: [1, 2])
    changed.take(progress)
    #expect(changed.states(whileRunning: progress).isEmpty)
    #expect(changed.result.liveModule?.bytes == [2])
    var distrusted = known.carried(to: old)
    distrusted.distrust()
    progress.result.liveModule = nil
    distrusted.take(progress)
    #expect(distrusted.states(whileRunning: nil) == [1: .stale, 2: .stale])
    // Under other numbers they wait for theirs.
    let moved = known.carried(
      to: try chapter(("", "let b = 0"), ("", "let a = 1"), (" live", "a"), (" live", "2")))
    #expect(moved.result.liveModule?.cells == [])
    #expect(
      moved.states(whileRunning: nil) == [0: .stale, 1: .stale, 2: .stale, 3: .stale])
    let none = known.carried(to: try chapter(("", "let a = 1")))
    #expect(none.result.liveModule == nil)
  }

  @Test func `A changed answer to an exercise leaves all other results right`() throws {
    func current(_ starter: String, _ checks: String, _ solution: String) throws -> Set<Int> {
      let old = try chapter(
        (" exercise", "let x = 0"), (" solution", "let x = 1"),
        (" checks", "check(x == 1, \"One.\")"),
        ("", "2"))
      let new = try chapter(
        (" exercise", starter), (" solution", solution), (" checks", checks), ("", "2"))
      let result = ChapterResult(cells: old.cells.map { _ in CellResult() })
      return KnownResults(old, result).carried(to: new).current
    }
    let checks = "check(x == 1, \"One.\")"
    #expect(try current("let x = 0", checks, "let x = 1") == [0, 1, 2, 3])
    #expect(try current("let x = 5", checks, "let x = 1") == [1, 2, 3])
    #expect(try current("let x = 0", checks, "let x = 2 - 1") == [0, 2, 3])
    // What is asked is asked of both.
    #expect(try current("let x = 0", "check(x > 0, \"Some.\")", "let x = 1") == [3])
  }
}
