import BookModel
import HostSystem

/// The files that `nnbook init` starts a book with, in a folder that is new or empty.
package struct NewBook: Sendable {
  /// Paths within the folder, and contents.
  package let files: [String: String]
  private let folder: String

  package init(folder: String) throws(DiagnosticError) {
    guard !folder.isEmpty else {
      throw DiagnosticError(
        Diagnostic(
          .error, .noFolderName,
          "a book needs a folder; name one that is new, or '.' for the one at hand"))
    }
    self.folder = folder
    let first = try NewChapter(title: "A first network", existing: []) { _ in false }
    files = [
      "chapters/\(first.name)": first.text,
      "chapters/book.yml": """
      title: A new book
      description: What it is about, in one sentence.
      language: en

      """,
      Self.ignoreName: """
      # What nnbook keeps so that nothing runs twice: to delete it costs time, nothing else
      .nnbook/

      """,
    ]
  }

  private static let ignoreName = ".gitignore"

  /// Writes the files; where one of them is there already, nothing is written.
  package func write() throws(DiagnosticError) {
    for name in files.keys.sorted()
    where name != Self.ignoreName && FileSystem.kind(of: folder + "/" + name) != nil {
      throw DiagnosticError(
        Diagnostic(
          .error, .bookExists,
          "'\(folder)/\(name)' is there already; a book starts in a new folder"
        ))
    }
    do throws(FileError) {
      for (name, text) in files {
        let path = folder + "/" + name
        // A repository that is there already has its own.
        if name == Self.ignoreName, FileSystem.kind(of: path) != nil { continue }
        try FileSystem.makeFolder(Path.folder(of: path))
        try FileSystem.write(text, to: path)
      }
    } catch {
      throw DiagnosticError(
        Diagnostic(
          .error, .folderNotWritable, "'\(error.path)' cannot be written: \(error.reason)"))
    }
  }
}
