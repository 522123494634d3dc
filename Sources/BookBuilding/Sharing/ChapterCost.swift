import BookModel

extension Chapter {
  /// What it may take to build, in milliseconds, from its text alone: so every machine that has the
  /// same text has the same number. Of use for a division, not as a promise.
  package var estimatedMilliseconds: Int {
    var cost = 1 + markdown.utf8.count / 4096
    guard hasWork else { return cost }
    // One compilation of all cells, one of those for the browser, one for each that must fail.
    cost += 900
    if cells.contains(where: \.isLive) { cost += 2500 }
    for cell in cells where !cell.isIgnored {
      cost += 25 + cell.code.utf8.count / 16
      if cell.mustNotCompile { cost += 500 }
      // Whoever gives a cell more time has seen that it takes some.
      let usual = CellOptions.Run().timeout
      if cell.timeout > usual { cost += (cell.timeout - usual) * 250 }
    }
    return cost + inlineValues.count * 5
  }
}
