import BookModel
import EngineBuilding
import HostSystem

/// What the compiler makes of the headers of C libraries, which takes it seconds. It is made once,
/// beside the engine and of a program of ours, and read by every later run of the compiler: one that
/// works on a book's text may write nothing that others read.
struct ModuleCache: Sendable {
  let folder: String

  var arguments: [String] { ["-module-cache-path", folder] }

  /// Finds it, or makes it; nil where it cannot be made, which costs time and nothing else.
  /// - Parameters:
  ///   - arguments: of the runs that will read it.
  ///   - modules: what they may import.
  static func make(
    for engine: EngineBuild, toolchain: Toolchain, arguments: [String], modules: [String]
  ) -> ModuleCache? {
    let cache = ModuleCache(folder: engine.folder + "/" + name)
    // A changed header makes all of it worthless.
    let state = ["/usr/include/stdlib.h", "/usr/include/features.h", toolchain.confinedCompiler]
      .map { FileSystem.status($0)?.fingerprint ?? "-" }.joined(separator: "\n")
    if cache.isReady(state) { return cache }
    guard let lock = FileLock(file: engine.folder + "/" + name + "-lock", .waits) else {
      return nil
    }
    defer { lock.release() }
    if cache.isReady(state) { return cache }
    FileSystem.discard(cache.folder)
    FileSystem.openToAll(engine.folder)
    let program = modules.map { "#if canImport(\($0))\nimport \($0)\n#endif\n" }.joined()
    guard let scratch = try? ScratchFolder() else { return nil }
    defer { scratch.remove() }
    let source = scratch.path + "/main.swift"
    do {
      try FileSystem.makeFolder(cache.folder)
      try FileSystem.write(program, to: source)
    } catch {
      return nil
    }
    let child = ChildProcess(
      executable: toolchain.confinedCompiler,
      arguments: arguments + cache.arguments + ["-I", engine.folder, "-typecheck", source],
      environment: Environment.ofTools(temporary: scratch.path))
    guard (try? child.collect())?.0 == .exited(0),
      (try? FileSystem.write(state, to: cache.marker)) != nil
    else { return nil }
    // Where the tools run as another user, that one reads it.
    FileSystem.openToAll(cache.folder)
    return cache
  }

  /// Hidden, so that it is no part of what the engine's seal is of.
  private static let name = ".modules"

  private var marker: String { folder + "/state" }

  private func isReady(_ state: String) -> Bool {
    (try? FileSystem.read(marker)).map { String(decoding: $0, as: UTF8.self) } == state
  }

  /// Whether the compiler missed something in it, or found it too old, and could not write it.
  static func isMissing(in said: String) -> Bool {
    said.contains("could not build C module") || said.contains(".pcm'")
  }
}
