import ArgumentParser
import BookBuilding
import BookModel
import HostSystem
import RemoteExecution
import SharedStores

struct Build: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the cells of a book and write its site.",
    discussion: "Exit status: 0 done, 1 the book has errors, 64 wrong usage.")

  @OptionGroup var arguments: BookArguments

  @Option(
    name: .shortAndLong,
    help:
      "Where the site goes (default: site, or site-FORMAT with another --format).",
    completion: .directory)
  var output: String?

  @Flag(help: "Write nothing; say which files of the output differ from what the chapters give.")
  var check = false

  @Option(
    help: """
      html; markdown: the chapters with their results in place; print: the whole book on one page; \
      pdf: that page, printed by chromium; epub: for readers of books; ipynb: notebooks of Jupyter.
      """)
  var format = BuildRequest.Format.html

  @Flag(name: .customLong("no-exec"), help: "Run nothing: pages from stored results only.")
  var noExec = false

  @Flag(help: "Run every cell again, whatever is stored.")
  var rerun = false

  @Option(
    help: ArgumentHelp(
      "Take results from a store that machines share, and add to it (default: NNBOOK_STORE).",
      valueName: "url"))
  var store: String?

  @Option(help: "read: add nothing to the store; write; off: ask none.")
  var storeMode = StoreMode.write

  @Option(
    help: ArgumentHelp(
      "Compile and run cells on machines behind this address (default: NNBOOK_REMOTE).",
      valueName: "grpc[s]://host:port[/instance]"))
  var remote: String?

  @Option(
    help: "auto: this machine takes over where they do not work; required: an error; off: ask none."
  )
  var remoteMode = RemoteMode.auto

  @Option(
    help: ArgumentHelp(
      "What those machines must be, as their server understands it; may be repeated.",
      valueName: "name=value"))
  var remotePlatform: [String] = []

  @Option(
    help: ArgumentHelp(
      "Run a share of the chapters, such as 3/16, store what they give, and write no site.",
      valueName: "k/n"))
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "Write to this file how long each chapter took; with --shard, divide the chapters by it.",
      valueName: "file"),
    completion: .file())
  var durations: String?

  func validate() throws {
    guard !(noExec && rerun) else {
      throw ValidationError("--no-exec and --rerun exclude each other")
    }
    if try share() != nil {
      let others = [
        (noExec, "--no-exec"), (check, "--check"), (output != nil, "--output"),
        (format != .html, "--format"),
      ]
      if let (_, other) = others.first(where: \.0) {
        throw ValidationError(
          "--shard and \(other) exclude each other: a share runs cells and writes no site")
      }
    }
    _ = try storeRequest()
    _ = try remoteRequest()
  }

  private func share() throws -> Share? {
    do {
      return try shard.map { try Share($0) }
    } catch {
      throw ValidationError("\(error)")
    }
  }

  private func storeRequest() throws -> StoreRequest? {
    do {
      return try StoreRequest(
        option: store, mode: storeMode, environment: Environment.all)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  private func remoteRequest() throws -> RemoteRequest? {
    do {
      return try RemoteRequest(
        option: remote, mode: remoteMode, platform: remotePlatform, environment: Environment.all)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  func run() async throws {
    let console = Console(quiet: arguments.quiet, verbose: arguments.verbose)
    var request = arguments.request
    request.format = format
    request.execution = noExec ? .never : rerun ? .always : .whereNeeded
    request.store = try storeRequest()
    request.remote = try remoteRequest()
    request.durations = durations
    let start = ContinuousClock.now
    let asked = request
    if let share = try share() {
      let report = await Self.ending(with: asked) {
        await ShareBuild(asked, share, observer: console.observe).run()
      }
      console.report(report.diagnostics)
      if report.hasFailed { throw ExitCode(1) }
      let elapsed = Console.text((ContinuousClock.now - start) / .seconds(1))
      console.say("\(report.summary) in \(elapsed)")
      return
    }
    let output = output ?? format.folder
    let purpose = check ? SiteBuild.Purpose.compares : .writes
    let report = await Self.ending(with: asked) {
      await SiteBuild(asked, output: output, purpose, observer: console.observe).run()
    }
    console.report(report.diagnostics)
    guard let done = words(for: report.ending, output) else { throw ExitCode(1) }
    for path in report.leftOut { console.say("Left out the draft \(path)") }
    if arguments.verbose, report.ending != .current { console.sayCosts(of: report.timings) }
    let elapsed = Console.text((ContinuousClock.now - start) / .seconds(1))
    console.say("\(Console.count(report.chapterCount, "chapter")) in \(elapsed): \(done)")
  }

  /// What a build starts on this machine ends with its process; what it starts elsewhere does not.
  private static func ending<Report: Sendable>(
    with request: BuildRequest, _ build: @escaping @Sendable () async -> Report
  ) async -> Report {
    request.remote == nil ? await build() : await cancelledBySignals(build)
  }

  /// Nil where it failed.
  private func words(for ending: SiteBuild.Ending, _ output: String) -> String? {
    switch ending {
    case .failed: return nil
    case .current: return "'\(output)' is up to date"
    case .same: return "'\(output)' is what the chapters give"
    case .written(let summary):
      if summary.written + summary.removed == 0 { return "'\(output)' is up to date" }
      let removed = summary.removed == 0 ? "" : ", \(summary.removed) removed"
      return "\(Console.count(summary.written, "file")) written to '\(output)'\(removed)"
    }
  }
}

extension StoreMode: ExpressibleByArgument {}
extension RemoteMode: ExpressibleByArgument {}
