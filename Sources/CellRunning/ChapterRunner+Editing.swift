import BookModel
import HostSystem

/// What an editor's Swift server is told, so that it reads cells as a build does.
extension ChapterRunner {
  package static let languageFlags = [
    "-swift-version", "5", "-enable-bare-slash-regex", "-module-name", "main",
  ]

  /// The folder of the compiled engine, which is made where it is not there.
  package func engine() async throws(DiagnosticError) -> String {
    try await onOwnThread { () throws(DiagnosticError) in
      try EngineBuild.make(
        sources: self.sources, toolchain: self.toolchain, cache: self.settings.engines,
        observer: self.settings.engineObserver
      ).folder
    }
  }
}
