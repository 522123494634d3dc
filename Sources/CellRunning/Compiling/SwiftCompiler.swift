import BookModel
import EngineBuilding
import HostSystem

/// Compiles the program of one scope.
struct SwiftCompiler: Sendable {
  var tools: CellTools
  var engine: EngineBuild
  private var toolchain: Toolchain { tools.toolchain }

  init(tools: CellTools, engine: EngineBuild) {
    self.tools = tools
    self.engine = engine
    // Where the tools run as another user, that one must find the engine.
    if tools.bubblewrap?.changesUser == true { FileSystem.openToAll(engine.folder) }
  }

  /// Swift 5 mode for cells: in Swift 6 mode the variables of a program's top level belong to the
  /// main actor, and every function that uses one would have to say so. Not optimised, because the
  /// time goes to the compiler, and traps then name their lines; the engine itself is optimised. An
  /// expression that takes long is told with its place, before the compiler is ended without one.
  static let flags = [
    "-swift-version", "5", "-Onone", "-gline-tables-only", "-enable-bare-slash-regex",
    "-module-name", "main", "-diagnostic-style", "llvm", "-no-color-diagnostics", "-Xfrontend",
    "-solver-expression-time-threshold=30",
  ]

  /// What the linker is told of libraries comes from us alone: the object file of a cell may name
  /// some too, with any option of the linker. Those that are not needed are left out.
  static let linkFlags = [
    "-fuse-ld=lld", "-pie", "-Wl,--build-id", "-Wl,--no-dependent-libraries", "-Wl,--as-needed",
  ]

  /// What cells may import besides the engine.
  private static let modules = [
    "Dispatch", "Distributed", "Foundation", "FoundationNetworking", "FoundationXML", "Glibc",
    "Observation", "RegexBuilder", "Synchronization", "NeuralNet", "Notebook",
  ]

  /// What compiling gave: diagnostics, and no error among them where the program was made.
  struct Outcome {
    var diagnostics: [Diagnostic]
    var succeeded: Bool
  }

  /// Makes an executable in `folder`; its path.
  func compile(
    _ program: CellProgram, in folder: String
  ) throws(DiagnosticError) -> (Outcome, executable: String) {
    let place = folder + "/compile"
    let outcome = try run(program, in: place, arguments: ["-c", "-o"], making: "main.o")
    let linked = folder + "/link"
    let executable = linked + "/program"
    guard outcome.succeeded else { return (outcome, executable) }
    let object = try result(place + "/main.o", of: program)
    let told = try tools.run(
      toolchain.path(of: .clang),
      Self.linkFlags + [
        "--target=\(toolchain.triple)", "-Wl,-rpath,\(toolchain.resources)/linux",
        toolchain.startObject, "main.o", "-L", engine.folder, "-lEngine", "-L",
        toolchain.resources + "/linux",
      ] + toolchain.libraries.map { "-l" + $0 } + ["-lm", "-o", "program"],
      in: linked, with: ["main.o": object], readable: [engine.folder], making: ["program"])
    let linking = try self.outcome(told, of: program)
    if linking.succeeded {
      _ = try status(executable, of: program)
      // The linker obeyed the mask of who builds, and the cells run as yet another user.
      if tools.bubblewrap?.changesUser == true {
        try? FileSystem.setMode(0o755, of: executable)
      }
    }
    return (
      Outcome(
        diagnostics: outcome.diagnostics + linking.diagnostics, succeeded: linking.succeeded),
      executable
    )
  }

  /// Checks only, up to the mistakes that are found after types are known.
  func check(_ program: CellProgram, in folder: String) throws(DiagnosticError) -> Outcome {
    try run(
      program, in: folder + "/check", arguments: ["-emit-sil", "-o", "/dev/null"], making: nil)
  }

