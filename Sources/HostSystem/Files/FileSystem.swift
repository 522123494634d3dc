import Glibc

/// What the project asks of the file system, with errors that name the file. This file looks;
/// others read, write and move.
package enum FileSystem {
  package enum Kind: Sendable { case file, folder, other }

  package struct Entry: Hashable, Sendable {
    package var name: String
    package var kind: Kind
  }

  package struct Status: Hashable, Sendable {
    package var kind: Kind
    /// Bytes.
    package var size: Int
    /// Nanoseconds of the last change, since 1970.
    package var modified: Int
    /// Nanoseconds of the last change of the file or of what is known about it, which nobody can set.
    package var changed: Int
    package var inode: UInt64
    package var device: UInt64
    /// Number of the user whose file it is.
    package var owner: UInt32

    /// Changes with the file, as far as that can be seen without reading it.
    package var fingerprint: String { "\(size) \(inode) \(modified)" }
  }

  /// Of what `path` names; nil where nothing is.
  /// - Parameter followingLinks: whether a symbolic link counts as what it points to.
  package static func status(_ path: String, followingLinks: Bool = true) -> Status? {
    var info = stat()
    guard (followingLinks ? stat(path, &info) : lstat(path, &info)) == 0 else { return nil }
    return Status(
      kind: kind(info.st_mode), size: Int(info.st_size),
      modified: nanoseconds(info.st_mtim), changed: nanoseconds(info.st_ctim),
      inode: UInt64(info.st_ino),
      device: UInt64(info.st_dev), owner: info.st_uid)
  }

  /// What `path` is, symbolic links followed; nil where nothing is.
  package static func kind(of path: String) -> Kind? {
    var info = stat()
    return stat(path, &info) == 0 ? kind(info.st_mode) : nil
  }

  package static func isFile(_ path: String) -> Bool { kind(of: path) == .file }
  package static func isFolder(_ path: String) -> Bool { kind(of: path) == .folder }
  package static func isExecutable(_ path: String) -> Bool {
    isFile(path) && access(path, X_OK) == 0
  }

  /// Whether two paths name one file.
  package static func areOne(_ path: String, _ other: String) -> Bool {
    guard let a = status(path), let b = status(other) else { return false }
    return a.inode == b.inode && a.device == b.device
  }

  /// The entries of a folder but `.` and `..`; a link counts as what it points to. In the order of
  /// their bytes, so that nothing depends on how a file system sorts.
  package static func list(_ path: String) throws(FileError) -> [Entry] {
    guard let stream = opendir(path) else { throw FileError(path: path) }
    defer { closedir(stream) }
    var entries: [Entry] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let kind: Kind =
        switch Int(entry.pointee.d_type) {
        case Int(DT_REG): .file
        case Int(DT_DIR): .folder
        default: self.kind(of: path + "/" + name) ?? .other
        }
      entries.append(Entry(name: name, kind: kind))
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Names of a folder's entries, in byte order; none where it cannot be read.
  package static func names(in folder: String) -> [String] {
    ((try? list(folder)) ?? []).map(\.name)
  }

  /// All that is no folder below `root`, as paths relative to it, in byte order. Links to folders
  /// are not entered.
  package static func everyFile(below root: String) throws(FileError) -> [String] {
    var found: [String] = []
    var waiting = [""]
    while let prefix = waiting.popLast() {
      for entry in try list(prefix.isEmpty ? root : root + "/" + prefix) {
        let path = prefix.isEmpty ? entry.name : prefix + "/" + entry.name
        if entry.kind == .folder, !isLink(root + "/" + path) {
          waiting.append(path)
        } else {
          found.append(path)
        }
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The files below `root` that are not hidden, as paths relative to it, folder by folder in byte
  /// order; none where it cannot be read. A link to a file counts as the file; one to a folder is
  /// not entered, since it may lead round in circles, or to all of the disk.
  package static func files(below root: String) -> [String] {
    var found: [String] = []
    for entry in (try? list(root)) ?? [] where !entry.name.hasPrefix(".") {
      switch entry.kind {
      case .folder where isLink(root + "/" + entry.name): continue
      case .folder: found += files(below: root + "/" + entry.name).map { entry.name + "/" + $0 }
      case .file: found.append(entry.name)
      case .other: continue
      }
    }
    return found
  }

  /// The path with every link in it followed; nil where nothing is there.
  package static func realPath(_ path: String) -> String? {
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }

  /// The path with every link in it followed; the path itself where nothing is there.
  package static func resolved(_ path: String) -> String { realPath(path) ?? path }

  /// Whether less is free than a small program needs.
  package static func isNearlyFull(_ folder: String) -> Bool {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return false }
    return Int(status.f_bavail) * Int(status.f_frsize) < 1 << 23
  }

  package static func isLink(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK
  }

  private static func kind(_ mode: mode_t) -> Kind {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }
}
