import ArgumentParser
import BookBuilding
import BookModel

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look for what a build lets pass.",
    discussion: """
      Runs every chapter twice and compares, and looks at references, links, names that nothing \
      uses, captions and expected outputs. Nothing is written without --accept. Notes, such as \
      one about the names of cells that no reference uses, are left out with --quiet.
      """)

  @OptionGroup var arguments: BookArguments

  @Flag(help: "Rewrite the expected outputs that differ.")
  var accept = false

  @Option(
    help: """
      How diagnostics are told: text, or on standard output as json, sarif or github (annotations of \
      a pull request).
      """)
  var report = DiagnosticReport.Format.text

  func run() async throws {
    // What a program reads has nothing between it.
    let console = Console(quiet: arguments.quiet || report != .text, verbose: arguments.verbose)
    let check = BookCheck(
      arguments.request, execution: .compiling(arguments.request, observer: console.observe),
      observer: console.observe)
    var outcome = await check.run()
    if accept {
      do {
        for line in try check.accept(outcome) { console.answer(line) }
      } catch {
        console.report(error.diagnostics)
        throw ExitCode(1)
      }
      outcome.diagnostics.removeAll { $0.id == .unexpectedOutput }
    }
    // Notes ask for nothing.
    let told =
      arguments.quiet
      ? outcome.diagnostics.filter { $0.severity != .note } : outcome.diagnostics
    if report == .text {
      console.report(told)
    } else {
      console.write(DiagnosticReport(told).text(as: report))
    }
    let errors = outcome.diagnostics.count { $0.severity == .error }
    let warnings = outcome.diagnostics.count { $0.severity == .warning }
    console.say(
      "\(Console.count(outcome.chapterCount, "chapter")): \(Console.count(errors, "error")), "
        + Console.count(warnings, "warning"))
    if errors > 0 { throw ExitCode(1) }
  }
}

extension DiagnosticReport.Format: ExpressibleByArgument {}
