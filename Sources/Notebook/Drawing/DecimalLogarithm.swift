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
