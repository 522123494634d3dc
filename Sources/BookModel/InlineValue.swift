/// `` `{swift} expression` `` in the prose, with an optional format.
package struct InlineValue: Hashable, Sendable {
  /// Place among the chapter's inline values, from 0.
  package struct ID: Hashable, Comparable, Sendable {
    package var index: Int

    package init(_ index: Int) { self.index = index }
    package static func < (a: ID, b: ID) -> Bool { a.index < b.index }
  }

  package var id: ID
  package var expression: String
  /// Where the expression itself begins and ends.
  package var expressionRange: SourceRange
  /// The whole code span, back-quotes included.
  package var range: SourceRange
  package var format: ValueFormat
  /// The last cell before it, whose scope it sees; nil before the first cell.
  package var after: Cell.ID?

  package init(
    id: ID, expression: String, expressionRange: SourceRange, range: SourceRange,
    format: ValueFormat = .shortest, after: Cell.ID?
  ) {
    self.id = id
    self.expression = expression
    self.expressionRange = expressionRange
    self.range = range
    self.format = format
    self.after = after
  }
}

/// How a number in a sentence is written. `%.2f` two decimals, `%.3g` three significant digits,
/// `%.1e` scientific, `%.1%` a share as percentage, `%,` or `%,.1f` with thousands separated.
package enum ValueFormat: Hashable, Sendable {
  /// Whole numbers in full, others by the shortest digits that read back.
  case shortest
  case decimals(Int, grouped: Bool)
  case significant(Int)
  case scientific(Int)
  case percent(Int)
  /// Whole numbers with thousands separated by commas.
  case grouped
}
