/// The engine's one source of random numbers: xoshiro256** seeded by SplitMix64.
///
/// Both are D. Blackman's and S. Vigna's public-domain generators (prng.di.unimi.it). A seed gives
/// the same numbers on every machine and in the browser.
public struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Neighboring seeds give numbers that have nothing to do with each other.
  public init(seed: Int) { self.init(mixing: UInt64(bitPattern: Int64(seed))) }

  /// All 64 bits count, also where `Int` has 32.
  private init(mixing seed: UInt64) {
    var mixer = seed
    func mixed() -> UInt64 {
      mixer &+= 0x9e37_79b9_7f4a_7c15
      var z = mixer
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
    state = (mixed(), mixed(), mixed(), mixed())
  }

  /// 64 random bits.
  @export(interface)
  public mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = (state.3 << 45) | (state.3 >> 19)
    return result
  }

  /// A number in `0..<1`, one of 2²⁴ equally spaced ones.
  @export(interface)
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number in `low..<high`.
  public mutating func uniform(in range: Range<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A whole number in `0..<bound`, every one equally likely.
  @export(interface)
  public mutating func integer(below bound: Int) -> Int {
    requirePositive(bound, "bound", in: "RandomSource.integer(below:)")
    // Lemire's method: the high half of a product, redrawn where the low half would favor some.
    let bound = UInt64(bound)
    let threshold = (0 &- bound) % bound
    while true {
      let product = next().multipliedFullWidth(by: bound)
      if product.low >= threshold { return Int(product.high) }
    }
  }

  /// A normally distributed number, by Box and Muller's transform; two draws each.
  public mutating func normal(mean: Float = 0, deviation: Float = 1) -> Float {
    // 1 - u is never zero, so that its logarithm is finite.
    let radius = ElementaryFunction.sqrt(-2 * ElementaryFunction.log(1 - uniform()))
    let turn = ElementaryFunction.cos(2 * Float.pi * uniform())
    return mean + deviation * (radius * turn)
  }

  /// The whole numbers `0..<count` in random order, by Fisher and Yates' shuffle.
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for index in order.indices.reversed() where index > 0 {
      order.swapAt(index, integer(below: index + 1))
    }
    return order
  }

  /// A seed for something else, of 31 bits: an `Int` in the reader's page has 32, and what is seeded must be
  /// the same there.
  mutating func seed() -> Int { Int(next() >> 33) }

  /// A source of its own, whose numbers do not depend on how many are drawn from this one later.
  public mutating func split() -> RandomSource {
    RandomSource(mixing: next())
  }
}
