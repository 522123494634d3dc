import BookModel
import EngineBuilding
import HostSystem

/// Compiles the engine for this machine and for the browser into the cache where builds look for it.
/// It needs little of the tool, so that `make site` runs it while the rest of the tool is compiled.
@main
enum EngineCommand {
  static func main() async {
    guard let cache = EngineCache.folder() else { return }
    do {
      let toolchain = try Toolchain(compiler: Environment.value("NNBOOK_SWIFTC"), cache: cache)
      _ = try await Engines.make(
        sources: try EngineSources(), toolchain: toolchain,
        forBrowser: toolchain.missingForWebAssembly == nil, cache: cache
      ) { event in
        Terminal.say(event.summary + "\n")
      }
    } catch {
      Terminal.complain(DiagnosticPrinter().text(for: error.diagnostics))
      RunningProcess.end(withCode: 1)
    }
  }
}
