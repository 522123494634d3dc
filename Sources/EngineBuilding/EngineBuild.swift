import BookModel
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
  /// wait; a build that was killed half-way leaves nothing that counts as done. Engines for two
  /// targets may be made at once.
  /// - Parameter shared: asked before one is compiled, and given it afterwards; nil for none.
  package static func make(
    sources: EngineSources, toolchain: Toolchain, target: EngineTarget = .native, cache: String,
    shared: (any SharedContents)? = nil, observer: EngineEvent.Observer = { _ in }
  ) throws(DiagnosticError) -> EngineBuild {
    let key = key(sources: sources, toolchain: toolchain, target: target)
    let parent = cache + "/engines"
    // Two keys that share a cache, each of which finds the other's seals broken, keep engines apart:
    // one that takes the other's for damaged would remove it under a running compiler.
    func place(_ kind: String) -> EngineBuild {
      EngineBuild(
        folder: parent + "/" + ContentHash.keyed(.ofUser, kind + key).prefix(32), key: key)
    }
    let build = place("")
    // Of a store's, which is not taken by a build that may have none.
    let taken = place("taken ")
    let found = {
      (shared == nil ? [build] : [build, taken]).first { EngineSeal(folder: $0.folder).isWhole }
    }
    let upkeep = CacheUpkeep(folder: cache)
    if let found = found() {
      FileSystem.markUsed(found.folder)
      upkeep.removeAbandoned()
      return found
    }
    do {
      try FileSystem.makeFolder(parent)
    } catch {
      throw DiagnosticError(cacheUnusable(error))
    }
    let waits = { if !atWork.withLock({ $0.contains(target) }) { observer(.waiting) } }
    // Without a lock two builds may make the same engine, and none is wrong.
    let lock = FileLock(file: parent + "/" + target.lockName, .waits, whenHeld: waits)
    defer { lock?.release() }
    atWork.withLock { _ = $0.insert(target) }
    defer { atWork.withLock { _ = $0.remove(target) } }
    if let found = found() { return found }
    // Damaged, where it is there.
    FileSystem.discard(build.folder)
    upkeep.removeUnused(with: target)
    let partial = build.folder + target.partSuffix
    do throws(FileError) {
      try FileSystem.makeFolder(partial)
    } catch {
      throw DiagnosticError(cacheUnusable(error))
    }
    let compilation = EngineCompilation(
      sources: sources, toolchain: toolchain, target: target, folder: partial)
    let exchange = shared.map { EngineExchange(shared: $0, key: key, toolchain) }
    if let exchange, try exchange.take(for: compilation) {
      FileSystem.discard(taken.folder)
      try taken.put(partial)
      observer(.taken(target))
      return taken
    }
    observer(.compiling(target))
    let start = monotonicNow()
    do throws(DiagnosticError) {
      try compilation.run()
    } catch {
      FileSystem.discard(partial)
      throw error
    }
    try build.put(partial)
    observer(.compiled(target, seconds: Double(monotonicNow() - start) / 1e9))
    exchange?.give(build.folder)
    return build
  }

  /// In place, whole.
  private func put(_ partial: String) throws(DiagnosticError) {
    do {
      try FileSystem.rename(partial, to: folder)
    } catch {
      throw DiagnosticError(cacheUnusable(.init(path: folder, code: error.code)))
    }
  }

  /// The targets whose locks this process holds.
  private static let atWork = Mutex<Set<EngineTarget>>([])
}

extension EngineTarget {
  /// Held by whoever makes an engine for this target.
  var lockName: String { "lock-" + name }

  fileprivate var subject: String {
    self == .native ? "the engine" : "the engine for the browser"
  }

  /// Of the folder in which an engine is made.
  var partSuffix: String { "." + name + ".part" }
}

/// The one step of a build that takes a minute, told while it happens.
package enum EngineEvent: Hashable, Sendable {
  /// Another process compiles an engine.
  case waiting
  case compiling(EngineTarget)
  case compiled(EngineTarget, seconds: Double)
  /// Another machine had compiled it.
  case taken(EngineTarget)

  package typealias Observer = @Sendable (EngineEvent) -> Void

  /// As people read it.
  package var summary: String {
    switch self {
    case .waiting: "Waiting for another build, which compiles the engine…"
    case .compiling(let target): "Compiling \(target.subject) (once for this version)…"
    case .compiled(let target, let seconds):
      "Compiled \(target.subject) in \(hundredths(seconds)) s"
    case .taken(let target): "Took \(target.subject) from the shared store"
    }
  }
}

/// With two digits after the point.
private func hundredths(_ number: Double) -> String {
  let whole = Int((number * 100).rounded())
  return "\(whole / 100).\(whole % 100 < 10 ? "0" : "")\(whole % 100)"
}

func cacheUnusable(_ failure: FileError) -> Diagnostic {
  Diagnostic(
    .error, .cacheNotWritable,
    "the cache folder '\(failure.path)' cannot be written: \(failure.reason)",
    notes: [.init("name another folder with NNBOOK_CACHE")])
}
