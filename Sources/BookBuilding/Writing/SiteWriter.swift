import BookModel
import HostSystem

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
  package func differences(from files: [String: SiteFile]) throws(DiagnosticError)
    -> [SiteDifference]
  {
    try differences(in: SiteFolder(output), from: withList(files))
  }

  /// Refuses folders with files that nnbook did not write. Writes nothing where nothing differs.
  /// - Parameter stage: of this output, with the files that are not in memory; it is gone afterwards.
  @discardableResult
  package func write(
    _ files: [String: SiteFile], stage: SiteStage? = nil
  ) throws(DiagnosticError) -> Summary {
    let stage = stage ?? SiteStage(output: output)
    defer { stage.remove() }
    // Another build may be writing the same site: what it leaves is what this one compares with.
    let parent = Path.folder(of: FileSystem.resolved(output))
    // A folder that cannot be made is told below, where the site is written.
    try? FileSystem.makeFolder(parent)
    let lock = FileLock(folder: parent, .waits)
    defer { lock?.release() }
    let files = withList(files)
    let folder = try SiteFolder(output)
    for case .failed(let error) in files.values {
      throw notWritable(error, "the old site is untouched")
    }
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
        try replace(folder, with: files, different: different, on: stage)
      } catch  where folder.exists && Self.forbidsExchange(error.code) {
        try SiteRefill(folder: folder).run(files, different: different)
      }
    } catch {
      let isHalfDone = FileSystem.kind(of: folder.path + "/" + SiteFolder.stagingName) != nil
      throw notWritable(
        error,
        isHalfDone
          ? "some files are replaced already, and the next build goes on"
          : "the old site is untouched")
    }
    return summary
  }

  private func notWritable(_ error: FileError, _ state: String) -> DiagnosticError {
    DiagnosticError(
      Diagnostic(
        .error, .outputNotWritable,
        "output '\(output)' cannot be written: \(error.reason); \(state)",
        notes: [Diagnostic.Note("the system refused '\(error.path)'")]))
  }

  /// A mount point, another file system, or a folder above that only its owner may change.
  private static func forbidsExchange(_ code: SystemCode) -> Bool {
    [.busy, .otherFileSystem, .accessDenied, .notPermitted, .readOnly].contains(code)
  }

  private func differences(in folder: SiteFolder, from files: [String: SiteFile])
    throws(DiagnosticError) -> [SiteDifference]
  {
    do {
      return try SiteDifference.all(in: folder, from: files)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .outputNotReadable, "output '\(error.path)' cannot be read: \(error.reason)"))
    }
  }

  private func withList(_ files: [String: SiteFile]) -> [String: SiteFile] {
    var files = files
    files[SiteFolder.listName] = .bytes(Array(SiteFolder.list(of: files.keys).utf8))
    return files
  }

  private func replace(
    _ folder: SiteFolder, with files: [String: SiteFile], different: Set<String>,
    on stage: SiteStage
  ) throws(FileError) {
    try stage.make()
    for case (let path, .bytes(let bytes)) in files {
      let target = stage.place(of: path)
      try FileSystem.makeFolder(Path.folder(of: target))
      if !different.contains(path), FileSystem.link(folder.path + "/" + path, as: target) {
        continue
      }
      try FileSystem.write(bytes, to: target)
    }
    for path in folder.kept where files[path] == nil {
      let (old, target) = (folder.path + "/" + path, stage.place(of: path))
      if !FileSystem.link(old, as: target) {
        try FileSystem.write(try FileSystem.read(old), to: target)
      }
    }
    // The stage is the old site then; what stays of it on a kill is removed by the next build.
    if folder.exists { FileSystem.copyMode(of: folder.path, to: stage.folder) }
    try exchange(stage.folder, folder)
  }

  private func exchange(_ staged: String, _ folder: SiteFolder) throws(FileError) {
    guard folder.exists else {
      try FileSystem.rename(staged, to: folder.path)
      return
    }
    do throws(FileError) {
      return try FileSystem.exchange(staged, folder.path)
    } catch  where error.code == .invalidArgument || error.code == .unsupported {
    }
    // A file system that cannot exchange: two steps, and back again if the second fails.
    let aside = staged + "-old"
    try FileSystem.rename(folder.path, to: aside)
    do throws(FileError) {
      try FileSystem.rename(staged, to: folder.path)
    } catch {
      try? FileSystem.rename(aside, to: folder.path)
      throw error
    }
    try? FileSystem.remove(aside)
  }
}
