/// The smallest and largest of the values that a scale accepts.
struct DataRange {
  private(set) var lower = Double.infinity
  private(set) var upper = -Double.infinity

  var isEmpty: Bool { lower > upper }

  var span: Double { upper - lower }

  init() {}

  init(_ values: [Double], positive: Bool = false) {
    for value in values { include(value, positive: positive) }
  }

  @inline(never)
  mutating func include(_ value: Double, positive: Bool = false) {
    guard value.isFinite, !positive || value > 0 else { return }
    if value < lower { lower = value }
    if value > upper { upper = value }
  }

  /// Widens a little, so that marks do not touch the frame.
  func padded(by share: Double) -> DataRange {
    guard !isEmpty else { return self }
    var result = self
    let pad = (upper / 2 - lower / 2) * 2 * share
    result.lower -= pad
    result.upper += pad
    return result
  }
}
