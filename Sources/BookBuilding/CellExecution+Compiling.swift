import BookModel
import CellRunning
import EngineBuilding
import SharedStores
import Synchronization

extension CellExecution {
  /// The real thing: compiles and runs, and stores what it ran. Nothing is looked for, neither
  /// compiler nor engine, before the first chapter that has cells.
  package static func compiling(
    _ request: BuildRequest, shared: StoreClient? = nil, remote: RemoteWorkers? = nil,
    observer: @escaping BuildObserver = { _ in }
  ) -> CellExecution {
    let runner = LazyRunner(request, shared, remote, observer)
    return CellExecution(
      run: { chapter, observer throws(DiagnosticError) in
        let runner = try runner.get()
        return request.execution == .always
          ? try await runner.rerun(chapter, storing: true)
          : try await runner.run(chapter, observer: observer)
      },
      rerun: { chapter throws(DiagnosticError) in try await runner.get().rerun(chapter) },
      stored: { chapter in await (try? runner.get())?.storedOrShared(chapter) },
      shared: { chapter in await (try? runner.get())?.shared(chapter) },
      identity: { runner.found?.identity })
  }
}

extension StoreClient: SharedContents {}

/// Made by the first chapter that needs it; all share what it found, or why it found nothing.
private final class LazyRunner: Sendable {
  private let request: BuildRequest
  private let shared: StoreClient?
  private let remote: RemoteWorkers?
  private let observer: BuildObserver
  private let made = Mutex<Result<ChapterRunner, DiagnosticError>?>(nil)

  init(
    _ request: BuildRequest, _ shared: StoreClient?, _ remote: RemoteWorkers?,
    _ observer: @escaping BuildObserver
  ) {
    self.remote = remote
    self.request = request
    self.shared = shared
    self.observer = observer
  }

  func get() throws(DiagnosticError) -> ChapterRunner {
    try made.withLock { made in
      if let made { return made }
      var settings = RunSetup.Settings(request)
      settings.shared = shared
      settings.remote = remote
      // Chapters that run side by side wait side by side.
      let told = Told()
      settings.engineObserver = { [observer] event in
        if told.isNews(event) { observer(.engine(event)) }
      }
      let result = Result { [settings] () throws(DiagnosticError) in
        ChapterRunner(try RunSetup(settings))
      }
      made = result
      return result
    }.get()
  }

  /// Nil where no chapter needed it, or where it was not found.
  var found: ChapterRunner? { made.withLock { try? $0?.get() } }
}

private final class Told: Sendable {
  private let events = Mutex<Set<EngineEvent>>([])

  func isNews(_ event: EngineEvent) -> Bool {
    events.withLock { $0.insert(event).inserted }
  }
}

extension RunSetup.Settings {
  package init(_ request: BuildRequest) {
    self.init(book: request.book, results: request.caches.book, engines: request.caches.engines)
    sandbox = request.sandbox
    live = request.live
    usesCheckpoints = request.isServed
  }
}
