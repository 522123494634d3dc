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
    let caches = Caches(book: book)
    for folder in [caches.book] + (engine ? caches.engineParts : []) {
      guard FileAccess.kind(of: folder) != nil else { continue }
      do {
        try FileAccess.remove(folder)
        console.say("Removed '\(folder)'")
      } catch {
        console.report([
          .init(.error, "not-removable", "'\(error.path)' cannot be removed: \(error.reason)")
        ])
        throw ExitCode(1)
      }
    }
  }
}
