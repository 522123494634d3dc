import BookModel
import Glibc

/// A folder for the programs of one chapter, in the folder for temporary files. Its owner holds a
/// lock on a file in it, which ends with the process: so a folder that a killed build left is told
/// from one in use.
struct WorkFolder {
  let path: String
  private let lock: Int32

  private static let prefix = "nnbook-"
  private static let lockName = "lock"

  init() throws(DiagnosticError) {
    do {
      path = try FileSystem.makeTemporaryFolder(String(Self.prefix.dropLast()))
    } catch {
      throw DiagnosticError(Self.unusable(error))
    }
    // Where the sandbox runs as another user, that one must find the program.
    chmod(path, 0o755)
    lock = open(path + "/" + Self.lockName, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if lock >= 0 { flock(lock, LOCK_EX | LOCK_NB) }
  }

  func remove() {
    FileSystem.removeTree(path)
    if lock >= 0 { close(lock) }
  }

  /// Removes the user's folders that no process holds any more.
  static func removeAbandoned() {
    let parent = FileSystem.temporaryFolder
    for name in FileSystem.names(in: parent) where name.hasPrefix(prefix) {
      let folder = parent + "/" + name
      var status = stat()
      // One without a lock may be in the making, or somebody else's of that name.
      guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
        status.st_uid == geteuid()
      else { continue }
      let lock = open(folder + "/" + lockName, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard lock >= 0 else { continue }
      if flock(lock, LOCK_EX | LOCK_NB) == 0 { FileSystem.removeTree(folder) }
      close(lock)
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
