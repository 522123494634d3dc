import HostSystem

/// Digests of data files. Those of large files are kept under the file's size, times of change and
/// inode, because hashing tens of megabytes would be all that a build with nothing changed does.
struct DataDigests: Sendable {
  /// Of the book.
  var store: StoreFolder
  /// Bytes from which on a digest is kept.
  var threshold = 1 << 20

  private static let kind = "digest"
  private static let part = "digests"

  func digest(of file: DataFile) -> String {
    guard let status = FileSystem.status(file.path) else { return "missing" }
    guard status.size >= threshold, status.hasRested() else { return contentDigest(file) }
    let name = ContentHash.of(file.path, "\(status.fingerprint) \(status.changed)")
    if let kept = store.place([Self.part], name),
      case .whole(let bytes) = SealedFile.read(kept, kind: Self.kind)
    {
      return String(decoding: bytes, as: UTF8.self)
    }
    let digest = contentDigest(file)
    // Without it the next build hashes again.
    if let kept = try? store.made([Self.part], name) {
      try? SealedFile.write(Array(digest.utf8), kind: Self.kind, to: kept)
    }
    return digest
  }

  private func contentDigest(_ file: DataFile) -> String {
    (try? FileSystem.read(file.path)).map { ContentHash.of($0) } ?? "unreadable"
  }
}
