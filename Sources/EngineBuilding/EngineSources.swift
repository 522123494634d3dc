import BookModel
import HostSystem

/// The sources of what cells import, wherever they are installed.
package struct EngineSources: Sendable {
  /// Holds `NeuralNetKernels`, `NeuralNet` and `Notebook`.
  package var folder: String
  /// Changes when any source does.
  package var hash: String
  /// Paths relative to `folder`, in byte order.
  package var files: [String]

  package static let modules = ["NeuralNetKernels", "NeuralNet", "Notebook"]

  /// `folder` when given, else the one that NNBOOK_ENGINE names, else `share/nnbook/engine` beside the executable's folder, else
  /// `Sources` of the package that the executable was built in.
  package init(folder: String? = nil) throws(DiagnosticError) {
    let executable = RunningProcess.executable ?? ""
    try self.init(
      folder: folder ?? Environment.value("NNBOOK_ENGINE"), executable: executable)
  }

  init(folder: String?, executable: String) throws(DiagnosticError) {
    let candidates = folder.map { [$0] } ?? Self.candidates(for: executable)
    guard let found = candidates.first(where: Self.isComplete) else {
      let places = candidates.prefix(1).joined() + (folder == nil ? " or a folder above it" : "")
      throw DiagnosticError(
        Diagnostic(
          .error, .engineMissing,
          "the engine's sources are not in '\(places)'; cells are compiled against them",
          notes: [.init("reinstall nnbook, or name their folder with NNBOOK_ENGINE")]))
    }
    self.folder = found
    files = Self.modules.flatMap { module in
      FileSystem.files(below: found + "/" + module).map { module + "/" + $0 }
    }.filter { path in [".swift", ".c", ".h", ".modulemap"].contains { path.hasSuffix($0) } }
    var hash = ContentHash()
    for file in files {
      hash.add(file)
      do {
        hash.add(try FileSystem.read(found + "/" + file))
      } catch {
        throw DiagnosticError(
          Diagnostic(
            .error, .engineMissing,
            "the engine's source '\(file)' cannot be read: \(error.reason)")
        )
      }
    }
    self.hash = hash.digest()
  }

  func files(of module: String, ending: String) -> [String] {
    files.filter { $0.hasPrefix(module + "/") && $0.hasSuffix(ending) }.map { folder + "/" + $0 }
  }

  private static func isComplete(_ folder: String) -> Bool {
    modules.allSatisfy { FileSystem.isFolder(folder + "/" + $0) }
  }

  private static func candidates(for executable: String) -> [String] {
    let above = Path.folders(above: executable)
    return above.prefix(1).map { $0 + "/../share/nnbook/engine" }
      + above.map { $0 + "/Sources" }
  }
}
