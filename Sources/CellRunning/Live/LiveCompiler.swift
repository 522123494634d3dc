import BookModel
import Deflate
import EngineBuilding
import HostSystem

/// Makes one WebAssembly module of a chapter's live cells.
struct LiveCompiler {
  var setup: RunSetup
  var tools: CellTools
  var engine: EngineBuild
  /// A folder for one chapter's files.
  var folder: String
  private var toolchain: Toolchain { tools.toolchain }

  init(setup: RunSetup, tools: CellTools, engine: EngineBuild, folder: String) {
    self.setup = setup
    self.tools = tools
    self.engine = engine
    self.folder = folder
    // Where the tools run as another user, that one must find the engine.
    if tools.bubblewrap?.changesUser == true { FileSystem.openToAll(engine.folder) }
  }

  /// A debug configuration keeps the messages of `fatalError` and `precondition`. LLVM optimizes at
  /// the link, once.
  private static let flags =
    EngineTarget.embedded + [
      "-Osize", "-wmo", "-parse-as-library", "-swift-version", "5", "-assert-config", "Debug",
      "-enable-bare-slash-regex", "-suppress-warnings", "-module-name", "Live",
      "-Xfrontend", "-disable-llvm-optzns",
      "-diagnostic-style", "llvm", "-no-color-diagnostics",
    ]

  private static let linkFlags = [
    "--no-entry", "--gc-sections", "--strip-all", "-O2", "--stack-first",
    "-z", "stack-size=1048576", "--max-memory=268435456", "--export=__stack_pointer",
    "--export=__global_base", "--export=__heap_base",
  ]

  private static let version = "live 5"

  static func keyText(_ setup: RunSetup) -> String {
    ([version] + flags + linkFlags + [setup.optimizer?.identity ?? "no wasm-opt"])
      .joined(separator: " ")
  }

  /// The module, compressed; from the cache when its program and the engine are the same as before.
  func module(
    _ slices: [LiveSlice], of chapter: Chapter, baked: String = ""
  ) throws(DiagnosticError) -> [UInt8] {
    var program = LiveProgram(
      slices, chapter: chapter, isLocated: false, baked: baked, splits: true)
    let key = ContentHash.of(engine.key, program.text, Self.keyText(setup))
    let kept = setup.settings.engines + "/live"
    let stored = kept + "/" + key
    if case .whole(let module) = SealedFile.read(stored, kind: Self.kind) {
      FileSystem.markUsed(stored)
      return Array(module)
    }
    var said = try compile(program, named: "live")
    if said != nil, program.isSplit {
      // What is declared above a control and gets its value below it, say, cannot be divided.
      program = LiveProgram(slices, chapter: chapter, isLocated: false, baked: baked)
      FileSystem.discard(folder + "/live")
      said = try compile(program, named: "live")
    }
    if said != nil {
      let located = LiveProgram(slices, chapter: chapter, isLocated: true, baked: baked)
      let said = try compile(located, named: "located") ?? []
      throw DiagnosticError(LiveMessages(said, slices: slices, map: located.map).diagnostics)
    }
    let module = deflated(try link(folder + "/live/live.o", program, slices))
    try? FileSystem.makeFolder(kept)
    // A cache that cannot be written is slower, and not wrong.
    try? SealedFile.write(module, kind: Self.kind, to: stored)
    return module
  }

  private static let kind = "live"

  /// What the compiler said when it failed; nil when it did not.
  private func compile(
    _ program: LiveProgram, named name: String
  ) throws(DiagnosticError) -> [String]? {
    // It holds where it was made, and no other machine has it there.
    let cache =
      tools.remote == nil
      ? ModuleCache.make(
        for: engine, toolchain: toolchain, arguments: Self.flags,
        modules: ["NeuralNet", "Notebook"]) : nil
    let arguments = Self.flags + ["-I", engine.folder, "-c", "\(name).swift", "-o", "live.o"]
    let files = ["\(name).swift": Array(program.text.utf8)]
    let place = folder + "/" + name
    var outcome = try tools.run(
      toolchain.confinedCompiler, arguments + (cache?.arguments ?? []), in: place, with: files,
      readable: [engine.folder], making: ["live.o"])
    if outcome.ending != .exited(0), cache != nil, ModuleCache.isMissing(in: outcome.text) {
      FileSystem.discard(place)
      outcome = try tools.run(
        toolchain.confinedCompiler, arguments, in: place, with: files, readable: [engine.folder])
    }
    return outcome.ending == .exited(0) ? nil : outcome.lines
  }

  private func link(
    _ object: String, _ program: LiveProgram, _ slices: [LiveSlice]
  ) throws(DiagnosticError) -> [UInt8] {
    let exports =
      program.entryPoints.map { "--export=" + $0 }
      + ["nnbook_play", LiveProgram.restOfCell].map { "--export-if-defined=" + $0 }
    guard let object = try? ConfinedTool.result(object) else {
      throw DiagnosticError(unlinked([], slices))
    }
    let place = folder + "/link"
    let outcome = try tools.run(
      toolchain.path(of: .wasmLinker),
      // What both have of the standard library is taken from the first: the cells' copy has words
      // for its traps.
      Self.linkFlags + exports + [
        "live.o", engine.folder + "/libEngine.a", toolchain.unicodeTables, "-o", "live.wasm",
      ], in: place, with: ["live.o": object], readable: [engine.folder], making: ["live.wasm"])
    guard outcome.ending == .exited(0),
      let module = try? ConfinedTool.result(place + "/live.wasm")
    else { throw DiagnosticError(unlinked(outcome.lines, slices)) }
    // A module that cannot be made smaller is larger, and not wrong.
    return setup.optimizer?.optimized(module, with: tools, in: folder + "/smaller") ?? module
  }

  private func unlinked(_ said: [String], _ slices: [LiveSlice]) -> Diagnostic {
    let names = said.compactMap { $0.split(separator: "undefined symbol: ").dropFirst().first }
    let missing = Set(names.map(String.init)).sorted().joined(separator: "', '")
    return Diagnostic(
      .error, .liveUnsupported, at: slices.first?.live.infoRange,
      missing.isEmpty
        ? "the live cells cannot be linked: \(said.first ?? "no message")"
        : "a live cell uses '\(missing)' of the C library, which the reader's page doesn't have; the "
          + "engine's ElementaryFunction has the common ones")
  }
}

extension ConfinedTool.Outcome {
  /// All that the tool said, in lines.
  fileprivate var lines: [String] { text.split(separator: "\n").map(String.init) }
}
