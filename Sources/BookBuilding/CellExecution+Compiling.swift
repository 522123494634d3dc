import BookModel
import CellRunning
import Synchronization

extension CellExecution {
  /// The real thing: compiles and runs, and stores what it ran. Nothing is looked for, neither
  /// compiler nor engine, before the first chapter that has cells.
  package static func compiling(_ request: BuildRequest) -> CellExecution {
    let runner = LazyRunner(request)
    return CellExecution(
      run: { chapter in
        await runner.answer { runner throws(DiagnosticError) in try await runner.run(chapter) }
      },
      rerun: { chapter in
        await runner.answer { runner throws(DiagnosticError) in try await runner.run(chapter) }
      },
      stored: { chapter in
        _ = chapter; return nil
      })
  }
}

extension CellExecution.Answer {
  fileprivate init(_ run: ChapterRun, warnings: [Diagnostic]) {
    self.init(
      result: run.result, diagnostics: warnings + run.diagnostics, wasStored: run.origin != .ran)
  }
}

/// Made by the first chapter that needs it; all share what it found, or why it found nothing.
private final class LazyRunner: Sendable {
  private let request: BuildRequest
  private let made = Mutex<Result<ChapterRunner, DiagnosticError>?>(nil)

  init(_ request: BuildRequest) { self.request = request }

  func get() throws(DiagnosticError) -> ChapterRunner {
    try made.withLock { made in
      if let made { return made }
      var settings = ChapterRunner.Settings(book: request.book, cache: request.cache)
      settings.sandbox = SandboxPolicy(request.sandbox)
      settings.live = LivePolicy(request.live)
      let result = Result { () throws(DiagnosticError) in try ChapterRunner(settings) }
      made = result
      return result
    }.get()
  }

  func answer(
    _ run: (ChapterRunner) async throws(DiagnosticError) -> ChapterRun
  ) async -> CellExecution.Answer {
    do throws(DiagnosticError) {
      let runner = try get()
      return CellExecution.Answer(try await run(runner), warnings: runner.warnings)
    } catch {
      return CellExecution.Answer(result: nil, diagnostics: error.diagnostics)
    }
  }
}

extension SandboxPolicy {
  fileprivate init(_ requirement: BuildRequest.Requirement) {
    self =
      switch requirement {
      case .auto: .automatic
      case .required: .required
      case .off: .off
      }
  }
}

extension LivePolicy {
  fileprivate init(_ requirement: BuildRequest.Requirement) {
    self =
      switch requirement {
      case .auto: .automatic
      case .required: .required
      case .off: .off
      }
  }
}
