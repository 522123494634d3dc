import Glibc

/// Where a program says something. Nobody may hear it: the stream is closed, or the disk behind it is
/// full. Work is not given up for that.
package struct StandardStream: Sendable {
  private let descriptor: Int32

  package static let output = StandardStream(descriptor: STDOUT_FILENO)
  package static let error = StandardStream(descriptor: STDERR_FILENO)

  /// Puts nothing in the place of streams that are closed: the next file to be opened would take
  /// their number, and what is said would be written into it.
  package static func openAll() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
      let nothing = open("/dev/null", O_RDWR)
      if nothing >= 0, nothing != number {
        dup2(nothing, number)
        close(nothing)
      }
    }
  }

  /// False where it was not heard.
  @discardableResult
  package func write(_ text: String) -> Bool {
    FileSystem.write(Array(text.utf8), to: descriptor) == nil
  }
}
