import Glibc

/// The number by which the system says why it refused something.
package struct SystemCode: RawRepresentable, Hashable, Sendable {
  package var rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// Of the call that failed last on this thread.
  package static var last: SystemCode { SystemCode(rawValue: errno) }

  package static let absent = SystemCode(rawValue: ENOENT)
  package static let notFolder = SystemCode(rawValue: ENOTDIR)
  package static let isFolder = SystemCode(rawValue: EISDIR)
  package static let noSpace = SystemCode(rawValue: ENOSPC)
  package static let overQuota = SystemCode(rawValue: EDQUOT)
  package static let fileTooLarge = SystemCode(rawValue: EFBIG)
  package static let readOnly = SystemCode(rawValue: EROFS)
  package static let busy = SystemCode(rawValue: EBUSY)
  package static let otherFileSystem = SystemCode(rawValue: EXDEV)
  package static let accessDenied = SystemCode(rawValue: EACCES)
  package static let notPermitted = SystemCode(rawValue: EPERM)
  package static let invalidArgument = SystemCode(rawValue: EINVAL)
  package static let unsupported = SystemCode(rawValue: ENOSYS)
  /// For a pipe or a device where a file should be.
  package static let notRegular = SystemCode(rawValue: ENXIO)
  package static let addressInUse = SystemCode(rawValue: EADDRINUSE)

  /// The system's own sentence: `No space left on device`.
  package var text: String {
    self == .notRegular ? "Not a regular file" : String(cString: strerror(rawValue))
  }

  /// The sentence in lower case, so that it fits after a colon.
  package var reason: String {
    let text = text
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}

/// Why the system refused something, and about which file.
package struct FileError: Error, Hashable, Sendable {
  package var path: String
  package var code: SystemCode

  /// Bytes that a file may have, where it has more.
  private var limit: Int?

  package init(path: String, code: SystemCode = .last) {
    self.path = path
    self.code = code
  }

  /// For a file that is larger than what reads it can bear.
  package init(path: String, limit: Int) {
    self.init(path: path, code: .fileTooLarge)
    self.limit = limit
  }

  package var reason: String {
    limit.map { "it has more than \($0 >> 20) MiB, which is the limit" } ?? code.reason
  }

  package var isAbsence: Bool { code == .absent || code == .notFolder }
}
