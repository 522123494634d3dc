extension DoublePrecision {
  @export(interface)
  static func log(_ x: Double) -> Double {
    if let special = logOfSpecial(x) { return special }
    let pair = logPair(x)
    return pair.high + pair.low
  }

  static func log2(_ x: Double) -> Double {
    log(x, times: (0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56))
  }

  static func log10(_ x: Double) -> Double {
    log(x, times: (0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57))
  }

  /// The logarithm to another base, given the reciprocal of that base's logarithm; whole powers of the
  /// base give whole numbers.
  @export(interface)
  private static func log(_ x: Double, times factor: Pair) -> Double {
    if let special = logOfSpecial(x) { return special }
    let pair = product(logPair(x), factor)
    return pair.high + pair.low
  }

  /// `log(1 + x)`, exact near 0.
  @export(interface)
  static func log1p(_ x: Double) -> Double {
    if x == 0 || x.isNaN || x == .infinity { return x }
    let total = sum(1, x)
    if let special = logOfSpecial(total.high) { return special }
    let pair = logPair(total.high)
    return pair.high + (pair.low + total.low / total.high)
  }

  /// `xʸ` with the special cases of IEEE 754; below 0.9 units in the last place.
  @export(interface)
  static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return x + y }
    let isWhole = y.magnitude >= 0x1p53 || Double(Int64(y)) == y
    let isOdd = isWhole && y.magnitude < 0x1p53 && Int64(y) & 1 == 1
    let sign: Double = x.sign == .minus && isOdd ? -1 : 1
    let size = x.magnitude
    if size == 0 || size == .infinity {
      return (size == 0) == (y < 0) ? sign * .infinity : sign * 0
    }
    if x < 0 && !isWhole { return .nan }
    if size == 1 { return sign }
    let logarithm = logPair(size)
    let exponent = y * logarithm.high
    if exponent > 710 { return sign * .infinity }
    if exponent < -746 { return sign * 0 }
    let whole = product(y, logarithm.high)
    return sign * exp(whole.high, whole.low + y * logarithm.low)
  }

  private static func logOfSpecial(_ x: Double) -> Double? {
    if x > 0 && x < .infinity { return nil }
    return x == 0 ? -.infinity : x == .infinity ? x : .nan
  }

  /// The logarithm of a finite number above 0, with a relative error below 2⁻⁶².
  private static func logPair(_ x: Double) -> Pair {
    let isSubnormal = x < 0x1p-1022
    let bits = (isSubnormal ? x * 0x1p54 : x).bitPattern
    // The mantissa goes to √½ ..< √2.
    let exponent = (bits &- 0x3fe6_a09e_667f_3bcd) & 0xfff0_0000_0000_0000
    let f = Double(bitPattern: bits &- exponent) - 1
    let n = Double(Int64(bitPattern: exponent) >> 52) - (isSubnormal ? 54 : 0)
    // With s = f / (2 + f): log(1 + f) = 2 (s + s³/3 + s⁵/5 …)
    let divisor = sum(2, f)
    let quotient = f / divisor.high
    let check = product(quotient, divisor.high)
    let s = (
      high: quotient,
      low: (((f - check.high) - check.low) - quotient * divisor.low) / divisor.high
    )
    let z = product(s, s)
    var tail = 0.0
    for odd in stride(from: 25, to: 3, by: -2) { tail = (tail + 1 / Double(odd)) * z.high }
    let third = sum(0x1.5555555555555p-2, tail)
    let cubic = product(s, product(z, (third.high, third.low + 0x1.5555555555555p-56)))
    let half = sum(s.high, cubic.high)
    let mantissa = sum(half.high, half.low + (s.low + cubic.low))
    let total = sum(n * ln2.high, 2 * mantissa.high)
    return sum(total.high, total.low + (2 * mantissa.low + n * ln2.low))
  }
}
