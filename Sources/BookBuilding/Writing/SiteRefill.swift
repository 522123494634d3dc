import HostSystem

/// Replaces the files of a site that cannot be exchanged as a whole, one by one. All of them are
/// written beside first, so that a full disk leaves the old site as it was; then pages come after
/// the files that they need. Killed half-way, the next build knows its own and goes on.
struct SiteRefill {
  var folder: SiteFolder

  private var staging: String { folder.path + "/" + SiteFolder.stagingName }

  func run(_ files: [String: SiteFile], different: Set<String>) throws(FileError) {
    let changed = different.filter { files[$0] != nil && $0 != SiteFolder.listName }
    let old = folder.files.filter { $0 != SiteFolder.listName }
    do throws(FileError) {
      try FileSystem.remove(staging)
      for path in changed { try stage(try files[path]!.read(), path) }
      let all = Set(old).union(files.keys).subtracting([SiteFolder.listName])
      try stage(Array(SiteFolder.list(of: all).utf8), SiteFolder.listName)
    } catch {
      try? FileSystem.remove(staging)
      throw error
    }
    try move(SiteFolder.listName)
    for path in changed.sorted(by: Self.precedes) { try move(path) }
    for path in old where files[path] == nil { try remove(path) }
    try stage(try files[SiteFolder.listName]!.read(), SiteFolder.listName)
    try move(SiteFolder.listName)
    try FileSystem.remove(staging)
  }

  private static func precedes(_ a: String, _ b: String) -> Bool {
    let (pageA, pageB) = (a.hasSuffix(".html"), b.hasSuffix(".html"))
    return pageA == pageB ? a < b : pageB
  }

  private func stage(_ bytes: [UInt8], _ path: String) throws(FileError) {
    let target = staging + "/" + path
    try FileSystem.makeFolder(Path.folder(of: target))
    try FileSystem.write(bytes, to: target)
  }

  private func move(_ path: String) throws(FileError) {
    let target = folder.path + "/" + path
    // A folder may stand where a file comes, and the other way round.
    if FileSystem.kind(of: target) == .folder { try FileSystem.remove(target) }
    var parent = Path.folder(of: target)
    while parent.utf8.count > folder.path.utf8.count {
      if FileSystem.kind(of: parent) == .file { try FileSystem.remove(parent) }
      parent = Path.folder(of: parent)
    }
    try FileSystem.makeFolder(Path.folder(of: target))
    try FileSystem.rename(staging + "/" + path, to: target)
  }

  /// With the folders that it leaves empty.
  private func remove(_ path: String) throws(FileError) {
    let target = folder.path + "/" + path
    // A new file may have made a folder of it.
    if FileSystem.kind(of: target) == .folder { return }
    do throws(FileError) {
      try FileSystem.remove(target)
    } catch  where error.isAbsence {
      // It went when a new file took the place of its folder.
      return
    }
    var parent = Path.folder(of: target)
    while parent.utf8.count > folder.path.utf8.count,
      (try? FileSystem.list(parent))?.isEmpty == true
    {
      try FileSystem.remove(parent)
      parent = Path.folder(of: parent)
    }
  }
}
