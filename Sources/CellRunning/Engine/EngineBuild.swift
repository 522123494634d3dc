import BookModel
import Dispatch
import HostSystem
import Synchronization

/// The engine and `Notebook`, compiled once for each state of their sources, and kept.
package struct EngineBuild: Sendable {
  /// Holds the modules (`-I`) and `libEngine.a` (`-L`).
  package var folder: String
  /// Of sources, compiler and flags.
  package var key: String

  package static func key(
    sources: EngineSources, toolchain: Toolchain, target: EngineTarget
  ) -> String {
    ContentHash.of(
      "engine 2", sources.hash, toolchain.version, target.name,
      target.cFlags.joined(separator: " "), target.swiftFlags.joined(separator: " "))
  }

  /// Finds it in `cache`, or makes it. Several processes may ask at once: one builds, the others
  /// wait; a build that was killed half-way leaves nothing that counts as done.
  package static func make(
    sources: EngineSources, toolchain: Toolchain, target: EngineTarget = .native, cache: String,
    observer: EngineEvent.Observer = { _ in }
  ) throws(DiagnosticError) -> EngineBuild {
    let key = key(sources: sources, toolchain: toolchain, target: target)
    let parent = cache + "/engines"
    let build = EngineBuild(folder: parent + "/" + key.prefix(32), key: key)
    let seal = EngineSeal(folder: build.folder)
    if seal.isWhole {
      FileSystem.markUsed(build.folder)
      CacheUpkeep(folder: cache).removeAbandoned()
      return build
    }
    do {
      try FileSystem.makeFolder(parent)
    } catch {
      throw DiagnosticError(cacheUnusable(error))
    }
    let waits = { if !isAtWork.withLock(\.self) { observer(.waiting) } }
    // Without a lock two builds may make the same engine, and none is wrong.
    let lock = FileLock(file: parent + "/" + lockName, .waits, whenHeld: waits)
    defer { lock?.release() }
    isAtWork.withLock { $0 = true }
    defer { isAtWork.withLock { $0 = false } }
    if seal.isWhole { return build }
    // Damaged, where it is there.
    FileSystem.discard(build.folder)
    CacheUpkeep(folder: cache).removeUnused()
    observer(.compiling(target))
    let start = monotonicNow()
    let partial = build.folder + partSuffix
    do throws(FileError) {
      try FileSystem.makeFolder(partial)
    } catch {
      throw DiagnosticError(cacheUnusable(error))
    }
    do throws(DiagnosticError) {
      try Compilation(sources: sources, toolchain: toolchain, target: target, folder: partial)
        .run()
    } catch {
      FileSystem.discard(partial)
      throw error
    }
    do {
      try FileSystem.rename(partial, to: build.folder)
    } catch {
      throw DiagnosticError(cacheUnusable(.init(path: build.folder, code: error.code)))
    }
    observer(.compiled(target, seconds: Double(monotonicNow() - start) / 1e9))
    return build
  }

  static let lockName = "lock"
  /// Of the folder in which an engine is made.
  static let partSuffix = ".part"

  /// Whether it is this process that holds the lock.
  private static let isAtWork = Mutex(false)
}

/// The one step of a build that takes a minute, told while it happens.
package enum EngineEvent: Hashable, Sendable {
  /// Another process compiles an engine.
  case waiting
  case compiling(EngineTarget)
  case compiled(EngineTarget, seconds: Double)

  package typealias Observer = @Sendable (EngineEvent) -> Void
}

func cacheUnusable(_ failure: FileError) -> Diagnostic {
  Diagnostic(
    .error, .cacheNotWritable,
    "the cache folder '\(failure.path)' cannot be written: \(failure.reason)",
    notes: [.init("name another folder with NNBOOK_CACHE")])
}

/// One run of the compilers.
private struct Compilation: Sendable {
  var sources: EngineSources
  var toolchain: Toolchain
  var target: EngineTarget
  var folder: String

  func run() throws(DiagnosticError) {
    let include = folder + "/include"
    try copyHeaders(to: include)
    let kernels = sources.files(of: "NeuralNetKernels", ending: ".c")
    // The modules need the kernels' header only, so that all of these may be compiled at once.
    let failures = Mutex<[DiagnosticError]>([])
    DispatchQueue.concurrentPerform(iterations: kernels.count + 1) { index in
      do throws(DiagnosticError) {
        if index == 0 {
          for module in ["NeuralNet", "Notebook"] { try compile(module: module) }
        } else {
          try compile(kernel: kernels[index - 1], include: include)
        }
      } catch {
        failures.withLock { $0.append(error) }
      }
    }
    if let failure = failures.withLock({ $0.first }) { throw failure }
    let objects = kernels.map(object(of:)) + ["NeuralNet", "Notebook"].map { "\(folder)/\($0).o" }
    try start("llvm-ar", ["rcsD", "\(folder)/libEngine.a"] + objects, what: "the library")
    for object in objects { FileSystem.discard(object) }
    do {
      try EngineSeal(folder: folder).write()
    } catch {
      throw DiagnosticError(cacheUnusable(error))
    }
  }

  private func object(of kernel: String) -> String {
    "\(folder)/\(Path.name(of: kernel)).o"
  }

  private func compile(kernel: String, include: String) throws(DiagnosticError) {
    try start(
      "clang", target.cFlags + ["-I", include, "-c", kernel, "-o", object(of: kernel)],
      what: "NeuralNetKernels")
  }

  private func compile(module: String) throws(DiagnosticError) {
    try start(
      "swiftc",
      target.swiftFlags + [
        "-wmo", "-parse-as-library", "-swift-version", "6", "-module-name", module,
        "-enable-experimental-feature", "Extern", "-I", folder, "-emit-module",
        "-emit-module-path", "\(folder)/\(module).swiftmodule", "-c", "-o",
        "\(folder)/\(module).o",
      ] + sources.files(of: module, ending: ".swift"), what: module)
  }

  /// The engine stands by itself: the sources may move, or be another version's, while it is used.
  private func copyHeaders(to include: String) throws(DiagnosticError) {
    let text = """
      module NeuralNetKernels {
        header "include/NeuralNetKernels.h"
        export *
      }

      """
    do {
      try FileSystem.makeFolder(include)
      for header in sources.files(of: "NeuralNetKernels/include", ending: ".h") {
        try FileSystem.write(
          try FileSystem.read(header), to: include + "/" + Path.name(of: header))
      }
      try FileSystem.write(Array(text.utf8), to: folder + "/module.modulemap")
    } catch {
      throw DiagnosticError(cacheUnusable(error))
    }
  }

  private func start(
    _ program: String, _ arguments: [String], what: String
  ) throws(DiagnosticError) {
    let child = ChildProcess(
      executable: program == "swiftc" ? toolchain.compiler : toolchain.program(program),
      arguments: arguments, environment: Environment.ofTools())
    let ending: ChildProcess.Ending
    let text: CollectedOutput
    do {
      (ending, text) = try child.collect()
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .compilerMissing,
          "the toolchain's '\(program)' does not start; it compiles the engine",
          notes: [.init("looked for in \(toolchain.programs)")]))
    }
    if ending == .exited(0) { return }
    let message = String(decoding: text.error + text.output, as: UTF8.self)
    throw DiagnosticError(
      Diagnostic(
        .error, .engineBuildFailed, "compiling the engine failed at \(what)",
        notes: message.split(separator: "\n").filter { $0.contains("error:") }.prefix(5)
          .map { .init(String($0)) }))
  }
}
