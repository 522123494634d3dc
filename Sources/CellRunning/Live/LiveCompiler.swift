import BookModel
import Deflate
import HostSystem

/// Makes one WebAssembly module of a chapter's live cells.
struct LiveCompiler {
  var toolchain: Toolchain
  var engine: EngineBuild
  var cache: String
  /// A folder for one chapter's files.
  var folder: String

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

  private static let version = "live 4"

  static var keyText: String {
    ([version] + flags + linkFlags + [ModuleOptimizer.keyText]).joined(separator: " ")
  }

  /// The module, compressed; from the cache when its program and the engine are the same as before.
  func module(_ slices: [LiveSlice], of chapter: Chapter) throws(DiagnosticError) -> [UInt8] {
    let program = LiveProgram(slices, chapter: chapter, isLocated: false)
    let key = ContentHash.of(engine.key, program.text, Self.keyText)
    let stored = cache + "/live/" + key
    if case .whole(let module) = SealedFile.read(stored, kind: Self.kind) {
      FileSystem.markUsed(stored)
      return Array(module)
    }
    let object = folder + "/live.o"
    if try compile(program, named: "live", to: object) != nil {
      let located = LiveProgram(slices, chapter: chapter, isLocated: true)
      let said = try compile(located, named: "located", to: object) ?? []
      throw DiagnosticError(LiveMessages(said, slices: slices, map: located.map).diagnostics)
    }
    let module = deflated(try link(object, program, slices))
    try? FileSystem.makeFolder(cache + "/live")
    // A cache that cannot be written is slower, and not wrong.
    try? SealedFile.write(module, kind: Self.kind, to: stored)
    return module
  }

  private static let kind = "live"

  /// What the compiler said when it failed; nil when it did not.
  private func compile(
    _ program: LiveProgram, named name: String, to object: String
  ) throws(DiagnosticError) -> [String]? {
    let source = folder + "/" + name + ".swift"
    do {
      try FileSystem.write(Array(program.text.utf8), to: source)
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
    let (succeeded, text) = try start(
      toolchain.compiler, Self.flags + ["-I", engine.folder, "-c", source, "-o", object])
    return succeeded ? nil : text
  }

  private func link(
    _ object: String, _ program: LiveProgram, _ slices: [LiveSlice]
  ) throws(DiagnosticError) -> [UInt8] {
    let output = folder + "/live.wasm"
    let exports = program.entryPoints.map { "--export=" + $0 } + ["--export-if-defined=nnbook_play"]
    let (succeeded, text) = try start(
      toolchain.program("wasm-ld"),
      // What both have of the standard library is taken from the first: the cells' copy has words
      // for its traps.
      Self.linkFlags + exports + [
        object, engine.folder + "/libEngine.a", toolchain.unicodeTables, "-o", output,
      ])
    guard succeeded else { throw DiagnosticError(unlinked(text, slices)) }
    // A module that cannot be made smaller is larger, and not wrong.
    let smaller = ModuleOptimizer.found?.optimize(output)
    guard let module = try? FileSystem.read(smaller ?? output) else {
      throw DiagnosticError(unlinked(text, slices))
    }
    return module
  }

  private func unlinked(_ said: [String], _ slices: [LiveSlice]) -> Diagnostic {
    let names = said.compactMap { $0.split(separator: "undefined symbol: ").dropFirst().first }
    let missing = Set(names.map(String.init)).sorted().joined(separator: "', '")
    return Diagnostic(
      .error, "live-unsupported", at: slices.first?.live.infoRange,
      missing.isEmpty
        ? "the live cells cannot be linked: \(said.first ?? "no message")"
        : "a live cell uses '\(missing)' of the C library, which the reader's page doesn't have; the "
          + "engine's ElementaryFunction has the common ones")
  }

  private func start(
    _ program: String, _ arguments: [String]
  ) throws(DiagnosticError) -> (Bool, [String]) {
    let child = ChildProcess(
      executable: program, arguments: arguments,
      environment: Environment.ofTools(temporary: folder))
    do {
      let (ending, text) = try child.collect()
      let said = String(decoding: text.error + text.output, as: UTF8.self)
      return (ending == .exited(0), said.split(separator: "\n").map(String.init))
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, "compiler-missing",
          "'\(program)' does not start: " + error.code.text))
    }
  }
}
