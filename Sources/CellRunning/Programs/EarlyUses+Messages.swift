import BookModel

extension EarlyUses.Use {
  /// As the author is told.
  func diagnostic(in chapter: Chapter) -> Diagnostic {
    switch user {
    case .inlineValue(let id, let offset):
      let value = chapter.inlineValues[id.index]
      var start = value.expressionRange.start
      start.column += offset
      let fence = chapter.cells[declared.cell.index].lastLine
      let used = through.map { "'\($0)', which uses '\(variable)'," } ?? "'\(variable)'"
      let what = through == nil ? "it" : "'\(variable)'"
      let rule =
        value.rangeInText == nil
        ? "values in sentences see the cells above them, so move the sentence below line \(fence)"
        : "values in captions see their own cell and those above it, so move the cell below line "
          + "\(fence)"
      return Diagnostic(
        .error, .inlineBeforeCell, at: range(start, in: chapter),
        "inline value uses \(used) before the cell that declares \(what) (line \(declared.line)); "
          + rule,
        excerpt: chapter.sourceLine(start.line))
    case .cell(let id, let offset):
      let start = chapter.cells[id.index].position(ofByte: offset)
      let summary =
        if let through {
          "'\(through)' uses '\(variable)' before the line that declares it (line "
            + "\(declared.line)); cells run from top to bottom, so use '\(through)' below that line"
        } else {
          "'\(variable)' is used before the line that declares it (line \(declared.line)); cells "
            + "run from top to bottom, so declare it above"
        }
      return Diagnostic(
        .error, .useBeforeDeclaration, at: range(start, in: chapter), summary,
        excerpt: chapter.sourceLine(start.line))
    }
  }

  private func range(_ start: SourcePosition, in chapter: Chapter) -> SourceRange {
    let width = (through ?? variable).utf8.count
    return SourceRange(
      file: chapter.path, start: start,
      end: SourcePosition(line: start.line, column: start.column + width))
  }
}

extension HiddenEarlyUses.Use {
  /// As the author is told.
  func diagnostic(in map: ProgramMap) -> Diagnostic {
    let line = map.chapter.sourceLine(place.line) ?? ""
    let start = map.range(line: place.line, column: place.column).start
    let member = through.split(separator: ".").last ?? ""
    let isNamed = line.utf8.dropFirst(start.column - 1).starts(with: member.utf8)
    return Diagnostic(
      .error, .useBeforeDeclaration,
      at: map.range(line: place.line, column: place.column, width: isNamed ? member.utf8.count : 1),
      "'\(through)' uses '\(variable)' before the line that declares it (line \(declared)); cells "
        + "run from top to bottom, so use '\(through)' below that line", excerpt: line)
  }
}
