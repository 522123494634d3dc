import BookModel
import HostSystem

/// What programs are linked with: the engine for this machine, and the one for the reader's browser.
package struct Engines: Sendable {
  package var native: EngineBuild
  /// Nil where it was not asked for.
  package var browser: EngineBuild?

  /// Finds or makes them. Where both are missing, both are made at once: each takes a core for most
  /// of a minute.
  /// - Parameter shared: asked for what is missing here, and given what is compiled here; nil for none.
  package static func make(
    sources: EngineSources, toolchain: Toolchain, forBrowser: Bool, cache: String,
    shared: (any SharedContents)? = nil, observer: @escaping EngineEvent.Observer = { _ in }
  ) async throws(DiagnosticError) -> Engines {
    @Sendable func make(_ target: EngineTarget) async -> Result<EngineBuild, DiagnosticError> {
      do throws(DiagnosticError) {
        return .success(
          // A minute's work, which the next build needs as well.
          try await onOwnThread(endsWithTask: false) { () throws(DiagnosticError) in
            try EngineBuild.make(
              sources: sources, toolchain: toolchain, target: target, cache: cache,
              shared: shared, observer: observer)
          })
      } catch {
        return .failure(error)
      }
    }
    guard forBrowser else { return Engines(native: try await make(.native).get()) }
    async let browser = make(.webAssembly)
    let native = await make(.native)
    return Engines(native: try native.get(), browser: try await browser.get())
  }
}
