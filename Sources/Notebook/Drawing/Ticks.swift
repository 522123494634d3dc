/// A round distance between ticks: one, two or five times a power of ten.
struct TickStep {
  let digit: Int
  let exponent: Int

  var value: Double {
    exponent < 0 ? Double(digit) / powerOfTen(-exponent) : Double(digit) * powerOfTen(exponent)
  }

  init(spanning span: Double, count: Int) {
    let rough = span / Double(max(count, 1))
    var exponent = Int(log10(rough).rounded(.down))
    let fraction = rough / powerOfTen(exponent)
    var digit = 10
    for candidate in [1, 2, 5] where fraction <= Double(candidate) * 1.0001 {
      digit = candidate
      break
    }
    if digit == 10 { (digit, exponent) = (1, exponent + 1) }
    self.digit = digit
    self.exponent = exponent
  }
}

/// A marked value of an axis and its text.
struct Tick {
  let value: Double
  let label: String
}

extension Scale {
  func ticks(count: Int) -> [Tick] {
    kind == .log ? logTicks(count: count) : linearTicks(count: count)
  }

  private func linearTicks(count: Int) -> [Tick] {
    let step = TickStep(spanning: upper - lower, count: count)
    let first = Int((lower / step.value - 1e-6).rounded(.up))
    let last = Int((upper / step.value + 1e-6).rounded(.down))
    guard first <= last, last - first < 100 else { return [] }
    let largest = Double(max(first.magnitude, last.magnitude)) * step.value
    return (first...last).map { index in
      Tick(
        value: Double(index) * step.value,
        label: tickLabel(index * step.digit, exponent: step.exponent, largest: largest))
    }
  }

  private func logTicks(count: Int) -> [Tick] {
    let first = Int((lower - 1e-9).rounded(.up))
    let last = Int((upper + 1e-9).rounded(.down))
    if upper - lower < 2.4 {
      // Few decades: the 1, 2 and 5 of each.
      var ticks: [Tick] = []
      for exponent in Int(lower.rounded(.down))...Int(upper.rounded(.up)) {
        for digit in [1, 2, 5] {
          let position = log10(Double(digit)) + Double(exponent)
          guard position >= lower - 1e-9, position <= upper + 1e-9 else { continue }
          ticks.append(logTick(digit, exponent))
        }
      }
      return ticks
    }
    let stride = max((last - first + count) / count, 1)
    // Over many decades one notation serves all: 1, 10, 10², 10³ …
    let isLong = upper - lower > 6
    return (first...last).filter { ($0 - first) % stride == 0 }.map { exponent in
      if !isLong || exponent == 0 || exponent == 1 { return logTick(1, exponent) }
      var text = TextBuffer()
      text.append("10")
      text.appendSuperscript(exponent)
      return Tick(value: logTick(1, exponent).value, label: text.string)
    }
  }

  private func logTick(_ digit: Int, _ exponent: Int) -> Tick {
    let value =
      exponent < 0
      ? Double(digit) / powerOfTen(-exponent) : Double(digit) * powerOfTen(exponent)
    return Tick(value: value, label: tickLabel(digit, exponent: exponent, largest: value))
  }
}

/// The text of `mantissa · 10^exponent`, written like the largest of its axis.
private func tickLabel(_ mantissa: Int, exponent: Int, largest: Double) -> String {
  if mantissa == 0 { return "0" }
  var text = TextBuffer()
  if mantissa < 0 { text.append("−") }
  let digits = Int(mantissa.magnitude)
  if largest < 0.999e-3 || largest >= 0.999e9 {
    let power = Int(log10(largest * 1.000001).rounded(.down))
    if digits != 1 || power != exponent {
      text.appendDecimal(digits, exponent: exponent - power)
      text.append("×")
    }
    text.append("10")
    text.appendSuperscript(power)
  } else if largest >= 0.999e4 {
    let (power, unit): (Int, StaticString) =
      largest >= 0.999e6 ? (6, "M") : (3, "k")
    text.appendDecimal(digits, exponent: exponent - power)
    text.append(" ")
    text.append(unit)
  } else {
    text.appendDecimal(digits, exponent: exponent)
  }
  return text.string
}
