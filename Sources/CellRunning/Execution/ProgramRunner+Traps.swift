import BookModel
import HostSystem

extension ProgramRunner {
  /// For a program that a trap, a signal or an uncaught error ended.
  func trapped(
    _ outputs: CellOutputs, signal: Signal, _ start: SourceRange?
  ) -> Diagnostic {
    let report = StopReport(
      outputs.runs[outputs.current]?.errorText ?? "", chapter: map.file)
    var stop = diagnostic(
      report.id ?? .cellStopped, outputs,
      place(of: report, in: outputs) ?? (report.isUncaughtError ? nil : innermost(report)) ?? start,
      "the cell stopped: "
        + report.reason(signal: signal).split(separator: "\n").joined(separator: "; "))
    stop.notes += calls(on: report, in: outputs)
    if report.message == nil, signal == .segmentation || signal == .bus {
      stop.notes += suspects(outputs)
    }
    if let cell = chapter.cell(Cell.ID(outputs.current)) {
      if report.isUncaughtError, cell.code.contains("data/"),
        ["permission", "may not be written", "ead-only", "EROFS", "EACCES", "volume"].contains(
          where: stop.summary.contains)
      {
        stop.notes.append(
          .init(
            "cells read the files of 'data/' and write none there: what they write lasts as long as "
              + "their program"))
        return stop
      }
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

  /// Where a program was that its own clock ended.
  func place(in outputs: CellOutputs) -> SourceRange? {
    let report = StopReport(outputs.runs[outputs.current]?.errorText ?? "", chapter: map.file)
    return innermost(report) ?? place(of: report, in: outputs)
  }

  private func innermost(_ report: StopReport) -> SourceRange? {
    guard let place = report.unplaced,
      let found = lines?.position(of: place, in: map.file), chapter.cell(atLine: found.line) != nil
    else { return nil }
    return map.range(line: found.line, column: found.column)
  }

  /// For a stop in the code of another cell, where the cell that ran called it.
  private func calls(on report: StopReport, in outputs: CellOutputs) -> [Diagnostic.Note] {
    guard let cell = chapter.cell(Cell.ID(outputs.current)), let first = report.frames.first,
      let owner = chapter.cell(atLine: first.line), owner.id != cell.id,
      let call = report.frames.first(where: { chapter.cell(atLine: $0.line)?.id == cell.id })
    else { return [] }
    return [.init("called here", range: map.range(line: call.line, column: call.column))]
  }

  private func place(of report: StopReport, in outputs: CellOutputs) -> SourceRange? {
    let current = outputs.current
    guard let line = report.line, !report.isUncaughtError else {
      return report.isUncaughtError
        ? firstTry(in: chapter.cell(Cell.ID(current)), from: outputs.statement) : nil
    }
    if let column = report.column, chapter.cell(atLine: line) != nil || map.isShown(line) {
      return map.range(line: line, column: column)
    }
    guard chapter.cell(atLine: line) != nil else { return map.wrappedExpression(afterLine: line) }
    return firstText(map.range(line: line, column: 1))
  }

  /// Swift does not say where an uncaught error came from, but the statement is known.
  ///
  /// - Parameter start: index of the line of the last statement that began, among those with a `try`.
  private func firstTry(in cell: Cell?, from start: Int?) -> SourceRange? {
    guard let cell else { return nil }
    let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
    for (text, position) in zip(lines, cell.lines).dropFirst(start ?? 0) {
      guard let found = text.firstMatch(of: /\b(try|throw)\b/) else { continue }
      let column = text[..<found.range.lowerBound].utf8.count + 1
      return map.range(line: position.line, column: column, width: found.1.utf8.count)
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
