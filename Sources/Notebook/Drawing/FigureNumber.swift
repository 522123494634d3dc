/// A number as figures write it: at most four significant digits, a true minus sign, powers of
/// ten where plain digits would be long.
@inline(never)
func figureNumber(_ value: Double, digits: Int = 4) -> String {
  var text = TextBuffer()
  text.appendFigureNumber(value, digits: digits)
  return text.string
}

/// A whole number, with commas.
@inline(never)
func figureCount(_ value: Int) -> String {
  var text = TextBuffer()
  text.appendGrouped(value)
  return text.string
}

extension TextBuffer {
  @inline(never)
  mutating func appendFigureNumber(_ value: Double, digits: Int = 4) {
    if value.isNaN { return append("NaN") }
    if value < 0 { append("−") }
    let value = value.magnitude
    if value.isInfinite { return append("∞") }
    if value == value.rounded(.down), value < 1e6 { return appendGrouped(Int(value)) }
    let (leading, exponent) = leadingDigits(value, count: digits)
    if exponent >= -4, exponent < 6 {
      return appendGrouping(significantText(value, digits: max(digits, exponent + 1)))
    }
    var mantissa = 0
    for digit in leading { mantissa = mantissa * 10 + Int(digit - 0x30) }
    var drop = 0
    while mantissa % 10 == 0, mantissa > 0 { (mantissa, drop) = (mantissa / 10, drop + 1) }
    appendDecimal(mantissa, exponent: drop - digits + 1)
    append("×10")
    appendSuperscript(exponent)
  }

  /// Appends `mantissa · 10^exponent` in plain digits.
  @inline(never)
  mutating func appendDecimal(_ mantissa: Int, exponent: Int) {
    var digits = TextBuffer()
    digits.append(mantissa)
    if exponent >= 0 {
      append(digits)
      if mantissa != 0 { for _ in 0..<exponent { append("0") } }
      return
    }
    var kept = digits.bytes
    var places = -exponent
    while places > 0, kept.last == 0x30, kept.count > 1 {
      kept.removeLast()
      places -= 1
    }
    while kept.count <= places { kept.insert(0x30, at: 0) }
    if places > 0 { kept.insert(UInt8(ascii: "."), at: kept.count - places) }
    append(bytes: kept)
  }

  @inline(never)
  mutating func appendSuperscript(_ number: Int) {
    var digits = TextBuffer()
    digits.append(number)
    for byte in digits.bytes {
      switch byte {
      case UInt8(ascii: "-"): append("⁻")
      case UInt8(ascii: "1"): append("¹")
      case UInt8(ascii: "2"): append("²")
      case UInt8(ascii: "3"): append("³")
      case UInt8(ascii: "0"): append("⁰")
      case UInt8(ascii: "4"): append("⁴")
      case UInt8(ascii: "5"): append("⁵")
      case UInt8(ascii: "6"): append("⁶")
      case UInt8(ascii: "7"): append("⁷")
      case UInt8(ascii: "8"): append("⁸")
      default: append("⁹")
      }
    }
  }
}
