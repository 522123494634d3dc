extension DoublePrecision {
  /// `exp(x + low)`; below 0.6 units in the last place.
  @export(interface)
  static func exp(_ x: Double, _ low: Double = 0) -> Double {
    if x > 709.8 { return .infinity }
    if x < -745.2 { return 0 }
    if x.isNaN { return x }
    return scaled(parts(x, low))
  }

  /// `exp x - 1`, exact near 0.
  @export(interface)
  static func expm1(_ x: Double) -> Double {
    if x > 709.8 { return .infinity }
    if x < -40 { return -1 }
    if x.isNaN || x == 0 { return x }
    let parts = parts(x, 0)
    if parts.power > 60 { return scaled(parts) }
    let scale = scaled(1, parts.power)
    return parts.power == 0
      ? parts.rest + parts.more : (scale - 1) + scale * (parts.rest + parts.more)
  }

  /// `exp(x + low) = 2ⁿ (1 + rest + more)`
  private typealias Parts = (power: Int, rest: Double, more: Double)

  private static func parts(_ x: Double, _ low: Double) -> Parts {
    let n = (x * 0x1.71547652b82fep+0 + 0x1.8p52) - 0x1.8p52
    // The product is exact: the first part of the logarithm has 32 bits.
    let high = x - n * ln2.high
    let rest = low - n * ln2.low
    let r = high + rest
    let lost = (high - r) + rest
    // 1/2!, 1/3! … 1/13!; |r| is at most half of ln 2.
    var series = 0.0
    var factorials = 6_227_020_800.0
    for k in 0..<12 {
      series = series * r + 1 / factorials
      factorials /= Double(13 - k)
    }
    return (Int(n), r, lost + r * r * series)
  }

  private static func scaled(_ parts: Parts) -> Double {
    let first = sum(1, parts.rest)
    return scaled(first.high + (first.low + parts.more), parts.power)
  }

  /// `x 2ⁿ`, below the normal numbers too.
  private static func scaled(_ x: Double, _ n: Int) -> Double {
    func power(_ n: Int) -> Double { Double(bitPattern: UInt64(n + 1023) << 52) }
    if n > 1023 { return x * power(1023) * power(n - 1023) }
    if n < -1022 { return x * power(n + 100) * power(-100) }
    return x * power(n)
  }

  @export(interface)
  static func sinh(_ x: Double) -> Double {
    let size = x.magnitude
    if size > 22 {
      let half = exp(size - ln2.high, -ln2.low)
      return x < 0 ? -half : half
    }
    let e = expm1(size)
    let half = (e + e / (e + 1)) / 2
    return x.sign == .minus ? -half : half
  }

  @export(interface)
  static func cosh(_ x: Double) -> Double {
    let size = x.magnitude
    if size > 22 { return exp(size - ln2.high, -ln2.low) }
    let e = exp(size)
    return (e + 1 / e) / 2
  }

  @export(interface)
  static func tanh(_ x: Double) -> Double {
    let size = x.magnitude
    if x.isNaN { return x }
    let e = size > 22 ? 0 : expm1(2 * size)
    let value = size > 22 ? 1 : e / (e + 2)
    return x.sign == .minus ? -value : value
  }

  /// The error function: its series up to 1.25, one less a continued fraction beyond.
  @export(interface)
  static func erf(_ x: Double) -> Double {
    let size = x.magnitude
    if x.isNaN || x == 0 { return x }
    if size >= 6 { return x < 0 ? -1 : 1 }
    let square = product(x, x)
    let bell = exp(-square.high, -square.low)
    var value: Double
    if size < 1.25 {
      // 2 exp(-x²) / √π (x + 2x³/3 + 4x⁵/15 …)
      value = 1
      for n in stride(from: 40, to: 0, by: -1) {
        value = 1 + value * (2 * square.high / Double(2 * n + 1))
      }
      value *= size * bell * 0x1.20dd750429b6dp+0
    } else {
      var fraction = 1.0
      for n in stride(from: 220, to: 0, by: -1) {
        fraction = 1 + Double(n) / (2 * square.high) / fraction
      }
      value = 1 - bell * 0x1.20dd750429b6dp+0 / (2 * size * fraction)
    }
    return x < 0 ? -value : value
  }
}
