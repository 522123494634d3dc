/// Elementary functions in double precision, from rounded additions, multiplications and divisions
/// alone: the same bits natively and in WebAssembly, and no C library.
///
/// Where one double is too coarse a number is the sum of two, `high + low`.
enum DoublePrecision {
  typealias Pair = (high: Double, low: Double)

  /// `a + b` and what its rounding lost.
  static func sum(_ a: Double, _ b: Double) -> Pair {
    let high = a + b
    let part = high - a
    return (high, (a - (high - part)) + (b - part))
  }

  /// `a b` and what its rounding lost, by Dekker's halves of 26 bits; for factors below 2⁹⁹⁵.
  static func product(_ a: Double, _ b: Double) -> Pair {
    func halves(_ x: Double) -> Pair {
      let shifted = 0x1.0000002p27 * x
      let high = shifted - (shifted - x)
      return (high, x - high)
    }
    let (p, q) = (halves(a), halves(b))
    let high = a * b
    let low = ((p.high * q.high - high) + p.high * q.low + p.low * q.high) + p.low * q.low
    return (high, low)
  }

  static func product(_ a: Pair, _ b: Pair) -> Pair {
    let both = product(a.high, b.high)
    return (both.high, both.low + (a.high * b.low + a.low * b.high))
  }

  /// `a + b x + c x² …`
  static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    var value = 0.0
    for coefficient in coefficients.reversed() { value = value * x + coefficient }
    return value
  }

  static let ln2: Pair = (0x1.62e42fee00000p-1, 0x1.a39ef35793c76p-33)
  static let pi: Pair = (0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53)
}
