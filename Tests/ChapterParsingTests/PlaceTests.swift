import BookModel
import ChapterParsing
import Testing

/// Lines and columns are those of the author's own bytes.
struct PlaceTests {
  private func parse(_ bytes: [UInt8]) -> (Chapter?, [Diagnostic]) {
    ChapterParser().parse(bytes: bytes, path: "a.md")
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `line ends of every kind count alike`(lineEnd: String) throws {
    let lines = [
      "---", "title: T", "---", "A `{swift} x`", "", "```swift hiden", "let é = 1", "```",
    ]
    let (chapter, diagnostics) = parse(Array(lines.joined(separator: lineEnd).utf8))
    #expect(diagnostics.map(\.range?.start) == [SourcePosition(line: 6, column: 10)])
    let found = try #require(chapter)
    #expect(found.firstLine == 4)
    #expect(found.cells.map(\.code) == ["let é = 1\n"])
    #expect(found.cells[0].lines == [SourcePosition(line: 7)])
    #expect(found.inlineValues[0].expressionRange.start == SourcePosition(line: 4, column: 12))
    #expect(!found.markdown.utf8.contains(0x0D))
  }

  @Test func `a byte-order mark has no column`() throws {
    let (chapter, diagnostics) = parse([0xEF, 0xBB, 0xBF] + Array("# T `{swift} x`\n".utf8))
    #expect(chapter?.headings.map(\.text) == ["T {swift} x"])
    #expect(diagnostics.map(\.range?.start) == [SourcePosition(line: 1, column: 5)])
  }

  @Test func `bytes that are not text are named with their place`() {
    let invalid = parse(Array("# T\né".utf8) + [0xFF, 0x41])
    #expect(invalid.0 == nil)
    #expect(
      headlines(invalid.1)
        == "a.md:2:3: error: byte 0xFF is not text; chapters are UTF-8 [not-utf-8]")
    let nul = parse(Array("# T\0".utf8))
    #expect(
      headlines(nul.1)
        == "a.md:1:4: error: byte 0x00 is not text; chapters are plain text [nul-byte]")
    #expect(
      headlines(parse([0xFF, 0xFE, 0x41, 0]).1)
        == "a.md:1:1: error: file is UTF-16; chapters are UTF-8 [not-utf-8]")
  }

  @Test(
    arguments: [
      [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5],
      [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0x80],
    ] as [[UInt8]])
  func `overlong, surrogate and cut sequences are not text`(bytes: [UInt8]) {
    #expect(String(validating: bytes, as: UTF8.self) == nil)
    #expect(parse(Array("# T".utf8) + bytes).0 == nil)
  }

  @Test func `inline values in the texts of a cell see it and have their places`() throws {
    let text = """
      # T

      > ```swift
      > //| caption: "é \\"q\\" `{swift} a, %.2f` `` `{swift} no` ``"
      > //| alt: `{swift} b`
      > let c = 1
      > ```

      `{swift} c`
      """
    let (chapter, diagnostics) = parse(Array(text.utf8))
    #expect(diagnostics == [])
    let values = try #require(chapter?.inlineValues)
    #expect(values.map(\.expression) == ["a", "b", "c"])
    #expect(values.map(\.after) == [Cell.ID(0), Cell.ID(0), Cell.ID(0)])
    #expect(
      values.map(\.expressionRange.start) == [
        SourcePosition(line: 4, column: 35), SourcePosition(line: 5, column: 21),
        SourcePosition(line: 9, column: 10),
      ])
    #expect(values.map(\.rangeInText) == [7..<24, 0..<11, nil])
  }

  @Test func `each line of a cell stands where its author wrote it`() throws {
    let text = """
      # T

      1. é text

         > - ```swift
         >   let a = 1

         after

      -\t```swift
      \tlet b = "漢字"

      \t  let c = 3
      \t```

      >\t- ```swift fold
      >\t  let d = 4
      >\t  ```

      """
    let (chapter, diagnostics) = parse(Array(text.utf8))
    #expect(diagnostics.map(\.id) == [.fenceNeverClosed])
    #expect(diagnostics.first?.range?.start == SourcePosition(line: 5, column: 8))
    let found = try #require(chapter)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
    #expect(found.cells.count == 2)
    for cell in found.cells {
      let code = cell.code.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(code.count == cell.lines.count)
      for (line, place) in zip(code, cell.lines) {
        #expect(Array(lines[place.line - 1][(place.column - 1)...]) == Array(line.utf8))
      }
    }
    #expect(found.cells[0].code == "let b = \"漢字\"\n\n  let c = 3\n")
    #expect(found.cells[1].options.source == .folded)
  }

  @Test func `inline values are found behind marks, in quotes and after other lines`() throws {
    let text = """
      # T

      > *é* **b `{swift} one`** [l `{swift} two`](x.md)\\
      > `{swift} three, %.1f` $a$ `{swift}
      > four` ``{swift} five``

      | a | b \\| `{swift} max(6, 7)` |
      |---|---|
      | é | `{swift} eight` |
      """
    let (chapter, diagnostics) = parse(Array(text.utf8))
    #expect(diagnostics == [])
    let values = try #require(chapter?.inlineValues)
    #expect(values.map(\.expression) == ["one", "two", "three", "four", "max(6, 7)", "eight"])
    #expect(
      values.map(\.range.start) == [
        SourcePosition(line: 3, column: 12), SourcePosition(line: 3, column: 31),
        SourcePosition(line: 4, column: 3), SourcePosition(line: 4, column: 29),
        SourcePosition(line: 7, column: 12), SourcePosition(line: 9, column: 8),
      ])
    #expect(values[2].format == .decimals(1, grouped: false))
  }
}
