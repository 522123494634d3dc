// Numbers in decimal, rounded half to even from their exact binary value: the same text on every
// host, and no C library.

/// `1234.5` with two decimals is `1234.50`; the value is taken times ten to `powerOfTen`.
@export(interface)
func fixedText(_ value: Double, decimals: Int, powerOfTen: Int = 0) -> [UInt8] {
  guard value.isFinite else { return nonFiniteText(value) }
  let decimals = min(max(decimals, 0), 100)
  var digits = exactDigits(value.magnitude, scaledByTenTo: decimals + powerOfTen)
  while digits.count <= decimals { digits.insert(0x30, at: 0) }
  let isZero = digits.allSatisfy { $0 == 0x30 }
  if decimals > 0 { digits.insert(0x2E, at: digits.count - decimals) }
  if value < 0, !isZero { digits.insert(0x2D, at: 0) }
  return digits
}

/// `31415.9` with two decimals is `3.14e+04`.
@export(interface)
func scientificText(_ value: Double, decimals: Int) -> [UInt8] {
  guard value.isFinite else { return nonFiniteText(value) }
  let decimals = min(max(decimals, 0), 100)
  var (digits, exponent) = leadingDigits(value.magnitude, count: decimals + 1)
  if decimals > 0 { digits.insert(0x2E, at: 1) }
  if value < 0 { digits.insert(0x2D, at: 0) }
  var text = TextBuffer()
  text.append(bytes: digits)
  text.append(exponent < 0 ? "e-" : "e+" as StaticString)
  if exponent.magnitude < 10 { text.append("0") }
  text.append(Int(exponent.magnitude))
  return text.bytes
}

/// As few characters as show `digits` significant digits: trailing zeros are dropped, and powers
/// of ten stand only where plain digits would be long.
@export(interface)
func significantText(_ value: Double, digits count: Int) -> [UInt8] {
  guard value.isFinite else { return nonFiniteText(value) }
  guard value != 0 else { return [0x30] }
  let count = min(max(count, 1), 100)
  let (_, exponent) = leadingDigits(value.magnitude, count: count)
  if exponent < -5 || exponent >= max(count, 6) {
    let text = scientificText(value, decimals: count - 1)
    guard let letter = text.firstIndex(of: UInt8(ascii: "e")) else { return text }
    return droppingTrailingZeros(Array(text[..<letter])) + text[letter...]
  }
  let rounded = fixedText(value, decimals: max(count - 1 - exponent, 0))
  return droppingTrailingZeros(rounded)
}

private func nonFiniteText(_ value: Double) -> [UInt8] {
  Array((value.isNaN ? "nan" : value < 0 ? "-inf" : "inf").utf8)
}

private func droppingTrailingZeros(_ digits: [UInt8]) -> [UInt8] {
  guard digits.contains(0x2E) else { return digits }
  var digits = digits
  while digits.last == 0x30 { digits.removeLast() }
  if digits.last == 0x2E { digits.removeLast() }
  return digits
}

/// The first `count` decimal digits of a value, rounded, and the power of ten of the first one.
func leadingDigits(_ value: Double, count: Int) -> (digits: [UInt8], exponent: Int) {
  guard value > 0 else { return ([UInt8](repeating: 0x30, count: count), 0) }
  // log10(2) from below, so that the estimate is at most one off.
  var exponent = Int((Double(value.exponent) * 0.30102999566).rounded(.down))
  while true {
    let digits = exactDigits(value, scaledByTenTo: count - 1 - exponent)
    if digits.count == count { return (digits, exponent) }
    exponent += digits.count > count ? 1 : -1
  }
}

/// The digits of `value * 10^power`, rounded half to even to an integer, without leading zeros.
private func exactDigits(_ value: Double, scaledByTenTo power: Int) -> [UInt8] {
  guard value > 0 else { return [0x30] }
  let exponent = Int(value.exponent) - 52
  var number = Natural(
    value.isNormal ? value.significandBitPattern | 1 << 52 : value.significandBitPattern)
  let shift = value.isNormal ? exponent : -1074
  for _ in 0..<max(power, 0) { number.multiply(by: 10) }
  // One more bit than the result keeps the half; `sticky` tells whether anything was below it.
  number.shiftLeft(by: max(shift, 0) + 1)
  var sticky = false
  for _ in 0..<max(-power, 0) where number.divide(by: 10) != 0 { sticky = true }
  if shift < 0, number.shiftRight(by: -shift) { sticky = true }
  let isHalf = number.isOdd
  _ = number.shiftRight(by: 1)
  if isHalf, sticky || number.isOdd { number.increment() }
  return number.decimalDigits()
}
