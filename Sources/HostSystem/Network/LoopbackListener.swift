import Glibc

/// Takes connections from this machine, and from no other.
package final class LoopbackListener: Sendable {
  private let descriptor: Int32

  /// - Throws: the system's code, such as `addressInUse`.
  package init(port: UInt16) throws(FileError) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw FileError(path: "port \(port)") }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard bound == 0, listen(descriptor, 128) == 0 else {
      let code = SystemCode.last
      close(descriptor)
      throw FileError(path: "port \(port)", code: code)
    }
    self.descriptor = descriptor
  }

  /// The port that it has: for 0, the one that the system gave.
  package var port: UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }

  /// The next connection; nil once the listener was stopped. Blocks.
  package func next() -> LoopbackConnection? {
    while true {
      let connection = accept(descriptor, nil, nil)
      if connection >= 0 {
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        return LoopbackConnection(connection)
      }
      switch errno {
      case EINTR, ECONNABORTED, EPROTO: continue
      // As others end there will be room again.
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: usleep(50_000)
      default: return nil
      }
    }
  }

  /// Ends `next`.
  package func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

/// One connection, of which its own thread reads.
package final class LoopbackConnection: Sendable {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Some bytes; none at the end, or where nothing came until `deadline`, in monotonic nanoseconds.
  package func read(until deadline: UInt64) -> [UInt8] {
    guard waits(for: POLLIN, until: deadline) else { return [] }
    return [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT)))
    }
  }

  /// False where the other side takes no more, or not until `deadline`.
  package func write(_ bytes: [UInt8], until deadline: UInt64) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = send(
          descriptor, buffer.baseAddress! + written, buffer.count - written,
          Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
        if count > 0 {
          written += count
        } else if errno == EAGAIN {
          guard waits(for: POLLOUT, until: deadline) else { return false }
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }

  /// Waits until the other side is gone, or this one was stopped; what it says meanwhile is not heard.
  package func waitForEnd() {
    while waits(for: POLLIN, until: .max) {
      var some = [UInt8](repeating: 0, count: 1024)
      let count = recv(descriptor, &some, some.count, Int32(MSG_DONTWAIT))
      if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { return }
    }
  }

  /// Ends all that reads and writes.
  package func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  private func waits(for events: Int32, until deadline: UInt64) -> Bool {
    while true {
      let now = monotonicNow()
      if now >= deadline { return false }
      var polled = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      let left = Int32(clamping: min((deadline - now) / 1_000_000 + 1, 3_600_000))
      let count = poll(&polled, 1, left)
      if count > 0 { return true }
      if count < 0, errno != EINTR { return false }
    }
  }
}
