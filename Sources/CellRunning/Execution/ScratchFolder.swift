import BookModel
import Glibc

/// A folder for one chapter's files, locked while the process lives: whoever can lock it too knows
/// that it was left behind.
struct ScratchFolder: Sendable {
  let path: String
  private let lock: Int32
  private static let name = "nnbook"

  init() throws(FileSystem.Failure) {
    _ = Self.hasTidied
    path = try FileSystem.makeTemporaryFolder(Self.name)
    lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if lock >= 0 { flock(lock, LOCK_EX | LOCK_NB) }
  }

  func remove() {
    FileSystem.removeTree(path)
    if lock >= 0 { close(lock) }
  }

  /// Once for a process.
  private static let hasTidied: Void = removeLeftovers(in: FileSystem.temporaryFolder)

  /// Removes the folders of builds that were killed. One that was made in the last hour may not be
  /// locked yet.
  static func removeLeftovers(in base: String, olderThan seconds: Int = 3600) {
    let limit = FileSystem.now() - seconds * 1_000_000_000
    for entry in FileSystem.names(in: base) where entry.hasPrefix(name + "-") {
      let path = base + "/" + entry
      var status = stat()
      guard entry.utf8.count == name.utf8.count + 7, lstat(path, &status) == 0,
        status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
        let modified = FileSystem.status(path)?.modified, modified <= limit
      else { continue }
      let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard folder >= 0 else { continue }
      defer { close(folder) }
      if flock(folder, LOCK_EX | LOCK_NB) == 0 { FileSystem.removeTree(path) }
    }
  }

  static func unusable(_ failure: FileSystem.Failure) -> Diagnostic {
    Diagnostic(
      .error, "temporary-folder-not-writable",
      "the folder for temporary files, '\(FileSystem.temporaryFolder)', cannot be written: "
        + failure.reason,
      notes: [.init("name another folder with TMPDIR")])
  }
}
