import ArgumentParser
import BookBuilding
import BookModel

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Start a book that builds.")

  @Argument(help: "The folder to make.", completion: .directory)
  var folder: String

  func run() throws {
    let console = Console()
    do {
      let book = try NewBook(folder: folder)
      try book.write()
      for name in book.files.keys.sorted() { console.answer("\(folder)/\(name)") }
      console.say("Now: cd \(folder) && nnbook serve --open")
    } catch {
      console.report(error.diagnostics)
      throw ExitCode(1)
    }
  }
}
