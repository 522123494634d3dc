import BookModel
import CellRunning
import HostSystem
import Synchronization
import Testing

@testable import BookBuilding

/// What a served page shows between a save and its results. The cells are run by a stand-in, in which
/// each takes until the page no longer says that it waits, so that the order of things is what is tested.
@Suite struct ServeLoopTests {
  let folder = try! TemporaryFolder()
  private let site: ServedSite
  private let cells: Cells

  init() {
    site = ServedSite()
    cells = Cells(site)
  }

  /// Cells give their own text; `stop` stops, and `slow` takes until it is ended.
  private final class Cells: Sendable {
    let site: ServedSite

    init(_ site: ServedSite) { self.site = site }

    struct Counts {
      var running = 0
      var most = 0
      var ended = 0
    }

    let counts = Mutex(Counts())
    let stored = Mutex<[[String]: ChapterRun]>([:])

    var execution: CellExecution {
      CellExecution(
        run: { chapter, observer throws(DiagnosticError) in
          try await self.run(chapter, observer)
        },
        rerun: { _ throws(DiagnosticError) in throw DiagnosticError([]) },
        stored: { chapter in self.stored.withLock { $0[chapter.cells.map(\.code)] } })
    }

    private func run(
      _ chapter: Chapter, _ observer: RunProgress.Observer
    ) async throws(DiagnosticError) -> ChapterRun {
      counts.withLock {
        $0.running += 1
        $0.most = max($0.most, $0.running)
      }
      defer {
        counts.withLock {
          $0.running -= 1
          $0.ended += 1
        }
      }
      // The page with what is known comes first, as where cells take their time.
      while !Task.isCancelled, await site.latest.states["01-one.html"] == nil {
        try? await Task.sleep(for: .milliseconds(2))
      }
      var progress = RunProgress(chapter)
      for cell in chapter.cells {
        progress.running = cell.id.index
        observer(progress)
        if cell.code.contains("stop") {
          progress.running = nil
          return ChapterRun(
            result: progress.result, unfinished: progress,
            diagnostics: [Diagnostic(.error, .cellStopped, "it stopped")])
        }
        while !Task.isCancelled {
          let state = await site.latest.states["01-one.html"]?[cell.id.index]
          if state == .running || state == nil, !cell.code.contains("slow") { break }
          try? await Task.sleep(for: .milliseconds(2))
        }
        if Task.isCancelled { throw DiagnosticError([]) }
        progress.result.cells[cell.id.index].outputs = [.text("gives " + cell.code)]
        progress.doneCells.insert(cell.id.index)
      }
      let run = ChapterRun(result: progress.result)
      stored.withLock { $0[chapter.cells.map(\.code)] = run }
      return run
    }
  }

  private func save(_ codes: String...) throws {
    let fences = codes.map { "```swift\n\($0)\n```\n" }
    try folder.write("# One\n\n" + fences.joined(separator: "\n"), to: "chapters/01-one.md")
  }

  /// Runs the loop while the body looks at what it publishes.
  private func serving(_ body: (inout Updates) async throws -> Void) async throws {
    let request = BuildRequest(
      book: folder.file("chapters"), caches: Caches(book: folder.file("cache")))
    let loop = ServeLoop(
      request: request, execution: cells.execution, site: site, observer: { _ in },
      report: { _ in })
    var updates = Updates(stream: await site.updates().makeAsyncIterator())
    let task = Task { try await loop.run() }
    try await body(&updates)
    task.cancel()
    try await task.value
    #expect(cells.counts.withLock { $0.most } == 1)
    #expect(cells.counts.withLock { $0.running } == 0)
  }

  private struct Updates {
    var stream: AsyncStream<ServedSite.Update>.Iterator

    /// The states of the page after the updates until one is as wanted.
    mutating func states(until isWanted: ([Int: CellState]) -> Bool) async -> [[Int: CellState]] {
      var seen: [[Int: CellState]] = []
      while let update = await stream.next() {
        let states = update.states["01-one.html"] ?? [:]
        if update.changed.isEmpty, states.isEmpty, update.version == 0 { continue }
        if states != seen.last { seen.append(states) }
        if isWanted(states) { break }
      }
      return seen
    }
  }

