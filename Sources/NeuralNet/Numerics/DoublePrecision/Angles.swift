extension DoublePrecision {
  @export(interface)
  static func sin(_ x: Double) -> Double {
    if !x.isFinite { return .nan }
    return x == 0 ? x : sine(Angle(x), turnedBy: 0)
  }

  @export(interface)
  static func cos(_ x: Double) -> Double {
    x.isFinite ? sine(Angle(x), turnedBy: 1) : .nan
  }

  @export(interface)
  static func tan(_ x: Double) -> Double {
    if !x.isFinite { return .nan }
    if x == 0 { return x }
    let angle = Angle(x)
    return sine(angle, turnedBy: 0) / sine(angle, turnedBy: 1)
  }

  @export(interface)
  static func asin(_ x: Double) -> Double {
    atan(x, over: ((1 - x) * (1 + x)).squareRoot())
  }

  @export(interface)
  static func acos(_ x: Double) -> Double {
    atan(((1 - x) * (1 + x)).squareRoot(), over: x)
  }

  @export(interface)
  static func atan(_ x: Double) -> Double {
    let size = x.magnitude
    if x.isNaN || x == 0 { return x }
    let value = size > 1 ? pi.high / 2 - (arc(1 / size) - pi.low / 2) : arc(size)
    return x < 0 ? -value : value
  }

  /// The angle of the point `(x, y)`, in -π...π.
  @export(interface)
  static func atan(_ y: Double, over x: Double) -> Double {
    if x.isNaN || y.isNaN { return x + y }
    let (width, height) = (x.magnitude, y.magnitude)
    var angle: Double
    if width == 0 && height == 0 || width < .infinity && height == 0 {
      angle = 0
    } else if width == height {
      angle = pi.high / 4
    } else if height > width {
      angle = pi.high / 2 - (arc(width / height) - pi.low / 2)
    } else {
      angle = arc(height / width)
    }
    if x.sign == .minus { angle = pi.high - (angle - pi.low) }
    return y.sign == .minus ? -angle : angle
  }

  /// The arc tangent of a number in 0...1, from that of the nearest eighth.
  private static func arc(_ x: Double) -> Double {
    let eighth = (8 * x + 0.5).rounded(.down)
    let near = eighth / 8
    let u = (x - near) / (1 + x * near)
    let z = u * u
    var series = 0.0
    // Steps of whole numbers: those of doubles are fused, by a function of the C library.
    for odd in stride(from: 17, to: 1, by: -2) { series = (1 / Double(odd) - series) * z }
    let known = arcs(Int(eighth))
    return known.high + (known.low + (u - u * series))
  }

  /// The arc tangents of 0, 1/8, … 1.
  private static func arcs(_ eighth: Int) -> Pair {
    switch eighth {
    case 0: (0, 0)
    case 1: (0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59)
    case 2: (0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57)
    case 3: (0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56)
    case 4: (0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56)
    case 5: (0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58)
    case 6: (0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56)
    case 7: (0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56)
    default: (0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55)
    }
  }

  /// The sine of an angle and some more right angles.
  private static func sine(_ angle: Angle, turnedBy more: Int) -> Double {
    let quadrant = angle.quadrant + more
    let (r, low) = (angle.rest.high, angle.rest.low)
    let z = r * r
    let value: Double
    if quadrant & 1 == 0 {
      // -1/3!, 1/5! … to r¹⁷
      let series = polynomial(
        z,
        [
          -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362_880, -1.0 / 39_916_800,
          1.0 / 6_227_020_800, -1.0 / 1_307_674_368_000, 1.0 / 355_687_428_096_000,
        ])
      value = r + (r * z * series + low * (1 - z / 2))
    } else {
      // 1/4!, -1/6! … to r¹⁸
      let series = polynomial(
        z,
        [
          1.0 / 24, -1.0 / 720, 1.0 / 40_320, -1.0 / 3_628_800, 1.0 / 479_001_600,
          -1.0 / 87_178_291_200, 1.0 / 20_922_789_888_000, -1.0 / 6_402_373_705_728_000,
        ])
      let first = 1 - z / 2
      value = first + (((1 - first) - z / 2) + (z * z * series - r * low))
    }
    return quadrant & 2 == 0 ? value : -value
  }
}

/// An angle as right angles and a rest in -π/4...π/4.
struct Angle {
  let quadrant: Int
  let rest: DoublePrecision.Pair

