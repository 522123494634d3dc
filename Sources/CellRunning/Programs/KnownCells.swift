import BookModel

/// Cells of a chapter that is read again and again: of most of them the code is what it was.
struct KnownCells {
  private var cells: [String: ParsedCell] = [:]

  /// The chapter's scopes; what is known afterwards are its cells.
  mutating func scopes(of chapter: Chapter) -> [Scope] {
    let scopes = Scope.all(of: chapter) { [cells] cell in
      cells[cell.code].map { ParsedCell(cell, like: $0) } ?? ParsedCell(cell)
    }
    let all = scopes.flatMap(\.cells).map { ($0.code, $0) }
    cells = Dictionary(all) { first, _ in first }
    return scopes
  }
}
