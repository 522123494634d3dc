import BookModel
import CellRunning
import HostSystem

/// What an editor needs of the toolchain to understand cells as a build does.
package struct EditorToolchain: Sendable {
  /// `sourcekit-lsp`; nil where the toolchain has none.
  package var languageServer: String?
  /// `swift-format`; nil where the toolchain has none.
  package var formatter: String?
  /// Of the compiler: the language mode of cells, and where their modules are.
  package var flags: [String]

  /// Finds the toolchain, and makes the engine where it is not made yet.
  package static func find(_ request: BuildRequest) async throws(DiagnosticError) -> EditorToolchain
  {
    let setup = try RunSetup(RunSetup.Settings(request))
    let engine = try await setup.engineFolder()
    func program(_ name: String) -> String? {
      let path = setup.toolchain.programs + "/" + name
      return FileSystem.isExecutable(path) ? path : nil
    }
    return EditorToolchain(
      languageServer: program("sourcekit-lsp"), formatter: program("swift-format"),
      flags: RunSetup.languageFlags + ["-I", engine])
  }
}
