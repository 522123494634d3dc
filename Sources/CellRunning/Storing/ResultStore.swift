import BookModel
import Glibc

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

  private static let head = Array("nnbook result 1\n".utf8)

  private func path(_ key: String) -> String {
    "\(folder)/results/\(key.prefix(2))/\(key)"
  }

  func lookup(_ key: String) -> Lookup {
    let path = path(key)
    guard let bytes = try? FileSystem.read(path) else { return .missing }
    let start = Self.head.count + 65
    if bytes.count >= start, bytes.starts(with: Self.head) {
      let payload = bytes[start...]
      let digest = ContentHash.of(Array(payload)) + "\n"
      if bytes[Self.head.count..<start].elementsEqual(digest.utf8),
        let run = try? StoredRun(encoded: payload)
      {
        FileSystem.markUsed(path)
        return .found(run)
      }
    }
    unlink(path)
    return .damaged
  }

  func store(_ run: StoredRun, key: String) throws(FileSystem.Failure) {
    let payload = run.encoded()
    let path = path(key)
    try FileSystem.makeFolder(String(path.dropLast(key.count + 1)))
    try FileSystem.writeAtomically(
      Self.head + Array((ContentHash.of(payload) + "\n").utf8) + payload, to: path)
  }

  /// Removes the entries unused for longest, until the rest takes four fifths of the limit.
  func evict() {
    let root = folder + "/results"
    var entries = FileSystem.files(below: root).compactMap { name in
      FileSystem.status(root + "/" + name).map { (path: root + "/" + name, status: $0) }
    }
    var total = entries.reduce(0) { $0 + $1.status.size }
    guard total > limit else { return }
    entries.sort { $0.status.modified < $1.status.modified }
    for entry in entries where total > limit / 5 * 4 {
      unlink(entry.path)
      total -= entry.status.size
    }
  }
}
