import Glibc

/// Removes what nobody used for long from the cache that all books of a user share. Called with the
/// lock of the engines held.
struct CacheUpkeep {
  var folder: String
  /// What was used later is kept; but of engines only so many, and those used in the last two days.
  var longest = 30 * day
  var mostEngines = 6
  var now = FileSystem.now()

  private static let day = 86_400 * 1_000_000_000

  func removeUnused() {
    let engines = folder + "/engines"
    var kept = 0
    let names = FileSystem.names(in: engines).filter { FileSystem.isFolder(engines + "/" + $0) }
    for (path, age) in aged(names.map { engines + "/" + $0 }) {
      // Whatever is partial belongs to a build that died.
      let isPartial = path.hasSuffix(".part")
      // A build that runs now has marked its engine within two days: marks are made once a day.
      let isSpare = kept >= mostEngines && age > 2 * Self.day
      if isPartial || isSpare || age > longest { FileSystem.removeTree(path) } else { kept += 1 }
    }
    for part in ["live", "toolchains"] {
      let paths = FileSystem.names(in: "\(folder)/\(part)").map { "\(folder)/\(part)/\($0)" }
      for (path, age) in aged(paths) where age > longest { unlink(path) }
    }
  }

  /// Nanoseconds since each was used, the one used last first.
  private func aged(_ paths: [String]) -> [(path: String, age: Int)] {
    paths.compactMap { path in FileSystem.status(path).map { (path, now - $0.modified) } }
      .sorted { $0.age < $1.age }
  }
}
