import BookModel
import SharedStores

/// The one way from a folder of chapters to a folder of pages: nothing to do where the stamp of the
/// last build still holds; else read, run, typeset and render onto a stage, exchange it with the old
/// site, and keep the stamp.
package struct SiteBuild: Sendable {
  package enum Ending: Hashable, Sendable {
    /// Nothing had changed since the last build.
    case current
    case written(SiteWriter.Summary)
    /// The output is what the chapters give.
    case same
    /// The book has errors, or the output differs or cannot be written.
    case failed
  }

  package struct Report: Sendable {
    package var ending: Ending
    /// Sorted by place.
    package var diagnostics: [Diagnostic] = []
    package var chapterCount = 0
    /// Paths of drafts that were left out.
    package var leftOut: [String] = []
    /// Seconds of each stage, in order.
    package var timings: [(stage: String, seconds: Double)] = []
  }

  package enum Purpose: Hashable, Sendable {
    case writes
    /// Writes nothing, and reports every file of the output that differs.
    case compares
  }

  private let request: BuildRequest
  private let output: String
  private let purpose: Purpose
  private let observer: BuildObserver

  /// - Parameter output: the folder of the site, as the user typed it.
  package init(
    _ request: BuildRequest, output: String, _ purpose: Purpose = .writes,
    observer: @escaping BuildObserver = { _ in }
  ) {
    var request = request
    request.output = output
    request.comparesOnly = purpose == .compares
    self.request = request
    self.output = output
    self.purpose = purpose
    self.observer = observer
  }

  package func run() async -> Report {
    // A build that is asked for more than the site as it should be looks at everything.
    let isPlain =
      purpose == .writes && request.execution == .whereNeeded && request.durations == nil
    let stamp = isPlain ? BuildStamp(request, output: output) : nil
    if let count = stamp?.chaptersIfCurrent() {
      return Report(ending: .current, chapterCount: count)
    }
    let stage = purpose == .writes ? SiteStage(output: output) : nil
    defer { stage?.remove() }
    let store = request.store.map { StoreClient($0) }
    let remote = request.remote.map { RemoteMachines($0, for: request) }
    let execution = CellExecution.compiling(
      request, shared: store, remote: remote?.workers, observer: observer)
    var outcome = await BookBuild(
      request, execution: execution, stage: stage, shared: store, observer: observer
    ).run()
    if let store {
      await store.finish()
      outcome.diagnostics = store.troubles + outcome.diagnostics
    }
    if let remote { outcome.diagnostics = await remote.finish() + outcome.diagnostics }
    // Somebody ended it: what has no result yet must not take the place of what has one.
    if Task.isCancelled {
      return Report(
        ending: .failed, diagnostics: outcome.diagnostics, chapterCount: outcome.chapterCount)
    }
    if let file = request.durations, purpose == .writes, outcome.book != nil {
      do throws(DiagnosticError) {
        try outcome.durations.write(to: file)
      } catch {
        outcome.diagnostics += error.diagnostics
        outcome.files = nil
      }
    }
    let report = finish(outcome, stage)
    // What was left out for want of a program is tried again.
    if report.ending != .failed, !outcome.lacksPictures {
      stamp?.record(outcome, cells: execution.identity())
    }
    return report
  }

  /// Puts the files in place, or holds them against those that are.
  private func finish(_ outcome: BookBuild.Outcome, _ stage: SiteStage?) -> Report {
    var report = Report(
      ending: .failed, diagnostics: outcome.diagnostics, chapterCount: outcome.chapterCount,
      leftOut: outcome.leftOut, timings: outcome.timings)
    guard let files = outcome.files else { return report }
    let writer = SiteWriter(output: output)
    do throws(DiagnosticError) {
      switch purpose {
      case .writes:
        report.ending = .written(try writer.write(files, stage: stage))
      case .compares:
        let differences = try writer.differences(from: files)
        report.diagnostics += differences.map { $0.diagnostic(output: output) }
        if differences.isEmpty { report.ending = .same }
      }
    } catch {
      report.diagnostics += error.diagnostics
    }
    return report
  }
}
