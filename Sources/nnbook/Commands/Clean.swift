import ArgumentParser
import BookBuilding

struct Clean: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove stored results; the next build runs every cell.",
    discussion: "All books of a user share the store, which keeps itself below a size limit.")

  @Flag(help: "Remove the compiled engine too, which takes a minute to make.")
  var engine = false

  func run() throws {
    let console = Console()
    let cache = BuildRequest.defaultCache
    do {
      for entry in (try? FileAccess.list(cache)) ?? [] where engine || entry.name != "engines" {
        try FileAccess.remove(cache + "/" + entry.name)
      }
      console.say("Removed what was stored in '\(cache)'")
    } catch {
      console.report([
        .init(.error, "not-removable", "'\(error.path)' cannot be removed: \(error.reason)")
      ])
      throw ExitCode(1)
    }
  }
}