  /// Who calls whom in a program that compiles; nil where the compiler does not say.
  func callGraph(of program: CellProgram, in folder: String) throws(DiagnosticError) -> CallGraph? {
    let place = folder + "/calls"
    let outcome = try run(
      program, in: place,
      arguments: ["-emit-sil", "-Xllvm", "-sil-print-debuginfo", "-o"], making: "program.sil")
    guard outcome.succeeded, let bytes = try? ConfinedTool.result(place + "/program.sil") else {
      return nil
    }
    return CallGraph(String(decoding: bytes, as: UTF8.self), path: program.map.file)
  }

  func moduleCache() -> ModuleCache? {
    // It holds where it was made, and no other machine has it there.
    guard tools.remote == nil else { return nil }
    return ModuleCache.make(
      for: engine, toolchain: toolchain, arguments: Self.flags, modules: Self.modules)
  }

  private func run(
    _ program: CellProgram, in folder: String, arguments: [String], making made: String?
  ) throws(DiagnosticError) -> Outcome {
    let made = made.map { [$0] } ?? []
    let arguments = Self.flags + ["-I", engine.folder] + arguments + made
    // The name decides that the file is the program's top level.
    let files = ["main.swift": Array(program.text.utf8)]
    let cache = moduleCache()
    var told = try tools.run(
      toolchain.confinedCompiler, arguments + (cache?.arguments ?? []) + ["main.swift"],
      in: folder, with: files, readable: [engine.folder], making: made)
    if told.ending != .exited(0), cache != nil, ModuleCache.isMissing(in: told.text) {
      FileSystem.discard(folder)
      told = try tools.run(
        toolchain.confinedCompiler, arguments + ["main.swift"], in: folder, with: files,
        readable: [engine.folder])
    }
    return try outcome(told, of: program)
  }

  private func outcome(
    _ told: ConfinedTool.Outcome, of program: CellProgram
  ) throws(DiagnosticError) -> Outcome {
    let messages = CompilerMessages(told.text, map: program.map)
    if told.ending == .exited(0) {
      return Outcome(diagnostics: messages.diagnostics, succeeded: true)
    }
    var diagnostics = messages.diagnostics
    if !diagnostics.hasErrors {
      if let failure = messages.fileFailure {
        throw DiagnosticError(ScratchFolder.unusable(failure))
      }
      diagnostics.append(broken(program, said(told, messages)))
    }
    return Outcome(diagnostics: diagnostics, succeeded: false)
  }

  private func result(
    _ path: String, of program: CellProgram
  ) throws(DiagnosticError) -> [UInt8] {
    do {
      return try ConfinedTool.result(path)
    } catch {
      throw DiagnosticError(broken(program))
    }
  }

  private func status(
    _ path: String, of program: CellProgram
  ) throws(DiagnosticError) -> FileSystem.Status {
    guard let status = FileSystem.status(path, followingLinks: false), status.kind == .file else {
      throw DiagnosticError(broken(program))
    }
    return status
  }

  /// For a failure that names no place of the chapter.
  private func broken(_ program: CellProgram, _ said: [String] = []) -> Diagnostic {
    Diagnostic(
      .error, .compilerFailed, at: SourceRange(file: program.map.chapter.path, line: 1),
      "the compiler stopped without naming a place in the chapter",
      notes: (said + ["please report this with the chapter; \(toolchain.version)"])
        .map { .init($0) })
  }

  private func said(_ told: ConfinedTool.Outcome, _ messages: CompilerMessages) -> [String] {
    messages.elsewhere.isEmpty
      ? ["it ended with \(told.summary)"] : Array(messages.elsewhere.prefix(5))
  }
}

extension ConfinedTool.Outcome {
  /// All that the tool said.
  var text: String { String(decoding: error + output, as: UTF8.self) }

  /// How it ended, and the last line that it wrote.
  fileprivate var summary: String {
    let ending =
      switch ending {
      case .exited(let code): "exit code \(code)"
      case .signaled(let signal): "signal \(signal.rawValue) (\(signal.text))"
      case .tookTooLong, .usedTooMuchMemory, .saidTooMuch: "a limit"
      }
    let said = text.split(whereSeparator: \.isNewline).last
    return ending + (said.map { ", after saying: \($0.prefix(300))" } ?? " and said nothing")
  }
}
