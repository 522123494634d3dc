import BookModel
import ChapterParsing
import Foundation
import HostSystem
import PageRendering
import Support
import Testing

@testable import BookBuilding

/// Notebooks of Jupyter: chapters become some, and chapters are made of them.
@Suite struct NotebookTests {
  private func chapter(_ text: String, _ name: String = "01-a") throws -> Chapter {
    let (chapter, problems) = ChapterParser().parse(
      bytes: Array(text.utf8), path: "chapters/\(name).md")
    #expect(problems.allSatisfy { $0.severity != .error }, "\(problems)")
    return try #require(chapter)
  }

  private func exported(_ chapter: Chapter, _ result: ChapterResult? = nil) throws -> [UInt8] {
    let index = BookIndex(Book(settings: BookSettings(), chapters: [chapter]))
    let files = PageRenderer(index: index).notebookFiles(for: chapter, result: result)
    return try #require(files["\(chapter.slug).ipynb"])
  }

  private func imported(_ bytes: [UInt8], path: String = "01-a.ipynb") throws -> ImportedNotebook {
    try ImportedNotebook(bytes: bytes, path: path, existing: []) { _ in false }
  }

  private func notebook(_ cells: String, language: String = "swift") -> [UInt8] {
    Array(
      """
      {"nbformat": 4, "nbformat_minor": 2, "metadata": {"language_info": {"name": "\(language)"}},
       "cells": [\(cells)]}
      """.utf8)
  }

  // MARK: There and back

  private static let handmade = """
    ---
    title: "One: a title"
    date: 2026-01-02
    description: What it says
    moved from: [00-old.html, older.html]
    id: sec-one
    ---

    Text with `code`, $x_1$ and [a link](01-a.md#more), [](#fig-a), [the *whole*
    of it](#fig-two), [](#eq-a "Why") and [](#thm-a); {#no} mark, `[](#fig-a)`.

    ## Named $y$ {#sec-named}

    $$
    \\sigma(x) = "a" | b
    $$ {#eq-a}

    : Widths, see [](#sec-named) {#tbl-a}

    | a | b |
    | - | - |
    | [](#fig-b) | `{swift} 1 + 1` |

    > [!THEOREM] A title with [](#eq-a) {#thm-a}
    > Text.

    > [!LEMMA] Only a title
    > Text.

    > [!PROOF]
    > See [](#more).

    > [!EXERCISE] {#exr-a}
    > ```swift id=fig-inside
    > 3
    > ```

    ```swift live id=fig-a caption="A figure"
    //| alt: What is seen
    let a = 1

    print("```", a)
    ```

    ```output
    ``` 1
    ```

    - A list

      ```swift
      a + 1
      ```

    ```swift ignore
    not looked at
    ```

    ## More

    > [!FIGURES] Two {#fig-two}
    >
    > ```swift hide-code id=fig-b
    > //| caption: A cell
    > a
    >
    > a + 1
    > ```
    >
    > ![An image](b.svg "An image")
    >
    > ```swift caption="Another cell"
    > a
    > ```

    > [!NOTE]
    > A note.

    ```swift hidden
    let b = 2
    ```
    ```swift
    b
    ```

    The end: `{swift} b`.
    """.replacing("print(\"```\", a)", with: "print(\"x\", a)").replacing("``` 1\n", with: "x 1\n")

  static let books = Repository.files(below: "chapters", endings: [".md"])
    .filter { $0.split(separator: "/").count == 2 }

