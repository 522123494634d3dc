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
  init(covering values: DataRange, kind: Kind, exactly: Bool = false, tickCount: Int) {
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
