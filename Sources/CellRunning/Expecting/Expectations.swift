import BookModel

/// What an author says about results, held against them. Done at every build, with stored results
/// too: expectations are not part of the key.
package struct Expectations {
  var chapter: Chapter
  var result: ChapterResult
  /// Nil for all.
  private var cells: Set<Int>?

  /// - Parameter cells: indexes of those that ran; nil for all.
  package init(_ chapter: Chapter, _ result: ChapterResult, of cells: Set<Int>? = nil) {
    self.chapter = chapter
    self.result = result
    self.cells = cells
  }

  package var diagnostics: [Diagnostic] {
    notNumbers + chapter.exercises.filter(hasRun).flatMap(exercise)
      + zip(chapter.cells, result.cells).flatMap { cell, result -> [Diagnostic] in
        if cells?.contains(cell.id.index) == false { return [] }
        switch cell.options.execution {
        case .run(let run):
          return output(cell, result, run.tolerance) + strayChecks(cell, result)
        case .solution(_, let tolerance):
          return output(cell, result, tolerance)
        case .mustNotCompile(let expected):
          return failure(
            cell, result.expectedFailure, expected, id: .failCellCompiles,
            "the cell compiles, but the word 'fail' says that it must not",
            "the compiler's message")
        case .mustStop(let expected, _):
          return failure(
            cell, result.expectedFailure, expected, id: .crashCellEnds,
            "the cell runs to its end, but the word 'crash' says that it must stop",
            "the message of the stop")
        case .compileOnly, .ignored, .starter, .checks:
          return []
        }
      }
  }

  /// Of an exercise below a cell that stops, nothing is known.
  private func hasRun(_ exercise: Exercise) -> Bool {
    [exercise.starter, exercise.solution].allSatisfy { cells?.contains($0.index) != false }
  }

  /// What an ```` ```output ```` fence of the cell would have to hold.
  package static func text(of result: CellResult) -> String {
    result.outputs.compactMap { output in
      switch output {
      case .console(let text): TerminalText(text).plain
      case .text(let text): TerminalText(text).plain + "\n"
      case .markdown, .html, .svg, .control, .check: nil
      }
    }.joined()
  }

  /// Values in sentences that are no numbers any more.
  private var notNumbers: [Diagnostic] {
    zip(chapter.inlineValues, result.inlineValues).compactMap { value, text in
      guard ["nan", "-nan", "inf", "-inf"].contains(text) else { return nil }
      return Diagnostic(
        .warning, .inlineNotANumber, at: value.expressionRange,
        "the value of '\(value.expression)' in the sentence is '\(text)', no number",
        excerpt: chapter.sourceLine(value.expressionRange.start.line),
        notes: [
          .init(
            text.hasSuffix("nan")
              ? "it comes of 0/0, of the logarithm or root of a negative number, or of a loss that grew "
                + "beyond all bounds: a smaller learning rate, or clipping, helps against the last"
              : "it comes of a division by 0, or of a number beyond what Float holds")
        ])
    }
  }

  /// For a line that differs in its numbers alone, and little.
  private func closeness(
    _ difference: OutputComparison.Difference, _ tolerance: Double?
  ) -> [Diagnostic.Note] {
    guard let expected = difference.expected, let got = difference.got else { return [] }
    for wider in [1e-6, 1e-5, 1e-4, 1e-3, 1e-2] where wider > tolerance ?? 0 {
      guard OutputComparison(tolerance: wider).difference(expected: expected, got: got) == nil
      else { continue }
      return [.init("the numbers are close; 'tol=\(Self.short(wider))' would let them pass")]
    }
    return []
  }

  private static func short(_ number: Double) -> String {
    let exponent = [1e-6: 6, 1e-5: 5, 1e-4: 4, 1e-3: 3, 1e-2: 2][number] ?? 0
    return "1e-\(exponent)"
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
        .error, .unexpectedOutput, at: place, summary,
        excerpt: chapter.sourceLine(line),
        notes: [.init("'nnbook check --accept' takes the new output over")]
          + closeness(difference, tolerance))
    ]
  }

  private func failure(
    _ cell: Cell, _ message: String?, _ expected: Located<String>?, id: DiagnosticID,
    _ summary: String,
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
        .error, .unexpectedMessage, at: expected.range,
        "\(subject) does not contain '\(expected.value)'",
        excerpt: chapter.sourceLine(expected.range.start.line),
        notes: [.init("it is: " + message)])
    ]
  }
}
