import ArgumentParser
import BookBuilding
import BookModel

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a book on this machine, and build it anew on every save.",
    discussion: """
      Prose appears at once, results when their cells are done. Pages reload by themselves; errors \
      are shown on the page and here. Nothing is written: 'nnbook build' writes the site.
      """)

  @OptionGroup var arguments: BookArguments

  @Option(name: .shortAndLong, help: "The port on the loopback address.")
  var port: UInt16 = 8080

  func run() async throws {
    let console = Console(quiet: arguments.quiet, verbose: arguments.verbose)
    let site = ServedSite()
    let loop = ServeLoop(
      request: arguments.request,
      execution: .compiling(arguments.request, observer: console.observe), site: site,
      observer: console.observe
    ) {
      Self.report($0, console)
    }
    let server = BookServer(site: site, port: port)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await server.run { port in
            console.answer(
              "Serving '\(arguments.book)' at http://localhost:\(port)/ (Ctrl-C ends)")
          }
        }
        group.addTask { try await loop.run() }
        try await group.next()
        group.cancelAll()
      }
    } catch let error as DiagnosticError {
      console.report(error.diagnostics)
      throw ExitCode(1)
    }
  }

  private static func report(_ round: ServeLoop.Round, _ console: Console) {
    console.report(round.diagnostics)
    let errors = round.diagnostics.count { $0.severity == .error }
    let what =
      errors > 0 ? Console.count(errors, "error") : round.isComplete ? "Ready" : "Prose ready"
    console.say("\(what) after \(Console.text(round.seconds))")
  }
}
