import BookModel
import ChapterParsing
import Testing

struct CellOptionsTests {
  private func options(_ words: String, lines: String = "") throws -> CellOptions {
    let text = "# T\n\n```swift \(words)\n\(lines)x\n```\n"
    let (chapter, diagnostics) = ChapterParser().parse(bytes: Array(text.utf8), path: "a.md")
    #expect(diagnostics == [], "\(words)")
    return try #require(chapter?.cells.first?.options)
  }

  @Test func `each word says how a cell is executed`() throws {
    #expect(try options("").execution == .run(CellOptions.Run()))
    #expect(try options("no-run").execution == .compileOnly)
    #expect(try options("ignore").execution == .ignored)
    #expect(try options("fail").execution == .mustNotCompile(expecting: nil))
    #expect(
      try options("live timeout=60 tol=1e-4").execution
        == .run(CellOptions.Run(timeout: 60, tolerance: 1e-4, isLive: true)))
    guard
      case .mustStop(let expected, let timeout) = try options("crash expect=\"out of\"").execution
    else {
      Issue.record("not a crash")
      return
    }
    #expect(expected?.value == "out of")
    #expect(expected?.range.start == SourcePosition(line: 3, column: 23))
    #expect(timeout == 30)
    #expect(try options("reset").resetsScope)
  }

  @Test func `an exercise is three cells that follow one another`() throws {
    func parse(_ words: [String]) -> (Chapter?, [Diagnostic]) {
      let text = "# T\n\n" + words.map { "```swift \($0)\nx\n```\n\n" }.joined()
      return ChapterParser().parse(bytes: Array(text.utf8), path: "a.md")
    }
    let (chapter, diagnostics) = parse([
      "", "exercise timeout=60", "ignore", "checks hidden", "solution tol=0.1", "exercise",
      "solution", "checks",
    ])
    #expect(diagnostics == [])
    #expect(
      chapter?.exercises == [
        Exercise(starter: Cell.ID(1), checks: Cell.ID(3), solution: Cell.ID(4)),
        Exercise(starter: Cell.ID(5), checks: Cell.ID(7), solution: Cell.ID(6)),
      ])
    #expect(chapter?.cells[1].options.execution == .starter(timeout: 60))
    #expect(chapter?.cells[4].options.execution == .solution(timeout: 30, tolerance: 0.1))
    for words in [
      ["exercise", "checks"], ["exercise", "checks", "exercise", "checks", "solution"],
      ["exercise", "checks", "", "solution"], ["exercise", "checks", "checks", "solution"],
      ["solution"],
    ] {
      let (_, diagnostics) = parse(words)
      #expect(Set(diagnostics.map(\.id)) == [.exerciseIncomplete], "\(words)")
    }
    #expect(
      parse(["exercise", "checks", "checks", "solution"]).1.map(\.summary) == [
        "the exercise has a cell with 'checks' already; one cell holds all of it"
      ])
  }

  @Test func `each word says what of a cell is shown`() throws {
    #expect(try options("fold").source == .folded)
    #expect(try options("hide-code").source == .hidden)
    #expect(try options("hide-output").output == .hidden)
    #expect(try options("asis").output == .markdown)
    let hidden = try options("hidden")
    #expect(hidden.source == .hidden && hidden.output == .hidden)
    guard case .predicted(let question) = try options("predict=\"How many?\"").output else {
      Issue.record("no prediction")
      return
    }
    #expect(question.value == "How many?")
  }

  @Test func `values may be quoted, and escape quotation marks`() throws {
    let found = try options(#"id=fig-a caption="A \"b\" \\ c=d" alt=plain"#)
    #expect(found.id?.value == "fig-a")
    #expect(found.caption?.value == #"A "b" \ c=d"#)
    #expect(found.alternativeText?.value == "plain")
    #expect(found.caption?.range.start == SourcePosition(line: 3, column: 27))
  }

  @Test func `option lines say the same and are not part of the code`() throws {
    let lines = "//| caption: Loss: 2 \"runs\"\n  //| alt: \"A \\\"b\\\"\"\n//|id:tbl-a\n"
    let found = try options("fold", lines: lines)
    #expect(found.caption?.value == "Loss: 2 \"runs\"")
    #expect(found.caption?.range.start == SourcePosition(line: 4, column: 14))
    #expect(found.alternativeText?.value == "A \"b\"")
    #expect(found.id?.value == "tbl-a")
    let (chapter, _) = ChapterParser().parse(
      bytes: Array("# T\n\n```swift\n\(lines)x\n```\n".utf8), path: "a.md")
    #expect(chapter?.cells.first?.code == "x\n")
    #expect(chapter?.cells.first?.lines == [SourcePosition(line: 7)])
  }

  @Test func `markers fold the lines between them`() throws {
    let code = "a\n// snippet.hide\nb\n//snippet.show\nc\n  // snippet.hide\nd\n"
    let (chapter, diagnostics) = ChapterParser().parse(
      bytes: Array("# T\n\n```swift\n\(code)```\n".utf8), path: "a.md")
    #expect(diagnostics == [])
    #expect(chapter?.cells.first?.foldedLines == [1..<4, 5..<7])
    #expect(chapter?.cells.first?.code == code)
  }

  @Test(
    arguments: [
      ("%.2f", .decimals(2, grouped: false)), ("%.0f", .decimals(0, grouped: false)),
      ("%.3g", .significant(3)), ("%.1e", .scientific(1)), ("%.1%", .percent(1)), ("%,", .grouped),
      ("%,.1f", .decimals(1, grouped: true)), ("%d", nil), ("%.f", nil), ("%.99f", nil),
      ("%.0g", nil), ("%", nil), ("%.2", nil), ("%,.1e", nil), ("%.-1f", nil), ("%+.1f", nil),
    ] as [(String, ValueFormat?)])
  func `formats of inline values are these`(text: String, format: ValueFormat?) {
    let (chapter, diagnostics) = ChapterParser().parse(
      bytes: Array("# T\n\n`{swift} f(a, \"b, %\"), \(text)`\n".utf8), path: "a.md")
    #expect(chapter?.inlineValues.first?.format == format)
    #expect(diagnostics.map(\.id) == (format == nil ? [.valueFormat] : []))
    if format != nil { #expect(chapter?.inlineValues.first?.expression == "f(a, \"b, %\")") }
  }
}
