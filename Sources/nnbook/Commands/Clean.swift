import ArgumentParser
import BookBuilding

struct Clean: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove stored results; the next build runs every cell.")

  @Argument(help: "The folder of chapters.", completion: .directory)
  var book = "chapters"

  @Flag(help: "Remove the compiled engine too, which all books share and takes a minute to make.")
  var engine = false

  func run() throws {
    let console = Console()
    do {
      let folders = try StoredFolders(book: book, includingEngine: engine)
      for folder in try folders.remove() { console.say("Removed '\(folder)'") }
      if folders.paths.isEmpty { console.say("'\(book)' has no stored results") }
    } catch {
      console.report(error.diagnostics)
      throw ExitCode(1)
    }
  }
}
