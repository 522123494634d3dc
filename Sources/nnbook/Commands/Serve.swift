import ArgumentParser
import BookBuilding
import BookEditing
import BookModel

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a book on this machine, and build it anew on every save.",
    discussion: """
      Prose appears at once, each result when its cell is done. Pages change by themselves; errors \
      are shown on the page and here. Nothing is written: 'nnbook build' writes the site.
      """)

  @OptionGroup var arguments: BookArguments

  @Option(name: .shortAndLong, help: "The port on the loopback address.")
  var port: UInt16 = 8080

  @Flag(help: "Open the book in the browser.")
  var open = false

  @Flag(help: "Let the page change the book: try cells and prose, and save them.")
  var edit = false

  func validate() throws {
    guard !edit || arguments.sandbox != .off else {
      throw ValidationError(
        "--edit runs what is typed into pages in the sandbox only; leave out '--sandbox off'")
    }
  }

  func run() async throws {
    let console = Console(
      quiet: arguments.quiet, verbose: arguments.verbose, keepsLine: true)
    let site = ServedSite()
    var request = arguments.request
    request.isServed = true
    let drafts = edit ? ChapterDrafts() : nil
    let help = PageHelp(.of { [request] _ in request })
    let editing = drafts.map { PageEditing(book: request.book, drafts: $0, help: help.help) }
    if edit {
      if let refusal = PageEditing.refusal {
        console.report([refusal])
        throw ExitCode(1)
      }
      request.isEdited = true
      request.sandbox = .required
    }
    let loop = ServeLoop(
      request: request, execution: .compiling(request, observer: console.observe), site: site,
      drafts: drafts, observer: console.observe
    ) {
      Self.report($0, console)
    }
    let server = BookServer(site: site, port: port, editing: editing)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await server.run { port in
            let pages = "http://localhost:\(port)/"
            let address = pages + (editing.map { "?token=\($0.access.token)" } ?? "")
            let opened = pages + (editing.map { "?token=\($0.access.openingToken)" } ?? "")
            console.answer("Serving '\(arguments.book)' at \(address) (Ctrl-C ends)")
            if open, !WebBrowser.opens(opened) {
              console.say("No program here opens a browser; the address above is the book's")
            }
          }
        }
        group.addTask { try await loop.run() }
        group.addTask {
          while true {
            try await Task.sleep(for: .seconds(1))
            console.tick()
          }
        }
        try await group.next()
        group.cancelAll()
      }
      await help.end()
    } catch let error as DiagnosticError {
      await help.end()
      console.report(error.diagnostics)
      throw ExitCode(1)
    }
  }

  private static func report(_ round: ServeLoop.Round, _ console: Console) {
    console.report(round.diagnostics)
    let errors = round.diagnostics.count { $0.severity == .error }
    let what =
      errors > 0 ? Console.count(errors, "error") : round.isComplete ? "Ready" : "Prose ready"
    console.settle("\(what) after \(Console.text(round.seconds))")
  }
}
