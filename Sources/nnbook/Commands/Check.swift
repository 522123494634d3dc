import ArgumentParser
import BookBuilding
import BookModel
import HostSystem
import SharedStores

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

  @Option(
    help: ArgumentHelp(
      "Compare a sample of what a store holds with what the cells give here, and check nothing else.",
      valueName: "url"))
  var store: String?

  @Option(help: "Chapters of that sample, chosen anew each time.")
  var sample = 10

  func validate() throws {
    guard sample >= 1 else { throw ValidationError("--sample is at least 1, not \(sample)") }
    if store != nil, accept { throw ValidationError("--store and --accept exclude each other") }
    _ = try storeRequest()
  }

  private func storeRequest() throws -> StoreRequest? {
    guard let store else { return nil }
    do {
      return try StoreRequest(option: store, mode: .read, environment: Environment.all)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  private func compare(with store: StoreRequest, _ console: Console) async throws {
    let found = await StoreCheck(
      arguments.request, store: store, sample: sample, observer: console.observe
    ).run()
    if report == .text {
      console.report(found.diagnostics)
    } else {
      console.write(DiagnosticReport(found.diagnostics).text(as: report))
    }
    console.say(found.summary)
    if found.hasFailed { throw ExitCode(1) }
  }

  func run() async throws {
    // What a program reads has nothing between it.
    let console = Console(quiet: arguments.quiet || report != .text, verbose: arguments.verbose)
    if let store = try storeRequest() { return try await compare(with: store, console) }
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
