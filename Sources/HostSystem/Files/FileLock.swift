import Glibc

/// A lock that one holder at a time has, of all threads and processes. It ends with the process,
/// however that ends.
package struct FileLock: Sendable {
  private let descriptor: Int32

  /// What to do while another holds it.
  package enum Patience: Sendable { case waits, givesUp }

  /// On a folder that is there already, so that no file has to be made for it. Nil where it cannot
  /// be had.
  package init?(folder path: String, _ patience: Patience) {
    self.init(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), patience, {})
  }

  /// On a file, which is made where it is missing. Nil where the lock cannot be had.
  /// - Parameter whenHeld: called before waiting.
  package init?(file path: String, _ patience: Patience, whenHeld: () -> Void = {}) {
    self.init(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666), patience, whenHeld)
  }

  private init?(_ descriptor: Int32, _ patience: Patience, _ whenHeld: () -> Void) {
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
    if errno == EWOULDBLOCK, patience == .waits {
      whenHeld()
      var code: Int32
      repeat { code = flock(descriptor, LOCK_EX) } while code != 0 && errno == EINTR
      if code == 0 { return }
    }
    close(descriptor)
    return nil
  }

  package func release() { close(descriptor) }
}
