import ArgumentParser
import BookBuilding
import BookModel

struct Why: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what changed since the cells of a chapter last ran.",
    usage: "nnbook why CHAPTER[#CELL]")

  @Argument(help: "A chapter's file or its name, and after '#' a cell's id or its number.")
  var place: String

  @Option(help: "The folder of chapters.", completion: .directory)
  var book = "chapters"

  func run() async throws {
    let console = Console()
    let request = BuildRequest(book: book, jobs: 1, caches: Caches(book: book))
    do throws(DiagnosticError) {
      for line in try await ChangeReport(place: place, request: request).lines() {
        console.answer(line)
      }
    } catch {
      console.report(error.diagnostics)
      throw ExitCode(1)
    }
  }
}
