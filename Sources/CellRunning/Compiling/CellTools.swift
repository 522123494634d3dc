import BookModel
import EngineBuilding
import HostSystem

/// The compiler and the other programs that work on what a chapter says. None of them is trusted with
/// more than the chapter's own folder: a cell can make a linker run what it likes.
struct CellTools: Sendable {
  var toolchain: Toolchain
  /// Nil where tools run with limits alone.
  var bubblewrap: Bubblewrap?
  var limits: Limits
  var chapter: String
  /// Nil where everything runs on this machine.
  var remote: RemoteWorkers?

  init(_ sandbox: Sandbox, chapter: String, remote: RemoteWorkers? = nil) {
    self.remote = remote
    toolchain = sandbox.toolchain
    bubblewrap = sandbox.bubblewrap
    limits = sandbox.limits
    self.chapter = chapter
  }

  /// Files that a tool finds in its folder, by name.
  typealias Files = [String: [UInt8]]

  /// Runs a tool in a new folder, with names of files within it.
  ///
  /// No folder serves twice: where a tool has been, a name may be a link to anywhere.
  ///
  /// - Parameter making: names of the files that it writes; nil for a tool that is no part of the
  ///   toolchain, which only this machine is known to have.
  func run(
    _ program: String, _ arguments: [String], in folder: String, with files: Files,
    readable: [String] = [], making: [String]? = nil
  ) throws(DiagnosticError) -> ConfinedTool.Outcome {
    if let remote, let making,
      let outcome = try runElsewhere(
        remote, program, arguments, in: folder, with: files, readable: readable, making: making)
    {
      return outcome
    }
    return try here { () throws(DiagnosticError) in
      try runHere(program, arguments, in: folder, with: files, readable: readable)
    }
  }

  /// Does something on this machine, which has not room for all the chapters that others work on.
  func here<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    guard let remote else { return try body() }
    return try remote.locally(body)
  }

  private func runHere(
    _ program: String, _ arguments: [String], in folder: String, with files: Files,
    readable: [String]
  ) throws(DiagnosticError) -> ConfinedTool.Outcome {
    do {
      try FileSystem.makeFolder(folder)
      for (name, bytes) in files { try FileSystem.write(bytes, to: folder + "/" + name) }
    } catch {
      throw DiagnosticError(ScratchFolder.unusable(error))
    }
    let outcome: ConfinedTool.Outcome
    do {
      outcome = try tool(program, arguments, in: folder, readable: readable).run(in: bubblewrap)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .compilerMissing, "'\(program)' does not start: " + error.code.text))
    }
    if let excess = excess(outcome.ending, program) { throw DiagnosticError(excess) }
    if outcome.ending != .exited(0), bubblewrap != nil,
      let said = Sandbox.complaint(in: String(decoding: outcome.error, as: UTF8.self))
    {
      throw DiagnosticError(Sandbox.notStarted(said, chapter: chapter))
    }
    return outcome
  }

  func tool(
    _ program: String, _ arguments: [String], in folder: String, readable: [String] = []
  ) -> ConfinedTool {
    ConfinedTool(
      program, arguments, folder: folder, readable: [toolchain.root] + readable,
      limits: ConfinedTool.Limits(
        seconds: UInt64(limits.compilerSeconds), memory: limits.compilerMemory))
  }

  func excess(_ ending: ConfinedTool.Ending, _ program: String) -> Diagnostic? {
    let name = Path.name(of: program)
    let place = SourceRange(file: chapter, line: 1)
    switch ending {
    case .exited, .signaled: return nil
    case .tookTooLong:
      return Diagnostic(
        .error, .compilerTimeLimit, at: place,
        "'\(name)' took more than \(limits.compilerSeconds) s for the cells of this chapter, which is "
          + "the limit",
        notes: [
          .init(
            "long expressions without types take the compiler longest: give their parts names and types"
          )
        ])
    case .usedTooMuchMemory:
      return Diagnostic(
        .error, .compilerMemoryLimit, at: place,
        "'\(name)' took more than \(limits.compilerMemory >> 20) MiB of memory for the cells of this "
          + "chapter, which is the limit",
        notes: [
          .init(
            "a large table belongs into a file of the book's 'data/' folder, which a cell reads")
        ])
    case .saidTooMuch:
      return Diagnostic(
        .error, .compilerOutputLimit, at: place,
        "'\(name)' said more about the cells of this chapter than anybody can read")
    }
  }
}

extension Toolchain {
  /// The folder that holds all of it.
  var root: String {
    let root = resources + "/../.."
    return FileSystem.realPath(root) ?? root
  }

  /// The compiler as it is started on cells: the toolchain's own, not one that picks a toolchain by
  /// the user's settings, which are out of its reach there.
  var confinedCompiler: String {
    let own = root + "/bin/swiftc"
    return FileSystem.isExecutable(own) ? own : compiler
  }

  /// The libraries that come with the compiler, by the names that a linker is told. Those that most
  /// programs need come first.
  var libraries: [String] {
    let first = ["swiftCore", "swift_Concurrency", "swiftSwiftOnoneSupport"]
    let all = FileSystem.names(in: resources + "/linux").compactMap { name in
      name.hasPrefix("lib") && name.hasSuffix(".so")
        ? String(name.dropFirst(3).dropLast(3)) : nil
    }
    return first.filter(all.contains) + all.filter { !first.contains($0) }
  }

  /// Those of modules that every cell sees without importing them.
  var implicitLibraries: [String] {
    let names = [
      "swiftCore", "swift_Concurrency", "swiftSwiftOnoneSupport", "swift_StringProcessing",
    ]
    return names.filter { FileSystem.kind(of: "\(resources)/linux/lib\($0).so") == .file }
  }

  /// What a program needs to find its own types.
  var startObject: String {
    "\(resources)/linux/\(triple.prefix { $0 != "-" })/swiftrt.o"
  }
}
