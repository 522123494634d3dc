import BookModel
import EngineBuilding

/// What an editor's Swift server is told, so that it reads cells as a build does.
extension RunSetup {
  package static let languageFlags = [
    "-swift-version", "5", "-enable-bare-slash-regex", "-module-name", "main",
  ]

  /// The folder of the compiled engine, which is made where it is not there.
  package func engineFolder() async throws(DiagnosticError) -> String {
    try await Engines.make(
      sources: sources, toolchain: toolchain, forBrowser: false, cache: settings.engines,
      observer: settings.engineObserver
    ).native.folder
  }
}
