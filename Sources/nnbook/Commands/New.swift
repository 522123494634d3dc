import ArgumentParser
import BookBuilding
import BookModel
import HostSystem

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Start a chapter that builds.")

  @Argument(help: "The title of the chapter.")
  var title: String

  @Option(help: "The folder of chapters.", completion: .directory)
  var book = "chapters"

  func run() throws {
    let console = Console()
    do {
      let (path, remark) = try start()
      console.answer(path)
      if let remark { console.say(remark) }
    } catch {
      console.report(error.diagnostics)
      throw ExitCode(1)
    }
  }

  private func start() throws(DiagnosticError) -> (path: String, remark: String?) {
    // Two that start chapters at once would take one name, or one number.
    let lock = FileLock(folder: book, .waits)
    defer { lock?.release() }
    let existing: [String]
    do {
      existing = try FileSystem.list(book).map(\.name).filter { $0.hasSuffix(".md") }
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .noSuchFolder,
          "no folder '\(book)' here; a book is a folder of chapters ('nnbook init' makes one)"))
    }
    let chapter = try NewChapter(title: title, existing: existing) {
      NewChapter.isAppendix(book + "/" + $0)
    }
    let path = book + "/" + chapter.name
    do {
      try FileSystem.create(Array(chapter.text.utf8), at: path)
    } catch {
      throw DiagnosticError(
        Diagnostic(.error, .folderNotWritable, "'\(path)' cannot be written: \(error.reason)"))
    }
    return (path, chapter.remark)
  }
}
