/// A column of a table.
///
/// ```swift
/// table(Column("layer", names), Column("time", times, unit: "ms", format: .fixed(1)))
/// ```
public struct Column: Sendable {
  let title: String
  let cells: [TextBuffer]
  let isNumeric: Bool

  /// From 0 to 1, drawn as a bar in each cell; empty for none.
  var shares: [Double] = []

  /// The text under the column, in a table with totals.
  var footer = ""

  /// A column of text.
  @export(interface)
  public init(_ title: String, _ texts: [String]) {
    self.init(
      title,
      texts.map { text in
        var cell = TextBuffer()
        cell.append(text)
        return cell
      }, isNumeric: false)
  }

  /// A column of numbers, aligned at the right; without a format all of them get the decimals
  /// that show four digits of the largest.
  public init<Number: ShownNumber>(
    _ title: String, _ numbers: [Number], unit: String = "", format: NumberFormat? = nil
  ) {
    let format = format ?? Column.format(for: doubles(numbers))
    self.init(
      Column.heading(title, unit: unit),
      numbers.map { number in
        var cell = TextBuffer()
        cell.append(number, format)
        return cell
      }, isNumeric: true)
  }

  /// A column of bars, each with its share in percent; the shares are of one.
  public static func shares<Number: ShownNumber>(_ title: String, _ values: [Number]) -> Column {
    var column = Column(title, values, format: .percent(1))
    column.shares = doubles(values)
    return column
  }

  /// The same column with a text below it, such as a total.
  public func total(_ text: String) -> Column {
    var column = self
    column.footer = text
    return column
  }

  init(_ title: String, _ cells: [TextBuffer], isNumeric: Bool) {
    self.title = title
    self.cells = cells
    self.isNumeric = isNumeric
  }

  private static func heading(_ title: String, unit: String) -> String {
    if unit.utf8.isEmpty { return title }
    var text = TextBuffer()
    text.append(title)
    text.append(" (")
    text.append(unit)
    text.append(")")
    return text.string
  }

  @export(interface)
  private static func format(for values: [Double]) -> NumberFormat {
    var largest = 0.0
    var smallest = Double.infinity
    var areWhole = true
    for value in values where value.isFinite && value != 0 {
      largest = max(largest, value.magnitude)
      smallest = min(smallest, value.magnitude)
      areWhole = areWhole && value == value.rounded(.down)
    }
    if areWhole, largest < 1e15 { return .grouped(0) }
    let decimals = min(max(3 - Int(log10(largest).rounded(.down)), 0), 6)
    let isWide = smallest < 0.5 / powerOfTen(decimals) || largest >= 1e9
    return isWide ? .significant(4) : .grouped(decimals)
  }
}
