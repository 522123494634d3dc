import Glibc

/// Where people read what a program says.
package enum Terminal {
  /// Whether standard output can have lines rewritten.
  package static var rewritesLines: Bool {
    isatty(STDOUT_FILENO) == 1 && Environment.value("TERM") != "dumb"
  }

  /// Whether somebody reads standard error while it is written.
  package static var showsErrors: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether standard error shows colors, and the user wants them (https://no-color.org).
  package static var showsColors: Bool {
    showsErrors && getenv("NO_COLOR") == nil
  }
}
