import BookModel
import Glibc

/// The few calls on files that running cells needs, without Foundation: its start-up alone would
/// cost a good part of what a build with nothing changed may take.
enum FileSystem {
  struct Failure: Error {
    var path: String
    var code: Int32

    /// The system's own sentence, in lower case so that it fits after a colon.
    var reason: String {
      let text = String(cString: strerror(code))
      return text.prefix(1).lowercased() + text.dropFirst()
    }
  }

  struct Status: Hashable {
    var size: Int
    /// Nanoseconds of the last change, since 1970.
    var modified: Int
    var inode: UInt64
    var isFolder: Bool
  }

  static func status(_ path: String) -> Status? {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    return Status(
      size: Int(info.st_size),
      modified: Int(info.st_mtim.tv_sec) * 1_000_000_000 + Int(info.st_mtim.tv_nsec),
      inode: UInt64(info.st_ino), isFolder: info.st_mode & S_IFMT == S_IFDIR)
  }

  static func isFile(_ path: String) -> Bool { status(path).map { !$0.isFolder } ?? false }
  static func isFolder(_ path: String) -> Bool { status(path)?.isFolder ?? false }
  static func isExecutable(_ path: String) -> Bool { isFile(path) && access(path, X_OK) == 0 }

  static func read(_ path: String) throws(Failure) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(path: path, code: errno) }
    defer { close(file) }
    var info = stat()
    let expected = fstat(file, &info) == 0 ? Int(info.st_size) : 0
    var bytes: [UInt8] = []
    var capacity = expected + 1
    while true {
      var got = 0
      var code: Int32 = 0
      // Without going over the elements one by one, which is slow where nothing is inlined.
      bytes += [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        got = Glibc.read(file, buffer.baseAddress, capacity)
        code = errno
        count = max(0, got)
      }
      if got == 0 { return bytes }
      if got < 0, code != EINTR { throw Failure(path: path, code: code) }
      capacity = max(1, expected - bytes.count + 1)
      if bytes.count >= expected { capacity = 1 << 16 }
    }
  }

  /// Readers see the old file or the new one, never a part, also when the machine stops half-way.
  static func writeAtomically(_ bytes: [UInt8], to path: String) throws(Failure) {
    let temporary = path + ".\(getpid())-\(UInt32.random(in: 0...UInt32.max))" + partSuffix
    do {
      try write(bytes, to: temporary)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw Failure(path: path, code: code)
    }
  }

  private static let partSuffix = ".part"

  /// Whether `writeAtomically` was killed while it wrote this.
  static func isAbandonedPart(_ path: String) -> Bool {
    guard path.hasSuffix(partSuffix), let dot = path.dropLast(partSuffix.count).lastIndex(of: ".")
    else { return false }
    let writer = path[path.index(after: dot)...].prefix { $0.isNumber }
    return pid_t(writer).map { kill($0, 0) != 0 && errno == ESRCH } ?? false
  }

  static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Failure(path: path, code: errno) }
    var written = 0
    var code: Int32 = 0
    while written < bytes.count, code == 0 {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress! + written, bytes.count - written)
      }
      if count >= 0 { written += count } else if errno != EINTR { code = errno }
    }
    // A full disk may be reported by `close` alone.
    if close(file) != 0, code == 0 { code = errno }
    if code != 0 { throw Failure(path: path, code: code) }
  }

  /// With all folders above it.
  static func makeFolder(_ path: String) throws(Failure) {
    if isFolder(path) { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeFolder(String(path[..<slash]))
    }
    if mkdir(path, 0o755) != 0, errno != EEXIST { throw Failure(path: path, code: errno) }
  }

  /// Names in byte order, so that nothing depends on how a file system sorts.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Paths of all files below `folder`, relative to it, in byte order.
  static func files(below folder: String) -> [String] {
    var found: [String] = []
    for name in names(in: folder) where !name.hasPrefix(".") {
      let path = folder + "/" + name
      if isFolder(path) {
        found += files(below: path).map { name + "/" + $0 }
      } else if isFile(path) {
        found.append(name)
      }
    }
    return found
  }

  static func removeTree(_ path: String) {
    var info = stat()
    if lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR {
      for name in names(in: path) { removeTree(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static var temporaryFolder: String { environment("TMPDIR") ?? "/tmp" }

  /// A new folder that no other process uses.
  static func makeTemporaryFolder(_ name: String) throws(Failure) -> String {
    let base = temporaryFolder
    var template = Array("\(base)/\(name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(path: base, code: errno) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// Nanoseconds since 1970.
  static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  /// Whether less is free than a small program needs.
  static func isNearlyFull(_ folder: String) -> Bool {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return false }
    return Int(status.f_bavail) * Int(status.f_frsize) < 1 << 23
  }

  /// Sets the time of change; at most once a day, because a build should not write for nothing.
  static func markUsed(_ path: String) {
    guard let status = status(path), now() - status.modified > 86_400 * 1_000_000_000 else {
      return
    }
    utimensat(AT_FDCWD, path, nil, 0)
  }

  /// Holds an exclusive lock on `path` while `body` runs; waits for others that hold it.
  /// - Parameter whenHeld: called before waiting.
  static func withLock<Value>(
    _ path: String, whenHeld: () -> Void = {}, _ body: () throws(DiagnosticError) -> Value
  ) throws(DiagnosticError) -> Value {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    defer { if file >= 0 { close(file) } }
    if file >= 0, flock(file, LOCK_EX | LOCK_NB) != 0 {
      whenHeld()
      while flock(file, LOCK_EX) != 0, errno == EINTR {}
    }
    return try body()
  }

  /// Holds an exclusive lock on `path` while `body` runs; does nothing where another holds it.
  static func withLockIfFree(_ path: String, _ body: () -> Void) {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { return }
    defer { close(file) }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { body() }
  }
}
