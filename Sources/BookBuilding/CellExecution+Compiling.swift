import BookModel
import CellRunning
import Synchronization

extension CellExecution {
  /// The real thing: compiles and runs, and stores what it ran. Nothing is looked for, neither
  /// compiler nor engine, before the first chapter that has cells.
  package static func compiling(
    _ request: BuildRequest, observer: @escaping BuildObserver = { _ in }
  ) -> CellExecution {
    let runner = LazyRunner(request, observer)
    return CellExecution(
      run: { chapter in
        await runner.answer { runner throws(DiagnosticError) in
          request.execution == .always
            ? try await runner.rerun(chapter, storing: true) : try await runner.run(chapter)
        }
      },
      rerun: { chapter in
        await runner.answer { runner throws(DiagnosticError) in try await runner.rerun(chapter) }
      },
      stored: { chapter in (try? runner.get())?.stored(chapter).map(Answer.init) },
      identity: { runner.found?.identity })
  }
}

extension CellExecution.Answer {
  fileprivate init(_ run: ChapterRun) {
    self.init(
      result: run.result, diagnostics: run.diagnostics, wasStored: run.origin != .ran,
      details: run.details)
  }
}

/// Made by the first chapter that needs it; all share what it found, or why it found nothing.
private final class LazyRunner: Sendable {
  private let request: BuildRequest
  private let observer: BuildObserver
  private let made = Mutex<Result<ChapterRunner, DiagnosticError>?>(nil)

  init(_ request: BuildRequest, _ observer: @escaping BuildObserver) {
    self.request = request
    self.observer = observer
  }

  func get() throws(DiagnosticError) -> ChapterRunner {
    try made.withLock { made in
      if let made { return made }
      var settings = ChapterRunner.Settings(request)
      // Chapters that run side by side wait side by side.
      let told = Told()
      settings.engineObserver = { [observer] event in
        let event = BuildEvent(event)
        if told.isNews(event) { observer(event) }
      }
      let result = Result { [settings] () throws(DiagnosticError) in
        try ChapterRunner(settings)
      }
      made = result
      return result
    }.get()
  }

  /// Nil where no chapter needed it, or where it was not found.
  var found: ChapterRunner? { made.withLock { try? $0?.get() } }

  func answer(
    _ run: (ChapterRunner) async throws(DiagnosticError) -> ChapterRun
  ) async -> CellExecution.Answer {
    do throws(DiagnosticError) {
      let runner = try get()
      return CellExecution.Answer(try await run(runner))
    } catch {
      return CellExecution.Answer(result: nil, diagnostics: error.diagnostics)
    }
  }
}

private final class Told: Sendable {
  private let events = Mutex<Set<BuildEvent>>([])

  func isNews(_ event: BuildEvent) -> Bool {
    events.withLock { $0.insert(event).inserted }
  }
}

extension BuildEvent {
  fileprivate init(_ event: EngineEvent) {
    self =
      switch event {
      case .waiting: .waitingForEngine
      case .compiling(let target): .compilingEngine(forBrowser: target != .native)
      case .compiled(let target, let seconds):
        .compiledEngine(forBrowser: target != .native, seconds: seconds)
      }
  }
}

extension ChapterRunner.Settings {
  package init(_ request: BuildRequest) {
    self.init(book: request.book, results: request.caches.book, engines: request.caches.engines)
    sandbox = request.sandbox
    live = request.live
  }
}
