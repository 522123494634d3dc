import HostSystem
import Synchronization

/// A folder beside the output that takes the files of a site as they are made, so that they need not
/// wait in memory; `SiteWriter` then exchanges the whole of it with the old site. A file that is what
/// the old site has is a link to that.
///
/// Its name tells the process that made it: what a killed build leaves is removed by the next one.
package final class SiteStage: Sendable {
  let folder: String
  private let site: String
  private let parent: String
  private let prefix: String
  /// Whether the folder is there; nil before anybody asked.
  private let isMade = Mutex<Bool?>(nil)

  /// Touches nothing yet.
  package init(output: String) {
    site = SiteFolder.place(of: output)
    parent = Path.folder(of: site)
    prefix = "." + Path.name(of: site) + ".nnbook-"
    folder = "\(parent)/\(prefix)\(RunningProcess.own)-\(UInt32.random(in: 0 ... .max))"
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

  /// Adds to a file; nil where no stage can be.
  func append(_ bytes: [UInt8], to path: String, isFirst: Bool) -> SiteFile? {
    guard isReady else { return nil }
    let target = place(of: path)
    do throws(FileError) {
      if isFirst { try clear(target) }
      try FileSystem.write(bytes, to: target, appending: true)
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
    try FileSystem.makeFolder(folder)
    isMade.withLock { $0 = true }
  }

  /// With all that is in it, whatever that is by now.
  package func remove() {
    if isMade.withLock({ $0 == true }) { try? FileSystem.remove(folder) }
  }

  /// A folder above that is missing is made with the site only, since the book may have errors.
  private var isReady: Bool {
    isMade.withLock { isMade in
      if let isMade { return isMade }
      var made = FileSystem.kind(of: parent) == .folder
      if made {
        removeLeftovers()
        made = (try? FileSystem.makeFolder(folder)) != nil
      }
      isMade = made
      return made
    }
  }

  /// Removes what killed builds left: stages of processes that are no more.
  private func removeLeftovers() {
    for entry in (try? FileSystem.list(parent)) ?? [] where entry.name.hasPrefix(prefix) {
      let number = entry.name.dropFirst(prefix.count).prefix { $0.isNumber }
      if RunningProcess(number: number)?.hasEnded == true {
        FileSystem.discard(parent + "/" + entry.name)
      }
    }
  }
}
