import Glibc

/// Why the system refused something, and about which file.
package struct FileError: Error, Hashable, Sendable {
  package var path: String
  package var code: Int32

  package init(path: String, code: Int32 = errno) {
    self.path = path
    self.code = code
  }

  /// The system's own sentence, in lower case so that it fits after a colon.
  package var reason: String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  package var isAbsence: Bool { code == ENOENT || code == ENOTDIR }
}
