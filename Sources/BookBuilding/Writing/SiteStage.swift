import HostSystem
import Synchronization

/// A folder beside the output that takes the files of a site as they are made, so that they need not
/// wait in memory; `SiteWriter` then exchanges the whole of it with the old site. A file that is what
/// the old site has is a link to that.
///
/// It is locked while its build lives, whatever process that is and wherever it runs: what a killed
/// build leaves can be locked by the next one, which removes it.
package final class SiteStage: Sendable {
  let folder: String
  private let site: String
  private let parent: String
  private let prefix: String
  private let number: UInt64
  /// Whether the folder is there; nil before anybody asked.
  private let isMade = Mutex<Bool?>(nil)
  private let lock = Mutex<FileLock?>(nil)

  /// Touches nothing yet.
  package init(output: String) {
    site = SiteFolder.place(of: output)
    parent = Path.folder(of: site)
    prefix = "." + Path.name(of: site) + ".nnbook-"
    number = UInt64.random(in: 0 ... .max)
    folder = "\(parent)/\(prefix)\(number)"
  }

  func place(of path: String) -> String { folder + "/" + path }

  /// Takes a file; hands it back as it is where no stage can be. Threads may call it at once.
  func keep(_ bytes: [UInt8], at path: String) -> SiteFile {
    guard isReady else { return .bytes(bytes) }
    let old = site + "/" + path
    let target = place(of: path)
    do throws(FileError) {
      try clear(target)
      let isOld =
        FileSystem.status(old)?.size == bytes.count && (try? FileSystem.read(old)) == bytes
      if !isOld || !FileSystem.link(old, as: target) { try FileSystem.write(bytes, to: target) }
      return .staged(target)
    } catch {
      return .failed(error)
    }
  }

  /// What is there may be a link into the old site, which is not to be written to.
  private func clear(_ target: String) throws(FileError) {
    try FileSystem.makeFolder(Path.folder(of: target))
    try FileSystem.remove(target)
  }

  /// Makes the folder, where it is not there.
  func make() throws(FileError) {
    try FileSystem.makeFolder(parent)
    removeLeftovers()
    try makeLocked()
    isMade.withLock { $0 = true }
  }

  /// With all that is in it, whatever that is by now.
  package func remove() {
    guard isMade.withLock({ $0 == true }) else { return }
    FileSystem.discard(folder)
    lock.withLock { lock in
      lock?.release()
      lock = nil
    }
  }

  /// A folder above that is missing is made with the site only, since the book may have errors.
  private var isReady: Bool {
    isMade.withLock { isMade in
      if let isMade { return isMade }
      var made = FileSystem.kind(of: parent) == .folder
      if made {
        removeLeftovers()
        made = (try? makeLocked()) != nil
      }
      isMade = made
      return made
    }
  }

  /// Nobody takes it for abandoned between its making and its locking: it has another name until then.
  private func makeLocked() throws(FileError) {
    if FileSystem.isFolder(folder) { return }
    let unlocked = "\(parent)/\(prefix.dropLast())~\(number)"
    try FileSystem.makeFolder(unlocked)
    lock.withLock { $0 = FileLock(folder: unlocked, .givesUp) }
    try FileSystem.rename(unlocked, to: folder)
  }

  /// Removes what killed builds left: stages that nobody holds.
  private func removeLeftovers() {
    for entry in (try? FileSystem.list(parent)) ?? [] {
      let path = parent + "/" + entry.name
      guard path != folder, FileSystem.status(path, followingLinks: false)?.kind == .folder else {
        continue
      }
      if entry.name.hasPrefix(prefix), let lock = FileLock(folder: path, .givesUp) {
        FileSystem.discard(path)
        lock.release()
      } else if entry.name.hasPrefix(prefix.dropLast() + "~"), let status = FileSystem.status(path),
        FileSystem.now() - status.modified > 3_600_000_000_000
      {
        FileSystem.discard(path)
      }
    }
  }
}
