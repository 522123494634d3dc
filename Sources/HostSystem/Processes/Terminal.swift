import Glibc

/// Where people read what a program says.
package enum Terminal {
  /// Whether standard output can have lines rewritten.
  package static var rewritesLines: Bool {
    isatty(STDOUT_FILENO) == 1 && Environment.value("TERM") != "dumb"
  }

  /// Whether standard error shows colors, and the user wants them (https://no-color.org).
  package static var showsColors: Bool {
    isatty(STDERR_FILENO) == 1 && getenv("NO_COLOR") == nil
  }
}