  private func page() async -> String {
    String(decoding: await site.files["01-one.html"] ?? [], as: UTF8.self)
  }

  @Test(.timeLimit(.minutes(15))) func resultsComeOneByOneBelowAChange() async throws {
    try save("a", "b", "c", "d")
    try await serving { updates in
      while await !page().contains("gives d") { _ = await updates.stream.next() }
      try save("a", "b2", "c", "d")
      let seen = await updates.states { $0.isEmpty && cells.counts.withLock { $0.ended } == 2 }
        .filter { !$0.isEmpty }
      // What is above the change stays right; each state is one that the order of the cells allows.
      #expect(seen.contains { $0[1] == .running && $0[2] == .waiting && $0[3] == .waiting })
      #expect(seen.contains { $0[1] == nil && $0[2] == .running && $0[3] == .waiting })
      #expect(seen.allSatisfy { $0[0] == nil })
      let page = await page()
      #expect(page.contains("gives b2"))
    }
  }

  @Test(.timeLimit(.minutes(15))) func aStoppedCellHoldsBackNothingThatRanBefore() async throws {
    try save("a", "b", "c")
    try await serving { updates in
      while await !page().contains("gives c") { _ = await updates.stream.next() }
      try save("a2", "stop", "c")
      let seen = await updates.states { $0.values.contains(.stale) }
      #expect(seen.last == [1: .stale, 2: .stale])
      let page = await page()
      #expect(page.contains("gives a2"))
      // The cell below still shows what it gave.
      #expect(page.contains("gives c"))
      #expect(await site.latest.problems.contains("it stopped"))
    }
  }

  @Test(.timeLimit(.minutes(15))) func aNewerSaveEndsTheOlderRun() async throws {
    try save("a", "slow")
    try await serving { updates in
      for number in 1...5 {
        _ = await updates.states { $0[1] == .running }
        try save("a", "slow \(number)")
      }
      _ = await updates.states { $0[1] == .running }
      let start = ContinuousClock.now
      try save("a", "quick")
      while await !page().contains("gives quick") { _ = await updates.stream.next() }
      #expect(ContinuousClock.now - start < .seconds(20))
    }
  }

  @Test func resultsAreCarriedToTheirCells() throws {
    func chapter(_ codes: [String]) -> Chapter {
      let cells = codes.enumerated().map { index, code in
        let place = SourceRange(file: "chapters/01-one.md", line: index + 1)
        return Cell(
          id: Cell.ID(index), code: code, lines: [place.start], options: CellOptions(),
          range: place, infoRange: place)
      }
      return Chapter(
        path: "chapters/01-one.md", slug: "01-one", frontMatter: FrontMatter(title: "One"),
        markdown: "", firstLine: 1, cells: cells, inlineValues: [], headings: [])
    }
    func carried(_ old: [String], _ new: [String]) -> (shown: [String?], current: Set<Int>) {
      let result = ChapterResult(cells: old.map { CellResult(outputs: [.text($0)]) })
      let known = KnownResults(chapter(old), result).carried(to: chapter(new))
      return (known.result.cells.map { $0.outputs.first?.text }, known.current)
    }
    let changed = carried(["a", "b", "c"], ["a", "x", "c"])
    #expect(changed.shown == ["a", "b", "c"])
    #expect(changed.current == [0])
    let inserted = carried(["a", "b", "c"], ["a", "new", "b", "c"])
    #expect(inserted.shown == ["a", nil, "b", "c"])
    #expect(inserted.current == [0])
    let removed = carried(["a", "b", "c"], ["a", "c"])
    #expect(removed.shown == ["a", "c"])
    #expect(removed.current == [0])
    let added = carried(["a", "b"], ["a", "b", "c"])
    #expect(added.shown == ["a", "b", nil])
    #expect(added.current == [0, 1])
  }
}
