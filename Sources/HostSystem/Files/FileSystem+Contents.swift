import Glibc

extension FileSystem {
  /// Of a file that is none, such as a pipe, nothing is read: it might never end, or never begin.
  /// - Parameter most: bytes from the beginning, where no more are wanted of a larger file.
  package static func read(
    _ path: String, upTo most: Int = .max, followingLinks: Bool = true
  ) throws(FileError) -> [UInt8] {
    let descriptor = open(
      path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followingLinks ? 0 : O_NOFOLLOW))
    guard descriptor >= 0 else { throw FileError(path: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path: path) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(path: path, code: .isFolder) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path: path, code: .notRegular)
    }
    // One byte more than the size, so that the end is seen without another round in most cases.
    let room = min(max(Int(status.st_size) + 1, 4096), most)
    var (bytes, failure) = read(descriptor, upTo: room)
    var isWhole = bytes.count < room
    while failure == nil, !isWhole, bytes.count < most {
      // It has grown meanwhile.
      let (part, code) = read(descriptor, upTo: min(1 << 16, most - bytes.count))
      bytes += part
      isWhole = part.count < 1 << 16
      failure = code
    }
    if let failure { throw FileError(path: path, code: failure) }
    return bytes
  }

  /// Fewer bytes than asked for at the end alone; the system's code for a failure.
  private static func read(_ descriptor: Int32, upTo room: Int) -> ([UInt8], SystemCode?) {
    var failure: SystemCode?
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      count = 0
      while count < room {
        let got = Glibc.read(descriptor, buffer.baseAddress! + count, room - count)
        if got == 0 { return }
        if got > 0 {
          count += got
        } else if errno != EINTR {
          failure = .last
          return
        }
      }
    }
    return (bytes, failure)
  }

  /// A text that somebody wrote: what reads it takes memory and time for every byte of it.
  /// - Parameter most: bytes that it may have.
  package static func readText(
    _ path: String, most: Int = 1 << 20
  ) throws(FileError) -> [UInt8] {
    let bytes = try read(path, upTo: most + 1)
    if bytes.count > most { throw FileError(path: path, limit: most) }
    return bytes
  }

  /// Creates or overwrites.
  /// - Parameter mode: of a new file, without what the user's mask takes away.
  package static func write(
    _ bytes: [UInt8], to path: String, appending: Bool = false, mode: UInt32 = 0o666
  ) throws(FileError) {
    try write(bytes, to: path, flags: appending ? O_APPEND : O_TRUNC, mode)
  }

  /// Refused where anything has that name, even if it came there this instant.
  package static func create(_ bytes: [UInt8], at path: String) throws(FileError) {
    try write(bytes, to: path, flags: O_EXCL, 0o666)
  }

  private static func write(
    _ bytes: [UInt8], to path: String, flags: Int32, _ mode: UInt32
  ) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode)
    guard descriptor >= 0 else { throw FileError(path: path) }
    var failure = write(bytes, to: descriptor)
    // A full disk may be reported by `close` alone.
    if close(descriptor) != 0, failure == nil { failure = .last }
    if let failure { throw FileError(path: path, code: failure) }
  }

  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// The system's code for a failure.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> SystemCode? {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Glibc.write(
          descriptor, buffer.baseAddress! + written, buffer.count - written)
        if count >= 0 { written += count } else if errno != EINTR { return .last }
      }
      return nil
    }
  }

  /// Readers see the old file or the new one, never a part, also when the machine stops half-way.
  package static func writeAtomically(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o666
  ) throws(FileError) {
    var tries = 0
    while true {
      let part = path + ".\(UInt64.random(in: 0 ... .max))" + partSuffix
      do throws(FileError) {
        return try write(bytes, to: path, by: part, mode: mode)
      } catch {
        discard(part)
        tries += 1
        // Another may have taken the part for abandoned before it was locked.
        if error.code == .absent, tries < 3, isFolder(Path.folder(of: path)) { continue }
        throw FileError(path: path, code: error.code)
      }
    }
  }

  /// The part is locked while it is written: whoever can lock it too knows that it was left behind.
  private static func write(
    _ bytes: [UInt8], to path: String, by part: String, mode: UInt32
  ) throws(FileError) {
    let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw FileError(path: part) }
    defer { close(descriptor) }
    flock(descriptor, LOCK_EX | LOCK_NB)
    if let failure = write(bytes, to: descriptor) { throw FileError(path: part, code: failure) }
    // A full disk may be reported late.
    if fsync(descriptor) != 0, errno != EINVAL { throw FileError(path: part) }
    try rename(part, to: path)
  }

  private static let partSuffix = ".part"

  /// Whether `writeAtomically` was killed while it wrote this.
  package static func isAbandonedPart(_ path: String) -> Bool {
    guard path.hasSuffix(partSuffix), let dot = path.dropLast(partSuffix.count).lastIndex(of: ".")
    else { return false }
    let number = path[path.index(after: dot)...].dropLast(partSuffix.count)
    guard !number.isEmpty, number.allSatisfy({ $0.isNumber || $0 == "-" }) else { return false }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0
  }
}
