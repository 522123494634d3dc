import Glibc

/// Where people read what a program says.
package enum Terminal {
  /// Whether standard output can have lines rewritten.
  package static var rewritesLines: Bool {
    isatty(STDOUT_FILENO) == 1 && Environment.value("TERM") != "dumb"
  }

  /// Writes to standard output at once, also where that is a pipe.
  package static func say(_ text: String) {
    _ = FileSystem.write(Array(text.utf8), to: STDOUT_FILENO)
  }

  /// Writes to standard error.
  package static func complain(_ text: String) {
    _ = FileSystem.write(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Whether somebody reads standard error while it is written.
  package static var showsErrors: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether standard error shows colors, and the user wants them (https://no-color.org).
  package static var showsColors: Bool {
    showsErrors && getenv("NO_COLOR") == nil
  }
}
