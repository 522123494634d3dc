/// Values as shades of a color: blue above zero, orange below, on the color of the paper, so that
/// a map follows light and dark pages.
struct Shades {
  static let levels = 16

  /// The value that gets the full color.
  let full: Double

  /// The value that gets none.
  let none: Double

  /// How strong the strongest shade is. Text stays readable on shades up to 0.55.
  var strongest = 0.95

  let isSigned: Bool

  init(covering values: DataRange, range: ClosedRange<Double>? = nil) {
    let lower = range?.lowerBound ?? values.lower
    let upper = range?.upperBound ?? values.upper
    isSigned = lower < 0
    if isSigned {
      none = 0
      full = max(lower.magnitude, upper.magnitude)
    } else {
      // Values that all lie high, as losses do, would otherwise look alike.
      none = range == nil && lower <= upper / 2 ? 0 : lower
      full = upper
    }
  }

  /// From -16 to 16; 0 is the paper.
  func level(_ value: Double) -> Int {
    guard !value.isNaN else { return 0 }
    guard full > none else { return value == 0 ? 0 : Self.levels }
    let share = min(max((value - none) / (full - none), isSigned ? -1 : 0), 1)
    return Int((share * Double(Self.levels) + 0.5).rounded(.down))
  }

  func opacity(_ level: Int) -> Double {
    Double(level.magnitude) / Double(Self.levels) * strongest
  }
}
