import BookModel
import HostSystem

/// Compiles the program of one scope.
struct SwiftCompiler: Sendable {
  var toolchain: Toolchain
  var engine: EngineBuild

  /// Swift 5 mode for cells: in Swift 6 mode the variables of a program's top level belong to the
  /// main actor, and every function that uses one would have to say so. Not optimised, because the
  /// time goes to the compiler, and traps then name their lines; the engine itself is optimised.
  static let flags = [
    "-swift-version", "5", "-Onone", "-gline-tables-only", "-enable-bare-slash-regex",
    "-module-name", "main", "-diagnostic-style", "llvm", "-no-color-diagnostics",
  ]
  static let linkFlags = ["-use-ld=lld"]

  /// What compiling gave: diagnostics, and no error among them where the program was made.
  struct Outcome {
    var diagnostics: [Diagnostic]
    var succeeded: Bool
  }

  /// Makes an executable.
  func compile(
    _ program: CellProgram, in folder: String, to executable: String
  ) throws(DiagnosticError) -> Outcome {
    try run(
      program, in: folder, name: "main",
      arguments: Self.flags + [
        "-I", engine.folder, "-L", engine.folder, "-lEngine", "-lm", "-o", executable,
      ] + Self.linkFlags)
  }

  /// Checks only, up to the mistakes that are found after types are known.
  func check(_ program: CellProgram, in folder: String) throws(DiagnosticError) -> Outcome {
    try run(
      program, in: folder, name: "check",
      arguments: Self.flags + ["-I", engine.folder, "-emit-sil", "-o", "/dev/null"])
  }

  /// Who calls whom in a program that compiles; nil where the compiler does not say.
  func callGraph(of program: CellProgram, in folder: String) throws(DiagnosticError) -> CallGraph? {
    let text = folder + "/program.sil"
    let outcome = try run(
      program, in: folder, name: "calls",
      arguments: Self.flags + [
        "-I", engine.folder, "-emit-sil", "-Xllvm", "-sil-print-debuginfo", "-o", text,
      ])
    guard outcome.succeeded, let bytes = try? FileSystem.read(text) else { return nil }
    return CallGraph(String(decoding: bytes, as: UTF8.self), path: program.map.chapter.path)
  }

  private func run(
    _ program: CellProgram, in folder: String, name: String, arguments: [String]
  ) throws(DiagnosticError) -> Outcome {
    // The name decides that the file is the program's top level.
    let sources = folder + "/" + name
    let source = sources + "/main.swift"
    do {
      try FileSystem.makeFolder(sources)
      try FileSystem.write(Array(program.text.utf8), to: source)
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
    let child = ChildProcess(
      executable: toolchain.compiler, arguments: arguments + [source],
      environment: Environment.ofTools(temporary: sources))
    let ending: ChildProcess.Ending
    let text: CollectedOutput
    do {
      (ending, text) = try child.collect()
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, "compiler-missing",
          "the Swift compiler '\(toolchain.compiler)' does not start: "
            + error.code.text))
    }
    let messages = CompilerMessages(
      String(decoding: text.error + text.output, as: UTF8.self), map: program.map)
    if ending == .exited(0) { return Outcome(diagnostics: messages.diagnostics, succeeded: true) }
    var diagnostics = messages.diagnostics
    if !diagnostics.hasErrors {
      if let failure = messages.fileFailure {
        throw DiagnosticError(ScratchFolder.unusable(failure))
      }
      diagnostics.append(broken(program, messages))
    }
    return Outcome(diagnostics: diagnostics, succeeded: false)
  }

  /// For a failure that names no place of the chapter.
  private func broken(_ program: CellProgram, _ messages: CompilerMessages) -> Diagnostic {
    Diagnostic(
      .error, "compiler-failed", at: SourceRange(file: program.map.chapter.path, line: 1),
      "the compiler stopped without naming a place in the chapter",
      notes: messages.elsewhere.prefix(5).map { .init($0) } + [
        .init("please report this with the chapter; \(toolchain.version)")
      ])
  }
}
