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
    let made = try ImportedNotebook(only: notebook, path: "\(name).ipynb")
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
    let made = try ImportedNotebook(only: try #require(files["01-a.ipynb"]))
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
