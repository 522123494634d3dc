import Glibc

extension FileSystem {
  /// Gives an author's file new contents. Whenever it is interrupted, and however full the disk is,
  /// the file holds all of the old text or all of the new: that is written beside, flushed, and put in
  /// its place. A symbolic link stays one, a file of several names keeps them, and its mode, owner and
  /// attributes stay what they are.
  package static func replaceContents(of path: String, with bytes: [UInt8]) throws(FileError) {
    let target = resolved(path)
    var status = stat()
    guard lstat(target, &status) == 0 else { throw FileError(path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path: path, code: .notRegular)
    }
    if access(target, W_OK) != 0 { throw FileError(path: path) }
    let name = Path.name(of: target)
    let beside =
      "\(Path.folder(of: target))/.\(name.prefix(100)).nnbook-\(UInt64.random(in: 0 ... .max))"
    do throws(FileError) {
      try writeBeside(bytes, at: beside, like: status, of: target)
    } catch {
      unlink(beside)
      // A folder in which nothing can be made, or a file whose owner cannot be given.
      guard [.accessDenied, .notPermitted, .readOnly].contains(error.code) else {
        throw FileError(path: path, code: error.code)
      }
      return try overwrite(target, with: bytes, path)
    }
    if status.st_nlink > 1 {
      // Another name would keep the old text, so the file itself is written; until that is done, the
      // new text lies beside.
      defer { unlink(beside) }
      return try overwrite(target, with: bytes, path)
    }
    guard Glibc.rename(beside, target) == 0 else {
      let code = SystemCode.last
      unlink(beside)
      throw FileError(path: path, code: code)
    }
    flushFolder(Path.folder(of: target))
  }

  private static func writeBeside(
    _ bytes: [UInt8], at beside: String, like status: stat, of target: String
  ) throws(FileError) {
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(path: beside) }
    defer { close(descriptor) }
    if let failure = write(bytes, to: descriptor) { throw FileError(path: beside, code: failure) }
    var own = stat()
    guard fstat(descriptor, &own) == 0 else { throw FileError(path: beside) }
    if own.st_uid != status.st_uid || own.st_gid != status.st_gid,
      fchown(descriptor, status.st_uid, status.st_gid) != 0
    {
      throw FileError(path: beside)
    }
    copyAttributes(of: target, to: descriptor)
    guard fchmod(descriptor, status.st_mode & 0o7777) == 0, fsync(descriptor) == 0 else {
      throw FileError(path: beside)
    }
  }

  /// In place. What room it needs is had before a byte is changed.
  private static func overwrite(
    _ target: String, with bytes: [UInt8], _ path: String
  ) throws(FileError) {
    let descriptor = open(target, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path: path) }
    if bytes.count > status.st_size {
      let code = posix_fallocate(descriptor, 0, bytes.count)
      if code != 0 {
        ftruncate(descriptor, status.st_size)
        throw FileError(path: path, code: SystemCode(rawValue: code))
      }
    }
    if let failure = write(bytes, to: descriptor) { throw FileError(path: path, code: failure) }
    guard ftruncate(descriptor, bytes.count) == 0, fsync(descriptor) == 0 else {
      throw FileError(path: path)
    }
  }

  /// Access lists and what users attach; what cannot be copied is left.
  private static func copyAttributes(of path: String, to descriptor: Int32) {
    // The header that declares them is not part of Swift's import.
    typealias List =
      @convention(c) (UnsafePointer<CChar>, UnsafeMutableRawPointer, Int) -> Int
    typealias Get =
      @convention(c) (
        UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafeMutableRawPointer, Int
      ) -> Int
    typealias Set =
      @convention(c) (Int32, UnsafePointer<CChar>, UnsafeRawPointer, Int, Int32) -> Int32
    guard let list = dlsym(nil, "listxattr"), let get = dlsym(nil, "getxattr"),
      let set = dlsym(nil, "fsetxattr")
    else { return }
    var names = [CChar](repeating: 0, count: 1 << 16)
    let size = unsafeBitCast(list, to: List.self)(path, &names, names.count)
    guard size > 0 else { return }
    for name in names[..<size].split(separator: 0) {
      let name = Array(name) + [0]
      var value = [UInt8](repeating: 0, count: 1 << 16)
      let count = unsafeBitCast(get, to: Get.self)(path, name, &value, value.count)
      if count >= 0 { _ = unsafeBitCast(set, to: Set.self)(descriptor, name, value, count, 0) }
    }
  }

  private static func flushFolder(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Gives a folder the mode and the group of another, as far as the system lets this user.
  package static func copyMode(of path: String, to other: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    // The group first, since a change of it may take bits of the mode away.
    _ = chown(other, .max, status.st_gid)
    chmod(other, status.st_mode & 0o7777)
  }
}