  private init(quadrant: Int, rest: DoublePrecision.Pair) {
    self.quadrant = quadrant
    self.rest = rest
  }

  @export(interface)
  init(_ x: Double) {
    if x.magnitude < 0x1p19 {
      // π/2 in two parts of 33 bits, whose products with n are exact, and a third.
      let n = (x * 0x1.45f306dc9c883p-1 + 0x1.8p52) - 0x1.8p52
      let first = DoublePrecision.sum(x - n * 0x1.921fb54400000p+0, -n * 0x1.0b4611a600000p-34)
      let last = n * 0x1.3198a2e037073p-69 - first.low
      let high = first.high - last
      if n == 0 || high.magnitude > 0x1p-30 {
        self.init(quadrant: Int(n) & 3, rest: (high, (first.high - high) - last))
        return
      }
    }
    self.init(long: x)
  }

  /// By the digits of 2/π themselves, for numbers that are large or next to a multiple of π/2.
  private init(long x: Double) {
    let integer = x.significandBitPattern | 1 << 52
    // Digits whose product with x is a multiple of four are left out; three words follow.
    let start = Int(x.exponent) - 52 - 2
    let last = integer.multipliedFullWidth(by: Angle.digits(from: start + 128))
    let middle = integer.multipliedFullWidth(by: Angle.digits(from: start + 64))
    let (second, carry) = middle.low.addingReportingOverflow(last.high)
    let first = integer &* Angle.digits(from: start) &+ middle.high &+ (carry ? 1 : 0)
    let product = (first, second, last.low)
    // 2 bits before the point and 190 after it; half a right angle more rounds to the nearest.
    let n = (product.0 &+ 1 << 61) >> 62
    var rest = (product.0 &- n << 62, product.1, product.2)
    let isNegative = rest.0 >> 63 == 1
    if isNegative {
      let (third, isCarried) = (~rest.2).addingReportingOverflow(1)
      let (second, isOver) = (~rest.1).addingReportingOverflow(isCarried ? 1 : 0)
      rest = (~rest.0 &+ (isOver ? 1 : 0), second, third)
    }
    var exponent = 0x1p-62
    while rest.0 >> 62 == 0 && (rest.0 | rest.1 | rest.2) != 0 {
      rest = (rest.0 << 1 | rest.1 >> 63, rest.1 << 1 | rest.2 >> 63, rest.2 << 1)
      exponent /= 2
    }
    let high = Double((rest.0 >> 10) << 10)
    let low = Double(rest.0 & 1023) + Double(rest.1 >> 11) * 0x1p-53
    let right = DoublePrecision.product(
      (high * exponent, low * exponent),
      (DoublePrecision.pi.high / 2, DoublePrecision.pi.low / 2))
    let isTurned = isNegative != (x < 0)
    self.init(
      quadrant: Int(truncatingIfNeeded: x < 0 ? 0 &- n : n) & 3,
      rest: isTurned ? (-right.high, -right.low) : right)
  }

  /// 64 binary digits of 2/π after the point, from a place on; zeros before the point.
  private static func digits(from place: Int) -> UInt64 {
    func word(_ index: Int) -> UInt64 { index < 0 ? 0 : twoOverPi[index] }
    let index = place >> 6
    let shift = UInt64(place & 63)
    return shift == 0 ? word(index) : word(index) << shift | word(index + 1) >> (64 - shift)
  }

  private static let twoOverPi: [UInt64] = [
    0xa2f9_836e_4e44_1529, 0xfc27_57d1_f534_ddc0, 0xdb62_9599_3c43_9041, 0xfe51_63ab_debb_c561,
    0xb724_6e3a_424d_d2e0, 0x0649_2eea_09d1_921c, 0xfe1d_eb1c_b129_a73e, 0xe882_35f5_2ebb_4484,
    0xe99c_7026_b45f_7e41, 0x3991_d639_8353_39f4, 0x9c84_5f8b_bdf9_283b, 0x1ff8_97ff_de05_980f,
    0xef2f_118b_5a0a_6d1f, 0x6d36_7ecf_27cb_09b7, 0x4f46_3f66_9e5f_ea2d, 0x7527_bac7_ebe5_f17b,
    0x3d07_39f7_8a52_92ea, 0x6bfb_5fb1_1f8d_5d08, 0x5603_3046_fc7b_6bab, 0xf0cf_bc20_9af4_361d,
  ]
}
