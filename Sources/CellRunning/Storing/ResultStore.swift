import BookModel
import HostSystem

/// Results by content: `results/ab/abcd…` holds a digest and the bytes it is of.
///
/// Entries are written beside and renamed, so that builds may run at once and be killed at any
/// moment; an entry whose digest does not fit is removed and made anew.
package struct ResultStore: Sendable {
  var folder: String
  /// Bytes of all entries together; the ones unused for longest go first.
  var limit = 512 << 20

  enum Lookup: Hashable {
    case found(StoredRun)
    case missing
    case damaged
  }

  private static let kind = "result"

  private var store: StoreFolder { StoreFolder(folder) }
  private static let part = "results"

  func lookup(_ key: String) -> Lookup {
    guard let path = store.place([Self.part, String(key.prefix(2))], key) else { return .missing }
    switch SealedFile.read(path, kind: Self.kind) {
    case .missing: return .missing
    case .whole(let payload):
      if let run = try? StoredRun(encoded: payload) {
        FileSystem.markUsed(path)
        return .found(run)
      }
    case .damaged: break
    }
    FileSystem.discard(path)
    return .damaged
  }

  func store(_ run: StoredRun, key: String) throws(FileError) {
    let path = try store.made([Self.part, String(key.prefix(2))], key)
    try SealedFile.write(run.encoded(), kind: Self.kind, to: path)
  }

  /// Removes the entries unused for longest, until the rest takes four fifths of the limit; and what
  /// builds left half-written that were killed, of whatever kind it is.
  func evict() {
    store.removeAbandonedParts()
    let paths = store.files(in: Self.part) { folder, name in
      name.prefix(2) == folder && name.utf8.count == ContentHash.digits
        && name.allSatisfy(\.isHexDigit)
    }
    var entries = paths.compactMap { path in
      FileSystem.status(path, followingLinks: false).map { (path: path, status: $0) }
    }
    var total = entries.reduce(0) { $0 + $1.status.size }
    guard total > limit else { return }
    entries.sort { $0.status.modified < $1.status.modified }
    for entry in entries where total > limit / 5 * 4 {
      FileSystem.discard(entry.path)
      total -= entry.status.size
    }
  }
}
