/// How a number is written, in a sentence or in a column of a table.
///
/// An inline value names it after a comma, as C does:
///
/// - `%.2f` is `.fixed(2)`: 3.14
/// - `%.3g` is `.significant(3)`: 3.14, 0.00123, 1.23e-07
/// - `%.2e` is `.scientific(2)`: 3.14e+00
/// - `%,d` is `.grouped(0)`, `%,.1f` is `.grouped(1)`: 101,770
/// - `%.1%` is `.percent(1)`: 97.5%
public enum NumberFormat: Sendable {
  /// The shortest text that gives the same number back.
  case plain
  /// So many digits behind the point.
  case fixed(Int)
  /// So many digits in all; zeros at the end are dropped.
  case significant(Int)
  /// So many digits behind the point, and a power of ten.
  case scientific(Int)
  /// Thousands apart, and so many digits behind the point.
  case grouped(Int)
  /// A hundred times the number with a percent sign, and so many digits behind the point.
  case percent(Int)
}
