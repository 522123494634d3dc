import BookModel
import HostSystem

/// A folder for one chapter's files, locked while the process lives: whoever can lock it too knows
/// that it was left behind.
struct ScratchFolder: Sendable {
  let path: String
  private let lock: FileLock?
  private static let name = "nnbook"

  init() throws(FileError) {
    _ = Self.hasTidied
    path = try FileSystem.makeTemporaryFolder(Self.name)
    lock = FileLock(folder: path, .givesUp)
  }

  func remove() {
    FileSystem.discard(path)
    lock?.release()
  }

  /// Once for a process.
  private static let hasTidied: Void = removeLeftovers(in: FileSystem.temporaryFolder)

  /// Removes the folders of builds that were killed. One that was made in the last hour may not be
  /// locked yet.
  static func removeLeftovers(in base: String, olderThan seconds: Int = 3600) {
    let limit = FileSystem.now() - seconds * 1_000_000_000
    for entry in FileSystem.names(in: base) where entry.hasPrefix(name + "-") {
      let path = base + "/" + entry
      guard entry.utf8.count == name.utf8.count + 7,
        let status = FileSystem.status(path, followingLinks: false), status.kind == .folder,
        status.owner == RunningProcess.user, status.modified <= limit,
        let lock = FileLock(folder: path, .givesUp)
      else { continue }
      FileSystem.discard(path)
      lock.release()
    }
  }

  static func unusable(_ failure: FileError) -> Diagnostic {
    Diagnostic(
      .error, "temporary-folder-not-writable",
      "the folder for temporary files, '\(FileSystem.temporaryFolder)', cannot be written: "
        + failure.reason,
      notes: [.init("name another folder with TMPDIR")])
  }
}
