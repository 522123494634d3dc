import BookModel

extension ProgramRunner {
  private static let exits: Set = ["exit", "_exit", "quick_exit", "_Exit"]
  private static let closings: Set = ["close", "fclose", "dup2", "freopen"]

  /// For a cell that ended the program of all cells.
  func exited(_ outputs: CellOutputs, _ code: Int32, _ start: SourceRange?) -> Diagnostic {
    let calls = places(of: Self.exits, in: outputs.current)
    // With standard error closed as well, nothing tells that the cell came to its end.
    if code == 0, calls.isEmpty, !places(of: Self.closings, in: outputs.current).isEmpty {
      return lostOutput(outputs, start)
    }
    return diagnostic(
      .cellExits, outputs, calls.count == 1 ? calls[0] : start,
      "the cell ended the program with exit code \(code), before the chapter's end; all cells run in "
        + "one program, to their end, so leave out what exits")
  }

  /// For a cell after which nothing came from standard output, though it ran to its end.
  func lostOutput(_ outputs: CellOutputs, _ start: SourceRange?) -> Diagnostic {
    let calls = places(of: Self.closings, in: outputs.current)
    return diagnostic(
      .cellClosesOutput, outputs, calls.count == 1 ? calls[0] : start,
      "the cell closed standard output, or put another file in its place; results come to the page "
        + "through it, so leave it as it is")
  }

  /// Where the cell calls one of these functions.
  private func places(of names: Set<String>, in index: Int) -> [SourceRange] {
    guard let cell = scope.cells.first(where: { $0.id.index == index }) else { return [] }
    return functionCalls(of: names, in: cell.tree).map { cell.cell.range(ofBytes: $0, in: chapter) }
  }
}
