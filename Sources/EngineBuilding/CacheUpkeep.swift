import HostSystem

/// Removes what nobody used for long from the cache that all books of a user share.
struct CacheUpkeep {
  var folder: String
  /// What was used later is kept; but of engines only so many, and those used in the last two days.
  var longest = 30 * day
  var mostEngines = 6
  var now = FileSystem.now()

  private static let day = 86_400 * 1_000_000_000

  private var engines: String { folder + "/engines" }

  /// Called with the target's lock held.
  func removeUnused(with target: EngineTarget) {
    removeParts(of: target)
    var kept = 0
    let names = FileSystem.names(in: engines).filter { FileSystem.isFolder(engines + "/" + $0) }
    for (path, age) in aged(names.map { engines + "/" + $0 }) {
      // Another target's part belongs to a build that lives, or to one that died.
      let isPart = path.hasSuffix(".part")
      // A build that runs now has marked its engine within two days: marks are made once a day.
      let isSpare = (isPart || kept >= mostEngines) && age > 2 * Self.day
      if isSpare || age > longest {
        FileSystem.discard(path)
      } else if !isPart {
        kept += 1
      }
    }
    for part in ["live", "toolchains"] {
      let paths = FileSystem.names(in: "\(folder)/\(part)").map { "\(folder)/\(part)/\($0)" }
      for (path, age) in aged(paths) where age > longest || FileSystem.isAbandonedPart(path) {
        FileSystem.discard(path)
      }
    }
  }

  /// Removes engines whose making was killed. While one is made its maker holds the lock, which ends
  /// with the process; so what is partial while the lock is free is nobody's. Builds that find their
  /// engine whole call this: no other may be made for months.
  func removeAbandoned() {
    for target in [EngineTarget.native, .webAssembly] where !parts(of: target).isEmpty {
      guard let lock = FileLock(file: engines + "/" + target.lockName, .givesUp) else { continue }
      removeParts(of: target)
      lock.release()
    }
  }

  private func parts(of target: EngineTarget) -> [String] {
    FileSystem.names(in: engines).filter { $0.hasSuffix(target.partSuffix) }
  }

  private func removeParts(of target: EngineTarget) {
    for name in parts(of: target) { FileSystem.discard(engines + "/" + name) }
  }

  /// Nanoseconds since each was used, the one used last first.
  private func aged(_ paths: [String]) -> [(path: String, age: Int)] {
    paths.compactMap { path in FileSystem.status(path).map { (path, now - $0.modified) } }
      .sorted { $0.age < $1.age }
  }
}
