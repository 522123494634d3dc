import Glibc
import Synchronization

/// A program that this process speaks with, for as long as both live: words in, words out, in any order.
/// It has a group of its own; what it says on standard error is lost.
package final class SpokenProcess: Sendable {
  package let id: Int32
  private let input: Int32
  private let output: Int32
  private let isReaped = Mutex(false)

  package init(
    executable: String, arguments: [String] = [], environment: [String: String]
  ) throws(ChildProcess.StartFailure) {
    // Its end must be an error of a write here, not this process's own.
    Signal.brokenPipe.ignore()
    let child = ChildProcess(
      executable: executable, arguments: arguments, environment: environment)
    (id, input, output) = try child.startSpoken()
  }

  deinit {
    close(input)
    close(output)
  }

  /// Waits until it says something; empty once it has ended, or closed its output.
  package func read() -> [UInt8] {
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      var got = -1
      repeat {
        got = Glibc.read(output, buffer.baseAddress, buffer.count)
      } while got < 0 && errno == EINTR
      count = max(0, got)
    }
    if bytes.isEmpty {
      end()
      reap()
    }
    return bytes
  }

  /// Waits until all of it is taken.
  /// - Returns: false where nobody reads it any more.
  package func write(_ bytes: [UInt8]) -> Bool {
    FileSystem.write(bytes, to: input) == nil
  }

  /// Ends it, and what it has started.
  package func end() {
    isReaped.withLock { isReaped in
      if !isReaped { kill(-id, SIGKILL) }
    }
  }

  private func reap() {
    var info = siginfo_t()
    while waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    // Its number may be another's from here on.
    isReaped.withLock { isReaped in
      var status: Int32 = 0
      if !isReaped { waitpid(id, &status, 0) }
      isReaped = true
    }
  }
}
