import BookModel
import Dispatch
import HostSystem
import Synchronization

/// One run of the compilers over the engine's sources.
struct EngineCompilation: Sendable {
  var sources: EngineSources
  var toolchain: Toolchain
  var target: EngineTarget
  /// Where everything goes.
  var folder: String

  func run() throws(DiagnosticError) {
    let include = folder + "/include"
    try copyHeaders()
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
    try start(.archiver, ["rcsD", "\(folder)/libEngine.a"] + objects, what: "the library")
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
      .clang, target.cFlags + ["-I", include, "-c", kernel, "-o", object(of: kernel)],
      what: "NeuralNetKernels")
  }

  private func compile(module: String) throws(DiagnosticError) {
    try start(
      .swiftc,
      target.swiftFlags + [
        "-wmo", "-parse-as-library", "-swift-version", "6", "-module-name", module,
        "-enable-experimental-feature", "Extern", "-I", folder, "-emit-module",
        "-emit-module-path", "\(folder)/\(module).swiftmodule", "-c", "-o",
        "\(folder)/\(module).o",
      ] + sources.files(of: module, ending: ".swift"), what: module)
  }

  /// The engine stands by itself: the sources may move, or be another version's, while it is used.
  func copyHeaders() throws(DiagnosticError) {
    let include = folder + "/include"
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
    _ program: Toolchain.Program, _ arguments: [String], what: String
  ) throws(DiagnosticError) {
    let said = try toolchain.run(program, arguments)
    if said.succeeded { return }
    throw DiagnosticError(
      Diagnostic(
        .error, .engineBuildFailed, "compiling the engine failed at \(what)",
        notes: said.text.split(separator: "\n").filter { $0.contains("error:") }.prefix(5)
          .map { .init(String($0)) }))
  }
}
