import BookBuilding
import BookModel
import Foundation
import HostSystem
import Synchronization

/// What the commands say: progress on standard output, diagnostics on standard error.
///
/// On a terminal one line shows the chapters that are running and is rewritten in place; elsewhere
/// every finished chapter gets a plain line.
final class Console: Sendable {
  private struct Line {
    var running: [(chapter: String, since: ContinuousClock.Instant)] = []
    /// What stays when nothing runs.
    var status = ""
    var shown = 0
    var hasToldOfExplanations = false
  }

  private let quiet: Bool
  private let verbose: Bool
  /// Whether the line stays for as long as the command runs, and finished chapters leave none.
  private let keepsLine: Bool
  private let isTerminal: Bool
  private let isErrorTerminal: Bool
  private let printer: DiagnosticPrinter
  private let line = Mutex(Line())

  init(quiet: Bool = false, verbose: Bool = false, keepsLine: Bool = false) {
    self.quiet = quiet
    self.verbose = verbose
    isTerminal = Terminal.rewritesLines
    self.keepsLine = keepsLine && isTerminal
    isErrorTerminal = Terminal.showsErrors
    printer = DiagnosticPrinter(usesColor: Terminal.showsColors)
  }

  func observe(_ event: BuildEvent) {
    if quiet { return }
    line.withLock { line in
      clear(&line)
      switch event {
      case .running(let chapter): line.running.append((chapter, .now))
      case .ran(let chapter, let seconds):
        line.running.removeAll { $0.chapter == chapter }
        if !keepsLine { write("Ran \(chapter) in \(Self.text(seconds))\n") }
      case .failed(let chapter):
        line.running.removeAll { $0.chapter == chapter }
        if !keepsLine { write("Found errors in \(chapter)\n") }
      case .reused(let chapter):
        line.running.removeAll { $0.chapter == chapter }
        if verbose { write("Reused the results of \(chapter)\n") }
      case .detail(let text):
        if verbose { write(text + "\n") }
      case .engine(let event): write(event.summary + "\n")
      }
      show(&line)
    }
  }

  /// What the line says once nothing runs; where no line stays, it is said.
  func settle(_ text: String) {
    if quiet { return }
    guard keepsLine else { return say(text) }
    line.withLock { line in
      clear(&line)
      line.status = text
      show(&line)
    }
  }

  /// Shows how long what runs has taken by now; for a line that stays.
  func tick() {
    if quiet || !keepsLine { return }
    line.withLock { line in
      guard !line.running.isEmpty else { return }
      clear(&line)
      show(&line)
    }
  }

  private func show(_ line: inout Line) {
    guard isTerminal else { return }
    var text = keepsLine ? line.status : ""
    if !line.running.isEmpty {
      let names = line.running.map { chapter, since in
        let seconds = (ContinuousClock.now - since) / .seconds(1)
        return keepsLine && seconds >= 1 ? "\(chapter) (\(Int(seconds)) s)" : chapter
      }
      text = "Running " + names.joined(separator: ", ")
    }
    if text.isEmpty { return }
    let visible = text.count <= 78 ? text : text.prefix(77) + "…"
    write(visible)
    line.shown = visible.count
  }

  func say(_ text: String) {
    if quiet { return }
    line.withLock { line in
      clear(&line)
      write(text + "\n")
      if keepsLine { show(&line) }
    }
  }

  /// A result that was asked for, shown also with `--quiet`.
  func answer(_ text: String) {
    line.withLock { line in
      clear(&line)
      write(text + "\n")
      if keepsLine { show(&line) }
    }
  }

  func report(_ diagnostics: [Diagnostic]) {
    line.withLock { line in
      clear(&line)
      var text = printer.text(for: diagnostics)
      if isErrorTerminal, !line.hasToldOfExplanations, let hint = Self.hint(after: diagnostics) {
        text += hint + "\n"
        line.hasToldOfExplanations = true
      }
      StandardStream.error.write(text)
      if keepsLine { show(&line) }
    }
  }

  /// To a person, and once: where the names in brackets lead. The compiler's own messages have no more
  /// to them than they say.
  private static func hint(after diagnostics: [Diagnostic]) -> String? {
    let ids = diagnostics.map(\.id).filter { $0 != .swiftError && $0 != .swiftWarning }
    guard let first = ids.first else { return nil }
    return ids.allSatisfy { $0 == first }
      ? "'nnbook explain \(first)' says more"
      : "'nnbook explain' with a name in brackets, such as '\(first)', says more"
  }

  /// Time of each stage, and the largest memory that the tool itself has used.
  func sayCosts(of timings: [(stage: String, seconds: Double)]) {
    for (stage, seconds) in timings {
      say(String(format: "  %@: %.1f ms", stage, seconds * 1000))
    }
    say(String(format: "  memory: %.1f MiB", Double(RunningProcess.peakMemory) / 1_048_576))
  }

  static func text(_ seconds: Double) -> String { String(format: "%.2f s", seconds) }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private func clear(_ line: inout Line) {
    guard line.shown > 0 else { return }
    write("\r\u{1B}[K")
    line.shown = 0
  }

  /// As it is, for other programs.
  func write(_ text: some StringProtocol) {
    StandardStream.output.write(String(text))
  }
}
