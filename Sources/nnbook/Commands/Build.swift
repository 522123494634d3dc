import ArgumentParser
import BookBuilding
import BookModel

struct Build: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the cells of a book and write its site.",
    discussion: "Exit status: 0 done, 1 the book has errors, 64 wrong usage.")

  @OptionGroup var arguments: BookArguments

  @Option(
    name: .shortAndLong,
    help: "Where the site goes (default: site, or site-markdown with --format markdown).",
    completion: .directory)
  var output: String?

  @Flag(help: "Write nothing; say which files of the output differ from what the chapters give.")
  var check = false

  @Option(help: "html, or markdown: the chapters with their results in place.")
  var format = BuildRequest.Format.html

  @Flag(name: .customLong("no-exec"), help: "Run nothing: pages from stored results only.")
  var noExec = false

  @Flag(help: "Run every cell again, whatever is stored.")
  var rerun = false

  func validate() throws {
    guard !(noExec && rerun) else {
      throw ValidationError("--no-exec and --rerun exclude each other")
    }
  }

  func run() async throws {
    let console = Console(quiet: arguments.quiet, verbose: arguments.verbose)
    var request = arguments.request
    request.format = format
    request.execution = noExec ? .never : rerun ? .always : .whereNeeded
    let start = ContinuousClock.now
    let output = output ?? (format == .html ? "site" : "site-markdown")
    let stamp = check || noExec || rerun ? nil : BuildStamp(request, output: output)
    if let count = stamp?.chaptersIfCurrent() {
      sayDone(count, since: start, "'\(output)' is up to date", console)
      return
    }
    let execution = CellExecution.compiling(request, observer: console.observe)
    let stage = check ? nil : SiteStage(output: output)
    defer { stage?.remove() }
    let outcome = await BookBuild(
      request, execution: execution, stage: stage, observer: console.observe
    ).run()
    console.report(outcome.diagnostics)
    guard let files = outcome.files else { throw ExitCode(1) }
    let done = check ? compare(files, output, console) : write(files, output, stage, console)
    guard let done else { throw ExitCode(1) }
    stamp?.record(outcome, cells: execution.identity())
    for path in outcome.leftOut { console.say("Left out the draft \(path)") }
    if arguments.verbose { console.sayCosts(of: outcome) }
    sayDone(outcome.chapterCount, since: start, done, console)
  }

  private func sayDone(
    _ chapters: Int, since start: ContinuousClock.Instant, _ done: String, _ console: Console
  ) {
    let elapsed = Console.text((ContinuousClock.now - start) / .seconds(1))
    console.say("\(Console.count(chapters, "chapter")) in \(elapsed): \(done)")
  }

  private func write(
    _ files: [String: SiteFile], _ output: String, _ stage: SiteStage?, _ console: Console
  ) -> String? {
    do {
      let summary = try SiteWriter(output: output).write(files, stage: stage)
      if summary.written + summary.removed == 0 { return "'\(output)' is up to date" }
      let removed = summary.removed == 0 ? "" : ", \(summary.removed) removed"
      return "\(Console.count(summary.written, "file")) written to '\(output)'\(removed)"
    } catch {
      console.report(error.diagnostics)
      return nil
    }
  }

  private func compare(_ files: [String: SiteFile], _ output: String, _ console: Console) -> String?
  {
    do {
      let differences = try SiteWriter(output: output).differences(from: files)
      console.report(differences.map { $0.diagnostic(output: output) })
      return differences.isEmpty ? "'\(output)' is what the chapters give" : nil
    } catch {
      console.report(error.diagnostics)
      return nil
    }
  }
}
