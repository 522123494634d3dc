import BookModel
import HostSystem
import Support
import Testing

@testable import BookBuilding

/// Notebooks that come from elsewhere, and what `nnbook import` says of them.
@Suite struct ForeignNotebookTests {
  private func notebook(_ cells: String, language: String = "swift") -> [UInt8] {
    Array(
      """
      {"nbformat": 4, "nbformat_minor": 2, "metadata": {"language_info": {"name": "\(language)"}},
       "cells": [\(cells)]}
      """.utf8)
  }

  @Test func cellsOfOtherLanguagesAreShown() throws {
    let made = try ImportedNotebook(
      only:
        notebook(
          #"""
          {"cell_type": "markdown", "metadata": {}, "source": ["Text.\n", "\n", "```swift\n", "never run\n", "```\n"]},
          {"cell_type": "code", "metadata": {}, "source": "import numpy\nprint(\"```\")\n", "outputs": [7]},
          {"cell_type": "code", "metadata": {}, "source": []},
          {"cell_type": "raw", "metadata": {}, "source": "raw"},
          {"cell_type": "markdown", "metadata": {}, "source": "See [it](02-next.ipynb#x), [that](https://a.org/b.ipynb)."}
          """#, language: "ipython"), path: "in/my first_notebook.ipynb")
    #expect(made.name == "01-my-first-notebook.md")
    #expect(
      made.text == """
        ---
        title: My first notebook
        ---

        Text.

        ```swift ignore
        never run
        ```

        ````python
        import numpy
        print("```")
        ````

        ```text
        raw
        ```

        See [it](02-next.md#x), [that](https://a.org/b.ipynb).

        """)
    #expect(
      DiagnosticPrinter().text(for: made.remarks) == """
        in/my first_notebook.ipynb:1:1: note: cell 2 is Python; it is shown, and does not run [notebook-cell]
        in/my first_notebook.ipynb:1:1: note: cell 4 is raw; it is shown as it is [notebook-cell]

        """)
  }

  @Test func swiftCellsRun() throws {
    let made = try ImportedNotebook(
      only:
        notebook(
          #"""
          {"cell_type": "raw", "metadata": {}, "source": "---\ntitle: Own\n---"},
          {"cell_type": "code", "metadata": {}, "source": "%install 'x'\nlet a = 1"}
          """#))
    #expect(made.text == "---\ntitle: Own\n---\n\n```swift\n// %install 'x'\nlet a = 1\n```\n")
    #expect(
      made.remarks.map(\.summary) == [
        "cell 2 has a line for the kernel, '%install 'x''; it is a comment now"
      ])
    #expect(try ImportedNotebook(only: notebook("")).text == "---\ntitle: A\n---\n")
  }

  @Test func attachedImagesBecomeFiles() throws {
    let made = try ImportedNotebook(
      only:
        notebook(
          #"""
          {"cell_type": "markdown", "metadata": {}, "source": "# T\n\n![A dot](attachment:my%20dot)",
           "attachments": {"my dot": {"image/png": "iVBO\nRw=="}, "unused.png": {"image/png": "AA=="}}}
          """#))
    #expect(made.text == "# T\n\n![A dot](01-a-1-my-dot.png)\n")
    #expect(made.files.map(\.name) == ["01-a-1-my-dot.png"])
    #expect(made.files.map(\.bytes) == [[0x89, 0x50, 0x4E, 0x47]])
  }

  // MARK: Mistakes

  static let mistakes: [(String, String)] = [
    (
      "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"markdown\", \"source\": \"\", \"metadata\": {\"nnbook\": {\"list\": \"symbols\"}}}]}",
      "x.ipynb:1:1: error: notebook is the list of symbols, which nnbook makes of 'symbols' in 'book.yml'; it is no chapter [notebook-format]"
    ),
    (
      "{\"nbformat\": 4,\n \"cells\": [}",
      ": error: notebook isn't JSON from here on; a file that was cut off, or holds marks of a merge, is best fetched again [notebook-format]"
    ),
    (
      "{\"nbformat\": 3, \"worksheets\": []}",
      "x.ipynb:1:1: error: notebook is of format 3, and 4 is read; 'jupyter nbconvert --to notebook --nbformat 4 x.ipynb' writes it anew [notebook-format]"
    ),
    (
      "{\"nbformat\": 4}",
      "x.ipynb:1:1: error: notebook lacks 'cells'; it is JSON, but no notebook of format 4 [notebook-format]"
    ),
    (
      "{}", "x.ipynb:1:1: error: notebook lacks 'nbformat'; it is JSON, but no notebook of format 4"
    ),
    (
      "[]",
      "x.ipynb:1:1: error: notebook has something else at the top than notebooks of format 4 have"
    ),
    (
      "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": 7}]}",
      "x.ipynb:1:1: error: notebook has something else at 'cells[0].source' than notebooks of format 4 have"
    ),
    (
      "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"heading\", \"source\": \"x\"}]}",
      "x.ipynb:1:1: error: cell 1 of the notebook is of the kind 'heading', which is unknown; kinds are 'markdown', 'code' and 'raw' [notebook-format]"
    ),
    (
      "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"markdown\", \"source\": \"![](attachment:a.png)\", \"attachments\": {\"a.png\": {\"image/png\": \"?\"}}}]}",
      "x.ipynb:1:1: error: attachment 'a.png' of cell 1 isn't base64, so that no file can be made of it [notebook-format]"
    ),
    (
      "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"markdown\", \"source\": \"![](attachment:a.png)\"}]}",
      "x.ipynb:1:1: error: attachment 'a.png' of cell 1 is not in the notebook [notebook-format]"
    ),
  ]

  @Test(arguments: mistakes) func mistakesAreTold(text: String, message: String) throws {
    let error = #expect(throws: DiagnosticError.self) {
      try ImportedNotebook(only: Array(text.utf8), path: "x.ipynb")
    }
    let told = DiagnosticPrinter().text(for: error?.diagnostics ?? [])
    #expect(told.contains(message), "\(told)")
  }

  @Test func theCommandWritesChapters() async throws {
    let folder = try TemporaryFolder()
    try FileSystem.write(
      notebook(#"{"cell_type": "markdown", "metadata": {}, "source": "Text."}"#),
      to: folder.file("Some text.ipynb"))
    let run = try await CommandRun(["import", "Some text.ipynb"], in: folder.path)
    #expect(run.transcript == "exit 0\n--- output\nchapters/01-some-text.md\n")
    #expect(try folder.read("chapters/01-some-text.md") == "---\ntitle: Some text\n---\n\nText.\n")
    let again = try await CommandRun(["import", "Some text.ipynb", "no.ipynb"], in: folder.path)
    #expect(
      again.transcript
        == "exit 1\n--- errors\nerror: chapter '01-some-text.md' is there already [chapter-exists]\n"
    )
    let missing = try await CommandRun(["import", "no.ipynb"], in: folder.path)
    #expect(
      missing.errors.hasPrefix("error: notebook 'no.ipynb' cannot be read: ")
        && missing.errors.hasSuffix(" [notebook-not-readable]\n"))
    try FileSystem.write(notebook(""), to: folder.file("7.ipynb"))
    let nameless = try await CommandRun(["import", "7.ipynb"], in: folder.path)
    #expect(
      nameless.errors
        == "7.ipynb:1:1: error: file name '7.ipynb' gives no name to a chapter; it needs a letter [notebook-format]\n"
    )
    let build = try await CommandRun(["build", "-q", "--format", "ipynb"], in: folder.path)
    #expect(build.transcript == "exit 0\n")
    #expect(
      try folder.read("site-ipynb/01-some-text.ipynb").contains("\"# Some text\""))
    // An attachment takes no file's place.
    try FileSystem.write(
      notebook(
        #"{"cell_type": "markdown", "source": "![](attachment:a.png)", "attachments": {"a.png": {"image/png": "AAAA"}}}"#
      ), to: folder.file("02-b.ipynb"))
    try folder.write("mine", to: "chapters/02-b-1-a.png")
    let taken = try await CommandRun(["import", "02-b.ipynb"], in: folder.path)
    #expect(
      taken.errors
        == "error: file '02-b-1-a.png' of the book has the name of an attachment [chapter-exists]\n"
    )
    #expect(FileSystem.kind(of: folder.file("chapters/02-b.md")) == nil)
  }
}

extension ImportedNotebook {
  /// Into a book without chapters.
  init(only bytes: [UInt8], path: String = "01-a.ipynb") throws {
    try self.init(bytes: bytes, path: path, existing: []) { _ in false }
  }
}
