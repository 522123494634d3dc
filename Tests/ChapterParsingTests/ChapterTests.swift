import BookModel
import ChapterParsing
import Testing

struct ChapterTests {
  @Test func `a chapter holds its cells, inline values and headings`() throws {
    let (chapter, diagnostics) = ChapterParser().parse(
      bytes: Array(
        """
        ---
        title: Width
        description: How wide is wide
        draft: true
        ---
        # One

        ```swift id=fig-a fold
        //| caption: A caption
        let x = 1
        ```
        ```output
        1
        ```

        Value `{swift} x + 1, %.2f` here.

        > - ```swift no-run
        >   let y = 2
        >   ```
        """.utf8), path: "chapters/07-width.md")
    #expect(diagnostics == [])
    let found = try #require(chapter)
    #expect(found.slug == "07-width")
    #expect(found.frontMatter.title == "Width")
    #expect(found.frontMatter.isDraft)
    #expect(found.firstLine == 6)
    #expect(found.headings.map(\.anchor) == ["one"])
    #expect(found.cells.map(\.code) == ["let x = 1\n", "let y = 2\n"])
    #expect(found.cells[0].lines == [SourcePosition(line: 10)])
    #expect(found.cells[1].lines == [SourcePosition(line: 19, column: 5)])
    #expect(found.cells[0].options.id?.value == "fig-a")
    #expect(found.cells[0].options.caption?.value == "A caption")
    #expect(found.cells[0].options.source == .folded)
    #expect(found.cells[0].expectedOutput?.text == "1\n")
    #expect(found.cells[1].options.execution == .compileOnly)
    #expect(found.inlineValues.map(\.expression) == ["x + 1"])
    #expect(found.inlineValues[0].format == .decimals(2, grouped: false))
    #expect(found.inlineValues[0].expressionRange.start == SourcePosition(line: 16, column: 16))
    #expect(found.inlineValues[0].after == Cell.ID(0))
  }
}