  private func expectTheSame(after text: String, _ name: String) throws {
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
    }
    let before = try chapter(text, name)
    let notebook = try exported(before)
    let made = try imported(notebook, path: "\(name).ipynb")
    #expect(made.name == "\(name).md")
    #expect(made.remarks.isEmpty && made.files.isEmpty)
    let after = try chapter(made.text, name)
    #expect(lines(before.markdown) == lines(after.markdown))
    #expect(before.cells.map(\.code) == after.cells.map(\.code))
    #expect(before.cells.map(\.options.source) == after.cells.map(\.options.source))
    #expect(before.cells.map(\.isLive) == after.cells.map(\.isLive))
    #expect(before.cells.map(\.isIgnored) == after.cells.map(\.isIgnored))
    #expect(before.inlineValues.map(\.expression) == after.inlineValues.map(\.expression))
    #expect(before.frontMatter.titleMarkdown == after.frontMatter.titleMarkdown)
    #expect(before.frontMatter.id?.value == after.frontMatter.id?.value)
    #expect(before.frontMatter.date == after.frontMatter.date)
    #expect(before.frontMatter.description == after.frontMatter.description)
    #expect(before.frontMatter.isDraft == after.frontMatter.isDraft)
    #expect(before.frontMatter.glossary?.written == after.frontMatter.glossary?.written)
    #expect(before.frontMatter.isAppendix == after.frontMatter.isAppendix)
    #expect(before.frontMatter.movedFrom.map(\.value) == after.frontMatter.movedFrom.map(\.value))
    #expect(try exported(after) == notebook)
  }

  @Test func aChapterComesBack() throws {
    try expectTheSame(after: Self.handmade, "01-a")
    try expectTheSame(after: "# A title\n\nNo front matter.\n", "02-b")
    try expectTheSame(after: "---\ntitle: T\ndraft: true\nappendix: true\n---\n", "03-c")
    try expectTheSame(
      after: """
        ---
        title: Words
        glossary:
          "A: \\"b\\"": one, two
          Code: unlinked
        ---

        **A: "b".** One.

        **Code.** Two.

        """, "04-d")
  }

  /// What a reader of the notebook sees in the place of marks.
  @Test func referencesShowWhatTheyName() throws {
    let first = try chapter(
      """
      # One

      See [](#fig-a), [](#eq-a), [](#sec-x), [](#other) and [there](#sec-y); `{swift} 1` of them.

      ## Two {#sec-x}

      ```swift id=fig-a caption="All of [](#eq-a)"
      1
      ```

      $$ x $$ {#eq-a}

      > [!THEOREM] Limits {#thm-a}
      > Text.

      """)
    let second = try chapter("---\ntitle: Two\nid: other\n---\n\n## Why {#sec-y}\n", "02-b")
    let index = BookIndex(Book(settings: BookSettings(), chapters: [first, second]))
    let result = ChapterResult(
      cells: [CellResult(outputs: [.text("1")])], inlineValues: ["7"])
    let files = PageRenderer(index: index).notebookFiles(for: first, result: result)
    let notebook = try ReadNotebook(try #require(files["01-a.ipynb"]), path: "01-a.ipynb")
    func shown(_ place: Int) -> String {
      notebook.cells[place].source.text.replacing(#/ data-written="[^"]*"/#, with: "")
    }
    #expect(
      shown(0) == """
        # One

        See <a href="#fig-a">Figure 1.1</a>, <a href="#eq-a">Equation (1.1)</a>, \
        <a href="#sec-x">Two</a>, <a href="02-b.ipynb">Chapter 2</a> and \
        <a href="02-b.ipynb#sec-y">there</a>; <span>7</span> of them.

        ## Two <a id="sec-x"></a>
        """)
    #expect(shown(1) == "<a id=\"fig-a\"></a>**Figure 1.1** All of [Equation (1.1)](#eq-a)")
    #expect(
      shown(3) == """
        $$ x $$ <a id="eq-a">(1.1)</a>

        > <a id="thm-a">**Theorem 1.1**</a> Limits <span><br /></span>
        > Text.
        """)
    let made = try imported(try #require(files["01-a.ipynb"]))
    #expect(made.text == String(decoding: Array(first.markdown.utf8), as: UTF8.self))
  }

  @Test(arguments: books) func chaptersOfTheBookComeBack(path: String) throws {
    let name = String(Path.name(of: path).dropLast(3))
    try expectTheSame(after: try Repository.text(of: path), name)
  }

  // MARK: Results

  @Test func resultsAreInTheirPlaces() throws {
    let chapter = try chapter(
      "# T\n\n```swift hide-code\n1\n```\n\n```swift ignore\nx\n```\n\n```swift fail\ny\n```\n")
    let svg = "<svg><title>A line</title></svg>"
    let result = ChapterResult(cells: [
      CellResult(outputs: [
        .console("a\n"), .console("b\n"), .text("1"), .svg(svg), .html("<p>x</p>"),
        .markdown("*m*"),
      ]), CellResult(), CellResult(expectedFailure: "no y\nhere"),
    ])
    #expect(
      String(decoding: try exported(chapter, result), as: UTF8.self).replacing(" ", with: "")
        .replacing("\n", with: "")
          == #"""
          {"cells":[{"cell_type":"markdown","id":"cell-1","metadata":{},"source":["#T"]},
          {"cell_type":"code","execution_count":1,"id":"cell-2","metadata":{"jupyter":{"source_hidden":true},
          "nnbook":{"fence":"swifthide-code"}},"outputs":[
          {"name":"stdout","output_type":"stream","text":["a\n","b\n"]},
          {"data":{"text/plain":["1"]},"metadata":{},"output_type":"display_data"},
          {"data":{"image/svg+xml":["<svgxmlns=\"http://www.w3.org/2000/svg\"><title>Aline</title></svg>"],
          "text/plain":["Aline"]},"metadata":{},"output_type":"display_data"},
          {"data":{"text/html":["<p>x</p>"],"text/plain":["x"]},"metadata":{},"output_type":"display_data"},
          {"data":{"text/markdown":["*m*"],"text/plain":["*m*"]},"metadata":{},"output_type":"display_data"}],
          "source":["1"]},
          {"cell_type":"markdown","id":"cell-3","metadata":{},"source":["```swiftignore\n","x\n","```"]},
          {"cell_type":"code","execution_count":2,"id":"cell-4","metadata":{"nnbook":{"fence":"swiftfail"},
          "tags":["raises-exception"]},"outputs":[{"ename":"error","evalue":"noy","output_type":"error",
          "traceback":["noy","here"]}],"source":["y"]}],
          "metadata":{"kernelspec":{"display_name":"Swift","language":"swift","name":"xswift"},
          "language_info":{"file_extension":".swift","mimetype":"text/x-swift","name":"swift"},
          "nnbook":{"version":"1"}},"nbformat":4,"nbformat_minor":5}
          """#.replacing("\n", with: ""))
  }

  // MARK: Notebooks of others

  @Test func cellsOfOtherLanguagesAreShown() throws {
    let made = try imported(
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
    let made = try imported(
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
    #expect(try imported(notebook("")).text == "---\ntitle: A\n---\n")
  }

  @Test func attachedImagesBecomeFiles() throws {
    let made = try imported(
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
      try imported(Array(text.utf8), path: "x.ipynb")
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

extension GlossarySettings {
  /// Without places.
  fileprivate var written: [String] {
    terms.map { name, spellings in
      switch spellings {
      case .unlinked: "\(name.value): unlinked"
      case .also(let others): "\(name.value): \(others.map(\.value))"
      }
    }
  }
}
