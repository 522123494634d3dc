import Glibc

/// A lock that one process at a time holds, on a folder that is there already, so that no file has to
/// be made for it. It ends with the process, however that ends.
struct FolderLock {
  private let descriptor: Int32

  /// Waits for whoever holds it; nil where the folder or its file system cannot be locked.
  init?(waitingFor path: String) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var code: Int32
    repeat { code = flock(descriptor, LOCK_EX) } while code != 0 && errno == EINTR
    guard code == 0 else {
      close(descriptor)
      return nil
    }
  }

  func release() { close(descriptor) }
}
