/// `` `{swift} expression` `` in the prose or in a word of a cell, with an optional format;
/// `` `{swift live} expression` `` follows the controls of the live cell above it.
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
  /// Whether the page computes it anew when a reader moves a control.
  package var isLive: Bool
  /// The last cell before it, whose scope it sees, or the one it is a word of; nil before the
  /// first cell.
  package var after: Cell.ID?
  /// Where the code span stands in the text of a caption, alternative text or question, in bytes;
  /// nil in the prose.
  package var rangeInText: Range<Int>?

  package init(
    id: ID, expression: String, expressionRange: SourceRange, range: SourceRange,
    format: ValueFormat = .shortest, isLive: Bool = false, after: Cell.ID?,
    rangeInText: Range<Int>? = nil
  ) {
    self.id = id
    self.expression = expression
    self.expressionRange = expressionRange
    self.range = range
    self.format = format
    self.isLive = isLive
    self.after = after
    self.rangeInText = rangeInText
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
