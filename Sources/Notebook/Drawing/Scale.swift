/// The logarithm to base ten, the same on every host; good to twelve digits.
@inline(never)
@export(interface)
func log10(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return value > 0 ? value : -.infinity }
  // value = m · 2^e with m in [0.7, 1.4]; log m = 2 artanh((m - 1) / (m + 1)).
  var exponent = Double(value.exponent)
  var significand = value.significand
  if significand > 1.4142135623730951 {
    significand /= 2
    exponent += 1
  }
  let t = (significand - 1) / (significand + 1)
  let square = t * t
  var sum = 0.0
  var power = t
  var odd = 1.0
  while odd < 25 {
    sum += power / odd
    power *= square
    odd += 2
  }
  return exponent * 0.30102999566398120 + 2 * sum * 0.43429448190325182
}

/// Ten to an integer power.
@inline(never)
@export(interface)
func powerOfTen(_ exponent: Int) -> Double {
  var result = 1.0
  var rest = min(Int(exponent.magnitude), 320)
  var base = 10.0
  while rest > 0 {
    if rest & 1 == 1 { result *= base }
    base *= base
    rest >>= 1
  }
  return exponent < 0 ? 1 / result : result
}

/// Maps values of the data to coordinates of the drawing.
struct Scale {
  enum Kind: Sendable {
    case linear, log
  }

  let kind: Kind
  let lower: Double
  let upper: Double
  private var start = 0.0
  private var end = 1.0

  /// A scale that covers the finite values, with round numbers at its ends unless `exactly`.
  init(covering values: Extent, kind: Kind, exactly: Bool = false, tickCount: Int) {
    self.kind = kind
    switch kind {
    case .linear:
      var (lower, upper) = values.isEmpty ? (0, 1) : (values.lower, values.upper)
      // The data may reach further than coordinates can be computed with.
      lower = min(max(lower, -1e300), 1e300)
      upper = min(max(upper, -1e300), 1e300)
      let magnitude = max(lower.magnitude, upper.magnitude)
      if upper - lower <= magnitude * 2e-3 {
        let center = (lower + upper) / 2
        let half = magnitude == 0 ? 1 : lower == upper ? magnitude / 2 : magnitude * 2e-3
        (lower, upper) = (center - half, center + half)
      }
      if !exactly {
        let step = TickStep(spanning: upper - lower, count: tickCount)
        lower = (lower / step.value + 1e-9).rounded(.down) * step.value
        upper = (upper / step.value - 1e-9).rounded(.up) * step.value
      }
      self.lower = lower
      self.upper = upper
    case .log:
      var lower = values.isEmpty ? 1 : values.lower
      var upper = values.isEmpty ? 10 : values.upper
      if lower == upper { (lower, upper) = (lower / 2, upper * 2) }
      self.lower = log10(lower)
      self.upper = log10(upper)
    }
  }

  func mapped(from start: Double, to end: Double) -> Scale {
    var scale = self
    scale.start = start
    scale.end = end
    return scale
  }

  @inline(never)
  func callAsFunction(_ value: Double) -> Double {
    let value = kind == .log ? log10(value) : value
    return start + (value - lower) / (upper - lower) * (end - start)
  }

  /// Whether a value has a place on this scale at all.
  @inline(never)
  func accepts(_ value: Double) -> Bool {
    value.isFinite && (kind == .linear || value > 0)
  }
}

/// The smallest and largest of the values that a scale accepts.
struct Extent {
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
  func padded(by share: Double) -> Extent {
    guard !isEmpty else { return self }
    var result = self
    let pad = (upper / 2 - lower / 2) * 2 * share
    result.lower -= pad
    result.upper += pad
    return result
  }
}
