import BookModel
import EngineBuilding
import HostSystem

/// What running cells needs of this machine, found once: the compiler, the engine's sources, the
/// folders, and the tools for live cells. Whoever has it looks nothing up.
package struct RunSetup: Sendable {
  package var settings: Settings
  package var toolchain: Toolchain
  package var sources: EngineSources
  /// The program `node`; nil where it is not installed.
  var node: String?
  /// Nil where `wasm-opt` is not installed.
  var optimizer: ModuleOptimizer?
  /// What the toolchain lacks for live cells; nil when nothing.
  var missingForLiveCells: String?

  /// Where things are, and how much cells may do. What is nil is found.
  package struct Settings: Sendable {
    /// The folder that holds the book's `data/`.
    package var book: String
    /// Where results are kept.
    package var results: String
    /// Where compiled engines are kept; books may share it.
    package var engines: String
    package var compiler: String?
    package var engineSources: String?
    package var sandbox = Requirement.auto
    package var live = Requirement.auto
    package var limits = Limits()
    /// Whether changed cells run from checkpoints, for whoever writes them.
    package var usesCheckpoints = false
    /// Asked where nothing is stored here; nil for none.
    package var shared: (any SharedContents)?
    /// Machines that cells run on; nil for this one.
    package var remote: RemoteWorkers?
    package var engineObserver: EngineEvent.Observer = { _ in }

    package init(book: String, results: String, engines: String) {
      self.book = FileSystem.resolved(book)
      self.results = results
      self.engines = engines
      compiler = Environment.value("NNBOOK_SWIFTC")
    }
  }

  /// Finds the compiler and the engine's sources; starts nothing that is not missing from the
  /// caches.
  package init(_ settings: Settings) throws(DiagnosticError) {
    self.settings = settings
    toolchain = try Toolchain(compiler: settings.compiler, cache: settings.engines)
    sources = try EngineSources(folder: settings.engineSources)
    node = Environment.node
    optimizer = Environment.program("wasm-opt").map(ModuleOptimizer.init(program:))
    missingForLiveCells = toolchain.missingForWebAssembly
  }

  /// Of what decides, besides a chapter's own files, what its cells give.
  package var identity: String { ContentHash.of(toolchain.version, sources.hash) }

  func engineKey(_ target: EngineTarget) -> String {
    EngineBuild.key(sources: sources, toolchain: toolchain, target: target)
  }

  /// Whether the chapter's live cells can be compiled, and are to be.
  func makesLiveCells(of chapter: Chapter) -> Bool {
    settings.live != .off && missingForLiveCells == nil && chapter.cells.contains(where: \.isLive)
  }

  /// Where engines of other machines are: nil where cells are not confined, because whoever may write to
  /// the store would have programs here that nothing holds.
  private var sharedEngines: (any SharedContents)? {
    settings.sandbox.confines ? settings.shared : nil
  }

  /// Finds or makes what the chapter's cells are linked with.
  func engines(for chapter: Chapter) async throws(DiagnosticError) -> Engines {
    try await Engines.make(
      sources: sources, toolchain: toolchain, forBrowser: makesLiveCells(of: chapter),
      cache: settings.engines, shared: sharedEngines, observer: settings.engineObserver)
  }
}

extension Requirement {
  /// Whether programs run in a sandbox here, where this asks for one or none.
  package var confines: Bool { self != .off && Bubblewrap.found != nil }
}
