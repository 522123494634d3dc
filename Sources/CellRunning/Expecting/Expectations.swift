import BookModel

/// What an author says about results, held against them. Done at every build, with stored results
/// too: expectations are not part of the key.
package struct Expectations {
  var chapter: Chapter
  var result: ChapterResult

  package init(_ chapter: Chapter, _ result: ChapterResult) {
    self.chapter = chapter
    self.result = result
  }

  package var diagnostics: [Diagnostic] {
    zip(chapter.cells, result.cells).flatMap { cell, result -> [Diagnostic] in
      switch cell.options.execution {
      case .run(let run):
        return output(cell, result, run.tolerance)
      case .mustNotCompile(let expected):
        return failure(
          cell, result.expectedFailure, expected, id: "fail-cell-compiles",
          "the cell compiles, but the word 'fail' says that it must not",
          "the compiler's message")
      case .mustStop(let expected, _):
        return failure(
          cell, result.expectedFailure, expected, id: "crash-cell-ends",
          "the cell runs to its end, but the word 'crash' says that it must stop",
          "the message of the stop")
      case .compileOnly, .ignored:
        return []
      }
    }
  }

  /// What an ```` ```output ```` fence of the cell would have to hold.
  package static func text(of result: CellResult) -> String {
    result.outputs.compactMap { output in
      switch output {
      case .console(let text): text
      case .text(let text): text + "\n"
      case .markdown, .html, .svg, .control: nil
      }
    }.joined()
  }

  private func output(_ cell: Cell, _ result: CellResult, _ tolerance: Double?) -> [Diagnostic] {
    guard let expected = cell.expectedOutput else { return [] }
    let comparison = OutputComparison(tolerance: tolerance)
    guard
      let difference = comparison.difference(
        expected: expected.text, got: Self.text(of: result))
    else { return [] }
    let summary =
      switch (difference.expected, difference.got) {
      case (let expected?, let got?): "the cell prints '\(got)' where '\(expected)' is expected"
      case (let expected?, nil): "the cell's output ends where '\(expected)' is expected"
      case (nil, let got): "the cell prints '\(got ?? "")' after the end of the expected output"
      }
    let line = expected.range.start.line + 1 + difference.line
    let place = SourceRange(
      file: chapter.path, line: line, column: expected.range.start.column)
    return [
      Diagnostic(
        .error, "unexpected-output", at: place, summary,
        excerpt: chapter.sourceLine(line),
        notes: [.init("'nnbook check --accept' takes the new output over")])
    ]
  }

  private func failure(
    _ cell: Cell, _ message: String?, _ expected: Located<String>?, id: String, _ summary: String,
    _ subject: String
  ) -> [Diagnostic] {
    guard let message else {
      return [
        Diagnostic(
          .error, id, at: cell.infoRange, summary,
          excerpt: chapter.sourceLine(cell.infoRange.start.line))
      ]
    }
    guard let expected, !message.contains(expected.value) else { return [] }
    return [
      Diagnostic(
        .error, "unexpected-message", at: expected.range,
        "\(subject) does not contain '\(expected.value)'",
        excerpt: chapter.sourceLine(expected.range.start.line),
        notes: [.init("it is: " + message)])
    ]
  }
}
