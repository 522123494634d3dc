import Glibc

extension FileSystem {
  /// Makes the folder and those above it; no error where it exists.
  package static func makeFolder(_ path: String) throws(FileError) {
    if isFolder(path) || path.isEmpty { return }
    let parent = Path.folder(of: path)
    if parent != path { try makeFolder(parent) }
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw FileError(path: path) }
    if !isFolder(path) { throw FileError(path: path, code: .notFolder) }
  }

  /// Removes a file or a whole folder; no error where nothing is.
  package static func remove(_ path: String) throws(FileError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw FileError(path: path)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      if unlink(path) != 0 { throw FileError(path: path) }
      return
    }
    for entry in try list(path) { try remove(path + "/" + entry.name) }
    if rmdir(path) != 0 { throw FileError(path: path) }
  }

  /// Removes a file or of a folder all that can be removed: what stays is in nobody's way.
  package static func discard(_ path: String) {
    if isFolder(path), !isLink(path) {
      for name in names(in: path) { discard(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  package static func rename(_ path: String, to target: String) throws(FileError) {
    if Glibc.rename(path, target) != 0 { throw FileError(path: path) }
  }

  /// Exchanges two files or folders in one step.
  package static func exchange(_ path: String, _ other: String) throws(FileError) {
    // Glibc has the function since 2.28, behind a macro that Swift's import does not set.
    typealias Function =
      @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else {
      throw FileError(path: other, code: .unsupported)
    }
    let renameExchange: UInt32 = 2
    let function = unsafeBitCast(symbol, to: Function.self)
    if function(AT_FDCWD, path, AT_FDCWD, other, renameExchange) != 0 {
      throw FileError(path: other)
    }
  }

  /// Gives a file a second name; false where the system does not.
  package static func link(_ path: String, as name: String) -> Bool {
    Glibc.link(path, name) == 0
  }

  /// Makes a symbolic link; false where the system does not.
  @discardableResult
  package static func makeLink(_ path: String, to target: String) -> Bool {
    symlink(target, path) == 0
  }

  /// What everybody may do with a file, as in `0o755`.
  package static func setMode(_ mode: UInt32, of path: String) throws(FileError) {
    if chmod(path, mode) != 0 { throw FileError(path: path) }
  }

  /// Makes another user the owner of a file or folder, where the system lets this one.
  @discardableResult
  package static func giveAway(_ path: String, to user: UInt32) -> Bool {
    lchown(path, user, user) == 0
  }

  /// Lets everybody read a folder and all that is in it, as far as it belongs to this user.
  package static func openToAll(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_uid == geteuid() else { return }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard isFolder || status.st_mode & S_IFMT == S_IFREG else { return }
    let wanted: mode_t = isFolder || status.st_mode & 0o100 != 0 ? 0o555 : 0o444
    if status.st_mode & wanted != wanted { chmod(path, status.st_mode & 0o7777 | wanted) }
    guard isFolder else { return }
    for name in names(in: path) { openToAll(path + "/" + name) }
  }

  /// Sets the time of change; at most once a day, because a build should not write for nothing.
  package static func markUsed(_ path: String) {
    guard let status = status(path), now() - status.modified > 86_400 * 1_000_000_000 else {
      return
    }
    utimensat(AT_FDCWD, path, nil, 0)
  }

  /// Where programs of a build find what they work on.
  package static var temporaryFolder: String {
    let named = Environment.value("TMPDIR") ?? "/tmp"
    // Who makes the view of the sandbox must find its way there.
    guard RunningProcess.isRoot, !isOpenToPass(named), isOpenToPass("/tmp"),
      Bubblewrap.found?.makesViewAsNobody == true
    else { return named }
    return "/tmp"
  }

  /// Whether every user may pass through a folder, and through those above it.
  private static func isOpenToPass(_ path: String) -> Bool {
    ([path] + Path.folders(above: resolved(path))).allSatisfy { folder in
      var info = stat()
      return stat(folder, &info) == 0 && info.st_mode & 0o001 != 0
    }
  }

  /// Lets every user pass through this one's folders between the folder for temporary files and a path
  /// in it; to read what they hold takes more.
  package static func letPass(to path: String) {
    for folder in Path.folders(above: path) where folder.hasPrefix(temporaryFolder + "/") {
      var info = stat()
      guard lstat(folder, &info) == 0, info.st_mode & S_IFMT == S_IFDIR, info.st_uid == geteuid()
      else { continue }
      if info.st_mode & 0o011 != 0o011 { chmod(folder, info.st_mode & 0o7777 | 0o011) }
    }
  }

  /// A new folder that no other process uses.
  package static func makeTemporaryFolder(_ name: String) throws(FileError) -> String {
    let base = temporaryFolder
    var template = Array("\(base)/\(name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError(path: base) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
