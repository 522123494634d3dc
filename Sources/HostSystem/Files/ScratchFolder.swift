/// A folder for the files of a chapter or of a tool, locked while the process lives: whoever can lock it
/// too knows that it was left behind.
package struct ScratchFolder: Sendable {
  package let path: String
  private let lock: FileLock?
  private static let name = "nnbook"

  package init() throws(FileError) {
    _ = Self.hasTidied
    // Nobody takes it for left behind between its making and its locking: it has another name then.
    let unlocked = try FileSystem.makeTemporaryFolder(Self.name + "-new")
    lock = FileLock(folder: unlocked, .givesUp)
    let base = Path.folder(of: unlocked)
    path = base + "/" + Self.name + "-" + unlocked.suffix(6)
    do throws(FileError) {
      try FileSystem.rename(unlocked, to: path)
    } catch {
      FileSystem.discard(unlocked)
      lock?.release()
      throw error
    }
  }

  package func remove() {
    FileSystem.discard(path)
    lock?.release()
  }

  /// Once for a process.
  private static let hasTidied: Void = removeLeftovers(in: FileSystem.temporaryFolder)

  /// Removes the folders of builds that were killed; of those that had not got their names yet, what
  /// is older than an hour.
  package static func removeLeftovers(in base: String, olderThan seconds: Int = 3600) {
    let limit = FileSystem.now() - seconds * 1_000_000_000
    for entry in FileSystem.names(in: base) where entry.hasPrefix(name + "-") {
      let path = base + "/" + entry
      let isNew = entry.hasPrefix(name + "-new-")
      guard entry.utf8.count == name.utf8.count + (isNew ? 11 : 7),
        let status = FileSystem.status(path, followingLinks: false), status.kind == .folder,
        status.owner == RunningProcess.user, !isNew || status.modified <= limit,
        let lock = FileLock(folder: path, .givesUp)
      else { continue }
      FileSystem.discard(path)
      lock.release()
    }
  }
}
