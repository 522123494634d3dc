import Glibc

/// What the system ends a process with.
package struct Signal: RawRepresentable, Hashable, Sendable {
  package var rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// A reader that has gone away.
  package static let brokenPipe = Signal(rawValue: SIGPIPE)
  package static let quit = Signal(rawValue: SIGQUIT)
  package static let abort = Signal(rawValue: SIGABRT)
  package static let bus = Signal(rawValue: SIGBUS)
  package static let fileTooLarge = Signal(rawValue: SIGXFSZ)
  package static let floatingPoint = Signal(rawValue: SIGFPE)
  package static let illegalInstruction = Signal(rawValue: SIGILL)
  package static let kill = Signal(rawValue: SIGKILL)
  package static let segmentation = Signal(rawValue: SIGSEGV)
  package static let trap = Signal(rawValue: SIGTRAP)

  /// The system's words: `Segmentation fault`.
  package var text: String { String(cString: strsignal(rawValue)) }

  /// Lets this process live on, so that the call that caused the signal fails with a code instead.
  package func ignore() { signal(rawValue, SIG_IGN) }
}
