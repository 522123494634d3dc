import Glibc

/// The few things the builder asks of the file system, with errors that name the file.
package enum FileAccess {
  package enum Kind: Sendable { case file, folder, other }

  package struct Entry: Hashable, Sendable {
    package var name: String
    package var kind: Kind
  }

  package static func read(_ path: String) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path: path) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(path: path, code: EISDIR) }
    // One byte more than the size, so that the end is seen without another round in most cases.
    let room = max(Int(status.st_size) + 1, 4096)
    var (bytes, failure) = read(descriptor, upTo: room)
    var isWhole = bytes.count < room
    while failure == 0, !isWhole {
      // It has grown meanwhile.
      let (part, code) = read(descriptor, upTo: 1 << 16)
      bytes += part
      isWhole = part.count < 1 << 16
      failure = code
    }
    if failure != 0 { throw FileError(path: path, code: failure) }
    return bytes
  }

  /// Fewer bytes than asked for at the end alone; the system's code for a failure, or 0.
  private static func read(_ descriptor: Int32, upTo room: Int) -> ([UInt8], Int32) {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      count = 0
      while count < room {
        let got = Glibc.read(descriptor, buffer.baseAddress! + count, room - count)
        if got == 0 { return }
        if got > 0 {
          count += got
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    return (bytes, failure)
  }

  /// Creates or overwrites; `mode` of a new file is what the user's mask leaves of 0666.
  package static func write(
    _ bytes: [UInt8], to path: String, appending: Bool = false
  ) throws(FileError) {
    let descriptor = open(
      path, O_WRONLY | O_CREAT | O_CLOEXEC | (appending ? O_APPEND : O_TRUNC), 0o666)
    guard descriptor >= 0 else { throw FileError(path: path) }
    var written = 0
    var failure: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      while written < buffer.count, failure == 0 {
        let count = Glibc.write(
          descriptor, buffer.baseAddress! + written, buffer.count - written)
        if count >= 0 { written += count } else if errno != EINTR { failure = errno }
      }
    }
    // A full disk may be reported by `close` alone.
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure != 0 { throw FileError(path: path, code: failure) }
  }

  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// What `path` is, symbolic links followed; nil where nothing is.
  package static func kind(of path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return kind(status.st_mode)
  }

  /// The entries of a folder but `.` and `..`, sorted by name; a link counts as what it points to.
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
    return entries.sorted { $0.name < $1.name }
  }

  /// All files below a folder, as paths relative to it, sorted. Links to folders are not entered.
  package static func filesBelow(_ root: String) throws(FileError) -> [String] {
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
    return found.sorted()
  }

  /// Makes the folder and those above it; no error where it exists.
  package static func makeFolder(_ path: String) throws(FileError) {
    if kind(of: path) == .folder || path.isEmpty { return }
    let parent = folder(of: path)
    if parent != path { try makeFolder(parent) }
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw FileError(path: path) }
    if kind(of: path) != .folder { throw FileError(path: path, code: ENOTDIR) }
  }

  /// Removes a file or a whole folder; no error where nothing is.
  package static func remove(_ path: String) throws(FileError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw FileError(path: path)
    }
    guard kind(status.st_mode) == .folder else {
      if unlink(path) != 0 { throw FileError(path: path) }
      return
    }
    for entry in try list(path) { try remove(path + "/" + entry.name) }
    if rmdir(path) != 0 { throw FileError(path: path) }
  }

  package static func rename(_ path: String, to target: String) throws(FileError) {
    if Glibc.rename(path, target) != 0 { throw FileError(path: path) }
  }

  /// Exchanges two files or folders in one step; 0 or the system's error code.
  package static func exchange(_ path: String, _ other: String) -> Int32 {
    // Glibc has the function since 2.28, behind a macro that Swift's import does not set.
    typealias Function =
      @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else { return ENOSYS }
    let renameExchange: UInt32 = 2
    let function = unsafeBitCast(symbol, to: Function.self)
    return function(AT_FDCWD, path, AT_FDCWD, other, renameExchange) == 0 ? 0 : errno
  }

  /// The path with every link in it followed; the path itself where nothing is there.
  package static func resolved(_ path: String) -> String {
    guard let text = realpath(path, nil) else { return path }
    defer { free(text) }
    return String(cString: text)
  }

  /// `a/b` of `a/b/c`, `.` of `c`, `/` of `/c`.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// `c` of `a/b/c`.
  package static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private static func kind(_ mode: mode_t) -> Kind {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }
}
