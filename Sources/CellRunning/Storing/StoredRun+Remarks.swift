import BookModel

/// Warnings move with the cell they are about.
extension StoredRun.Remark {
  /// Nil for what is not about a place of the chapter.
  init?(_ diagnostic: Diagnostic, in chapter: Chapter) {
    guard let range = diagnostic.range else { return nil }
    let start = range.start
    let width = range.end.line == start.line ? range.end.column - start.column : 0
    if let cell = chapter.cells.first(where: { $0.lines.contains { $0.line == start.line } }),
      let line = cell.lines.firstIndex(where: { $0.line == start.line })
    {
      self.init(
        id: diagnostic.id, summary: diagnostic.summary, index: cell.id.index, isInline: false,
        line: line, column: start.column - cell.lines[line].column, width: width)
    } else if let cell = chapter.cells.first(where: { $0.infoRange.start.line == start.line }) {
      self.init(
        id: diagnostic.id, summary: diagnostic.summary, index: cell.id.index, isInline: false,
        line: Self.infoLine, column: start.column - cell.infoRange.start.column, width: width)
    } else if let value = chapter.inlineValues.last(where: {
      $0.expressionRange.start.line == start.line && $0.expressionRange.start <= start
    }) {
      self.init(
        id: diagnostic.id, summary: diagnostic.summary, index: value.id.index, isInline: true,
        line: 0, column: start.column - value.expressionRange.start.column, width: width)
    } else {
      return nil
    }
  }

  /// Stands for the line of the opening fence.
  private static let infoLine = -1

  func diagnostic(in chapter: Chapter) -> Diagnostic? {
    let base: SourcePosition
    if isInline {
      guard chapter.inlineValues.indices.contains(index) else { return nil }
      base = chapter.inlineValues[index].expressionRange.start
    } else if line == Self.infoLine {
      guard chapter.cells.indices.contains(index) else { return nil }
      base = chapter.cells[index].infoRange.start
    } else {
      guard chapter.cells.indices.contains(index),
        chapter.cells[index].lines.indices.contains(line)
      else { return nil }
      base = chapter.cells[index].lines[line]
    }
    let start = SourcePosition(line: base.line, column: base.column + column)
    let end = SourcePosition(line: base.line, column: start.column + width)
    return Diagnostic(
      .warning, id, at: SourceRange(file: chapter.path, start: start, end: end), summary,
      excerpt: chapter.sourceLine(base.line))
  }
}
