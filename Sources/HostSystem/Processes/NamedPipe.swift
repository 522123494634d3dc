import Glibc

/// A pipe with a name, through which a process that sees its folder speaks to this one, or listens to
/// it. Its file is there for as long as the value.
package final class NamedPipe: Sendable {
  package enum Direction: Hashable, Sendable { case fromUs, toUs }

  package let path: String
  private let descriptor: Int32

  /// Others may use it in its direction, and in no other.
  package init(_ path: String, _ direction: Direction) throws(FileError) {
    self.path = path
    guard mkfifo(path, 0o600) == 0 else { throw FileError(path: path) }
    // Both ends are held, so that neither a reader nor a writer ends with the other side.
    descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    let mode: mode_t = direction == .fromUs ? 0o444 : 0o222
    guard descriptor >= 0, chmod(path, mode) == 0 else {
      let code = SystemCode.last
      if descriptor >= 0 { close(descriptor) }
      unlink(path)
      throw FileError(path: path, code: code)
    }
  }

  deinit {
    close(descriptor)
    unlink(path)
  }

  /// A short text, which always has room.
  package func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(descriptor, bytes, bytes.count)
  }

  /// What waits to be read; nothing where nothing does.
  package func read() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
  }

  /// Waits until one of the pipes has something to read, for so many milliseconds at most.
  package static func wait(for pipes: [NamedPipe], milliseconds: Int32) {
    var polled = pipes.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    _ = poll(&polled, nfds_t(polled.count), milliseconds)
  }
}
