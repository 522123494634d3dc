import ArgumentParser
import BookBuilding
import BookModel
import HostSystem

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make chapters of Jupyter notebooks.",
    discussion: """
      Markdown and Swift cells stay what they are. Code of other languages is shown and does not run. \
      Outputs are left, because the cells run anew; attached images become files.
      """)

  @Argument(help: "Notebooks (.ipynb).", completion: .file(extensions: ["ipynb"]))
  var notebooks: [String]

  @Option(help: "The folder of chapters; made where there is none.", completion: .directory)
  var book = "chapters"

  func run() throws {
    let console = Console()
    do {
      for notebook in notebooks {
        let (path, remarks) = try add(notebook)
        console.answer(path)
        console.report(remarks)
      }
    } catch {
      console.report(error.diagnostics)
      throw ExitCode(1)
    }
  }

  private func add(_ notebook: String) throws(DiagnosticError) -> (String, [Diagnostic]) {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.readText(notebook, most: 256 << 20)
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .notebookNotReadable, "notebook '\(notebook)' cannot be read: \(error.reason)"))
    }
    // Two that start chapters at once would take one name.
    let lock = FileLock(folder: book, .waits)
    defer { lock?.release() }
    let existing = FileSystem.names(in: book)
    let chapter = try ImportedNotebook(
      bytes: bytes, path: notebook, existing: existing.filter { $0.hasSuffix(".md") }
    ) { NewChapter.isAppendix(book + "/" + $0) }
    let path = book + "/" + chapter.name
    if let taken = chapter.files.first(where: { existing.contains($0.name) }) {
      throw DiagnosticError(
        Diagnostic(
          .error, .chapterExists, "file '\(taken.name)' of the book has the name of an attachment"))
    }
    do {
      try FileSystem.makeFolder(book)
      for file in chapter.files { try FileSystem.create(file.bytes, at: book + "/" + file.name) }
      try FileSystem.create(Array(chapter.text.utf8), at: path)
    } catch {
      throw DiagnosticError(
        Diagnostic(.error, .folderNotWritable, "'\(path)' cannot be written: \(error.reason)"))
    }
    return (path, chapter.remarks)
  }
}
