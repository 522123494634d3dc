import BookModel
import ChapterParsing
import Testing

struct ChapterShapeTests {
  private func chapter(_ text: String) throws -> Chapter {
    let (chapter, diagnostics) = ChapterParser().parse(bytes: Array(text.utf8), path: "x/a.b.md")
    #expect(diagnostics == [])
    return try #require(chapter)
  }

  @Test func `anchors of headings are those of GitHub`() throws {
    let found = try chapter(
      """
      # Hello, World!
      ## A  b--c_d
      ## Über `code` & *more*
      ## Hello, World!
      ## 漢字 1.2
      ## !!!
      ## Hello World-1
      ## Hello, World
      ## $x$ is 5
      """)
    #expect(
      found.headings.map(\.anchor) == [
        "hello-world", "a--b--c_d", "über-code--more", "hello-world-1", "漢字-12", "section",
        "hello-world-1-1", "hello-world-2", "x-is-5",
      ])
    #expect(found.headings[2].text == "Über code & more")
    #expect(found.headings[3].range.start == SourcePosition(line: 4))
  }

  @Test func `the title is the first heading where front matter has none`() throws {
    #expect(try chapter("## Sub\n# First *one*\n").frontMatter.title == "First one")
    #expect(try chapter("---\ndescription: d\n---\nSetext\n===\n").frontMatter.title == "Setext")
    let found = try chapter("---\ntitle: \"T: é\"\nid: t\ndate: 2026-11-21\n...\n# Other\n")
    #expect(found.frontMatter.title == "T: é")
    #expect(found.frontMatter.id?.value == "t")
    #expect(found.frontMatter.date == "2026-11-21")
    #expect(found.frontMatter.titleRange?.start == SourcePosition(line: 2, column: 8))
    #expect(found.slug == "a.b")
  }

  @Test func `only fences of Swift are cells, wherever they stand`() throws {
    let found = try chapter(
      """
      # T

      <!--
      ```swift
      comment
      ```
      -->

      ```python
      other
      ```

      ~~~swift
      a
      ~~~

      ````swift
      ```
      b
      ````

      1. x
         - > ```swift hidden
           > c
           > ```

      Note.[^n]

      [^n]: With

          ```swift
          d
          ```

      ```swift
      ```

      ```swift
      // only a comment
      ```
      """)
    #expect(
      found.cells.map(\.code)
        == ["a\n", "```\nb\n", "c\n", "d\n", "", "// only a comment\n"])
    #expect(found.cells.map(\.id.index) == [0, 1, 2, 3, 4, 5])
  }

  @Test func `two hundred cells keep their order`() throws {
    let text = "# T\n\n" + (0..<200).map { "```swift\nlet x\($0) = \($0)\n```\n\n" }.joined()
    let found = try chapter(text)
    #expect(found.cells.count == 200)
    #expect(found.cells[150].code == "let x150 = 150\n")
    #expect(found.cells[150].lines == [SourcePosition(line: 604)])
  }
}
