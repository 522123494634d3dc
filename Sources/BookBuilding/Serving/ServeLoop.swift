import BookModel
import CellRunning
import HostSystem
import Synchronization

/// Builds a book again whenever one of its files changes.
///
/// Each round publishes more than once where cells have to run: first the pages with what is known,
/// then with each new result. A change during a round ends it with all that it started, and the next
/// begins.
package struct ServeLoop: Sendable {
  package struct Round: Sendable {
    package var diagnostics: [Diagnostic]
    package var seconds: Double
    /// False for pages that still wait for results.
    package var isComplete: Bool
  }

  private var request: BuildRequest
  private let site: ServedSite
  private let execution: CellExecution
  private let memory: BookMemory
  private let observer: BuildObserver
  private let report: @Sendable (Round) -> Void

  package init(
    request: BuildRequest, execution: CellExecution, site: ServedSite,
    drafts: ChapterDrafts? = nil, observer: @escaping BuildObserver,
    report: @escaping @Sendable (Round) -> Void
  ) {
    self.request = request
    self.request.isServed = true
    memory = BookMemory(drafts: drafts)
    self.execution = execution
    self.site = site
    self.observer = observer
    self.report = report
  }

  /// Runs until its task is cancelled.
  package func run() async throws(DiagnosticError) {
    let changes: AsyncStream<Void>
    do {
      changes = Self.merged(
        try FileEvents(root: request.book).changes(), memory.drafts?.changes)
    } catch {
      throw DiagnosticError(
        Diagnostic(.error, .notWatchable, "'\(request.book)' cannot be watched: \(error.reason)"))
    }
    var number = 0
    var round = Task { [number] in await build(round: number) }
    for await _ in changes {
      number += 1
      round.cancel()
      // Two runs of one chapter would take each other's time.
      round = Task { [number, before = round] in
        await before.value
        if !Task.isCancelled { await build(round: number) }
      }
    }
    round.cancel()
    await round.value
  }

  /// Of files, and of what pages hold in their place.
  private static func merged(
    _ files: AsyncStream<Void>, _ drafts: AsyncStream<Void>?
  ) -> AsyncStream<Void> {
    guard let drafts else { return files }
    let (both, change) = AsyncStream<Void>.makeStream()
    let tasks = [files, drafts].map { stream in
      Task { for await _ in stream { change.yield() } }
    }
    change.onTermination = { _ in for task in tasks { task.cancel() } }
    return both
  }

  private func build(round: Int) async {
    let start = ContinuousClock.now
    let build = BookBuild(request, execution: execution, memory: memory, observer: observer)
    let read: ReadBook
    do {
      read = try await build.read()
    } catch {
      let outcome = BookBuild.Outcome(diagnostics: error.diagnostics)
      if await publish(outcome, round: round) { tell(outcome, since: start, isComplete: true) }
      return
    }
    let known = await site.known
    let recalled = await build.recalled(of: read, BookBuild.Serving(known: known))
    if recalled.allSatisfy(\.isComplete) {
      // With all results there already, these pages are the whole round.
      let outcome = await build.finish(read, recalled)
      if await publish(outcome, round: round) { tell(outcome, since: start, isComplete: true) }
      return
    }
    // Cells run while pages are made of what is known.
    let board = ProgressBoard()
    async let results = build.results(
      of: read, BookBuild.Serving(known: known) { board.take($1, of: $0) })
    let preview = await build.finish(read, recalled)
    guard await publish(preview, round: round) else { return }
    tell(preview, since: start, isComplete: false)
    async let news: Void = publishNews(build, read, known, board, round: round)
    let steps = await results
    board.finish()
    await news
    let outcome = await build.finish(read, steps)
    guard await publish(outcome, round: round) else { return }
    tell(outcome, since: start, isComplete: true)
  }

  /// Publishes new results as they come, as often as pages can be made of them.
  private func publishNews(
    _ build: BookBuild, _ read: ReadBook, _ known: [String: KnownResults], _ board: ProgressBoard,
    round: Int
  ) async {
    for await _ in board.steps {
      let serving = BookBuild.Serving(known: known, progress: board.progress)
      let steps = await build.recalled(of: read, serving)
      _ = await publish(await build.finish(read, steps), round: round, isPartial: true)
    }
  }

  /// False where a later round has begun.
  private func publish(
    _ outcome: BookBuild.Outcome, round: Int, isPartial: Bool = false
  ) async -> Bool {
    if Task.isCancelled { return false }
    var outcome = outcome
    if let drafts = memory.drafts { outcome.forgiveLearners(drafts) }
    let latest = await site.latest
    let problems =
      isPartial ? latest.problems : DiagnosticPrinter().text(for: outcome.diagnostics)
    let edited =
      !request.isEdited
      ? EditorNews() : isPartial ? latest.edited : EditorNews(outcome, drafts: memory.drafts)
    let isNews = await site.publish(
      outcome.files?.compactMapValues(\.inMemory), problems: problems, states: outcome.states,
      edited: edited, round: round)
    if isNews { await site.remember(outcome.known) }
    return isNews
  }

  private func tell(
    _ outcome: BookBuild.Outcome, since start: ContinuousClock.Instant, isComplete: Bool
  ) {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    report(Round(diagnostics: outcome.diagnostics, seconds: seconds, isComplete: isComplete))
  }
}

/// How far the chapters of a round have come.
private final class ProgressBoard: Sendable {
  /// One element after each change; those that nobody took in time are one.
  let steps: AsyncStream<Void>
  private let step: AsyncStream<Void>.Continuation
  private let bySlug = Mutex<[String: RunProgress]>([:])

  init() {
    (steps, step) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  var progress: [String: RunProgress] { bySlug.withLock { $0 } }

  func take(_ progress: RunProgress, of chapter: Chapter) {
    bySlug.withLock { $0[chapter.slug] = progress }
    step.yield()
  }

  func finish() { step.finish() }
}
