import BookModel
import Glibc

/// Puts a whole site in place at once: written beside the old one, then exchanged with it in a
/// single step of the file system. Whoever looks, and whenever the build is killed, the folder is
/// one complete site.
///
/// A folder that cannot be exchanged, because another file system is mounted there or the folder
/// above it is read-only, gets its files one by one: each is whole at any moment.
package struct SiteWriter: Sendable {
  package struct Summary: Hashable, Sendable {
    package var written = 0
    package var unchanged = 0
    package var removed = 0
  }

  package var output: String

  package init(output: String) { self.output = output }

  /// What of the folder is not what `files` say. Nothing is written.
  package func differences(from files: [String: [UInt8]]) throws(DiagnosticError)
    -> [SiteDifference]
  {
    try differences(in: SiteFolder(output), from: withList(files))
  }

  /// Refuses folders with files that nnbook did not write. Writes nothing where nothing differs.
  @discardableResult
  package func write(_ files: [String: [UInt8]]) throws(DiagnosticError) -> Summary {
    // Another build may be writing the same site: what it leaves is what this one compares with.
    let parent = FileAccess.folder(of: FileAccess.resolved(output))
    // A folder that cannot be made is told below, where the site is written.
    try? FileAccess.makeFolder(parent)
    let lock = FolderLock(waitingFor: parent)
    defer { lock?.release() }
    let files = withList(files)
    let folder = try SiteFolder(output)
    let differences = try differences(in: folder, from: files)
    let different = Set(differences.map(\.path))
    var summary = Summary()
    for difference in differences {
      if case .extra = difference { summary.removed += 1 } else { summary.written += 1 }
    }
    summary.unchanged = files.count - summary.written
    if differences.isEmpty, folder.exists { return summary }
    do {
      do throws(FileError) {
        try replace(folder, with: files, different: different)
      } catch  where folder.exists && Self.forbidsExchange(error.code) {
        try SiteRefill(folder: folder).run(files, different: different)
      }
    } catch {
      let isHalfDone = FileAccess.kind(of: folder.path + "/" + SiteFolder.stagingName) != nil
      let state =
        isHalfDone
        ? "some files are replaced already, and the next build goes on"
        : "the old site is untouched"
      throw DiagnosticError(
        Diagnostic(
          .error, "output-not-writable",
          "output '\(output)' cannot be written: \(error.reason); \(state)",
          notes: [Diagnostic.Note("the system refused '\(error.path)'")]))
    }
    return summary
  }

  /// A mount point, another file system, or a folder above that only its owner may change.
  private static func forbidsExchange(_ code: Int32) -> Bool {
    [EBUSY, EXDEV, EACCES, EPERM, EROFS].contains(code)
  }

  private func differences(in folder: SiteFolder, from files: [String: [UInt8]])
    throws(DiagnosticError) -> [SiteDifference]
  {
    do {
      return try SiteDifference.all(in: folder, from: files)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, "output-not-readable", "output '\(error.path)' cannot be read: \(error.reason)"))
    }
  }

  private func withList(_ files: [String: [UInt8]]) -> [String: [UInt8]] {
    var files = files
    files[SiteFolder.listName] = Array(SiteFolder.list(of: files.keys).utf8)
    return files
  }

  private func replace(
    _ folder: SiteFolder, with files: [String: [UInt8]], different: Set<String>
  ) throws(FileError) {
    let parent = FileAccess.folder(of: folder.path)
    try FileAccess.makeFolder(parent)
    let prefix = "." + FileAccess.name(of: folder.path) + ".nnbook-"
    removeLeftovers(in: parent, prefix: prefix)
    let staged = "\(parent)/\(prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))"
    do throws(FileError) {
      try FileAccess.makeFolder(staged)
      for (path, bytes) in files {
        let target = staged + "/" + path
        try FileAccess.makeFolder(FileAccess.folder(of: target))
        if !different.contains(path), link(folder.path + "/" + path, target) == 0 { continue }
        try FileAccess.write(bytes, to: target)
      }
      try exchange(staged, folder)
    } catch {
      try? FileAccess.remove(staged)
      throw error
    }
    // The old site now; what stays of it on a kill is removed by the next build.
    try? FileAccess.remove(staged)
  }

  private func exchange(_ staged: String, _ folder: SiteFolder) throws(FileError) {
    guard folder.exists else {
      try FileAccess.rename(staged, to: folder.path)
      return
    }
    switch FileAccess.exchange(staged, folder.path) {
    case 0: return
    case EINVAL, ENOSYS: break
    case let code: throw FileError(path: folder.path, code: code)
    }
    // A file system that cannot exchange: two steps, and back again if the second fails.
    let aside = staged + "-old"
    try FileAccess.rename(folder.path, to: aside)
    do throws(FileError) {
      try FileAccess.rename(staged, to: folder.path)
    } catch {
      try? FileAccess.rename(aside, to: folder.path)
      throw error
    }
    try? FileAccess.remove(aside)
  }

  /// Removes what a killed build left: staging folders of processes that are no more.
  private func removeLeftovers(in parent: String, prefix: String) {
    for entry in (try? FileAccess.list(parent)) ?? [] where entry.name.hasPrefix(prefix) {
      let number = entry.name.dropFirst(prefix.count).prefix { $0.isNumber }
      guard let process = pid_t(number), process != getpid() else { continue }
      if kill(process, 0) != 0, errno == ESRCH {
        try? FileAccess.remove(parent + "/" + entry.name)
      }
    }
  }
}
