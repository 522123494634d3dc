import BookModel
import HostSystem

extension ProgramRunner {
  /// For a program that a trap, a signal or an uncaught error ended.
  func trapped(
    _ outputs: CellOutputs, signal: Signal, _ start: SourceRange?
  ) -> Diagnostic {
    let report = StopReport(
      outputs.runs[outputs.current]?.errorText ?? "", chapter: chapter.path)
    var stop = diagnostic(
      report.id ?? .cellStopped, outputs, place(of: report, in: outputs.current) ?? start,
      "the cell stopped: "
        + report.reason(signal: signal).split(separator: "\n").joined(separator: "; "))
    if report.message == nil, signal == .segmentation || signal == .bus {
      stop.notes += suspects(outputs)
    }
    if let cell = chapter.cell(Cell.ID(outputs.current)) {
      stop.notes += DataFile.missing(from: cell, in: book).map { name, nearest in
        .init(
          "the book has no file 'data/\(name)'"
            + (nearest.map { "; did you mean 'data/\($0)'?" } ?? ""))
      }
    }
    return stop
  }

  /// A variable that has no value yet is the most likely reason for a bad pointer.
  private func suspects(_ outputs: CellOutputs) -> [Diagnostic.Note] {
    scope.earlyUses.suspects(while: Cell.ID(outputs.current)).prefix(3).map { name, line in
      .init(
        "'\(name)' may have been used before it had a value; it gets one here",
        range: SourceRange(file: chapter.path, line: line))
    }
  }

  private func place(of report: StopReport, in current: Int) -> SourceRange? {
    guard let line = report.line else {
      return report.isUncaughtError ? firstTry(in: chapter.cell(Cell.ID(current))) : nil
    }
    if let column = report.column, chapter.cell(atLine: line) != nil || map.isShown(line) {
      return map.range(line: line, column: column)
    }
    guard chapter.cell(atLine: line) != nil else { return map.wrappedExpression(afterLine: line) }
    return firstText(map.range(line: line, column: 1))
  }

  /// Swift does not say where an uncaught error came from: the first `try` is the nearest guess.
  private func firstTry(in cell: Cell?) -> SourceRange? {
    guard let cell else { return nil }
    let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
    for (text, position) in zip(lines, cell.lines) {
      guard let found = text.ranges(of: "try ").first else { continue }
      let column = text[..<found.lowerBound].utf8.count + 1
      return map.range(line: position.line, column: column, width: 3)
    }
    return nil
  }

  /// The first column of the line that holds text.
  private func firstText(_ range: SourceRange) -> SourceRange {
    let line = chapter.sourceLine(range.start.line) ?? ""
    let own = range.start.column - 1
    let spaces = line.utf8.dropFirst(own).prefix { $0 == 0x20 || $0 == 0x09 }.count
    return SourceRange(file: range.file, line: range.start.line, column: own + spaces + 1)
  }
}
