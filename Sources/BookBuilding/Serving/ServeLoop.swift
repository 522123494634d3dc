import BookModel
import HostSystem

/// Builds a book again whenever one of its files changes.
///
/// Each round publishes twice where cells have to run: first the pages with what is known, then
/// with the new results. A change during a round ends it, and the next begins.
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
  private let memory = BookMemory()
  private let observer: BuildObserver
  private let report: @Sendable (Round) -> Void

  package init(
    request: BuildRequest, execution: CellExecution, site: ServedSite,
    observer: @escaping BuildObserver,
    report: @escaping @Sendable (Round) -> Void
  ) {
    self.request = request
    self.request.isServed = true
    self.execution = execution
    self.site = site
    self.observer = observer
    self.report = report
  }

  /// Runs until its task is cancelled.
  package func run() async throws(DiagnosticError) {
    let changes: AsyncStream<Void>
    do {
      changes = try FileEvents(root: request.book).changes()
    } catch {
      throw DiagnosticError(
        Diagnostic(.error, .notWatchable, "'\(request.book)' cannot be watched: \(error.reason)"))
    }
    var number = 0
    var round = Task { [number] in await build(round: number) }
    for await _ in changes {
      number += 1
      round.cancel()
      round = Task { [number] in await build(round: number) }
    }
    round.cancel()
  }

  private func build(round: Int) async {
    let start = ContinuousClock.now
    let build = BookBuild(request, execution: execution, memory: memory, observer: observer)
    for complete in [false, true] {
      let outcome = await complete ? build.run() : build.preview(recalling: site.results)
      if Task.isCancelled { return }
      // A preview that has all results already is the whole round.
      let isLast = complete || outcome.isComplete
      let problems = DiagnosticPrinter().text(for: outcome.diagnostics)
      let isNews = await site.publish(
        outcome.files?.compactMapValues(\.inMemory), problems: problems, round: round)
      await site.remember(outcome.results)
      guard isNews else { return }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      report(Round(diagnostics: outcome.diagnostics, seconds: seconds, isComplete: isLast))
      if isLast { return }
    }
  }
}
