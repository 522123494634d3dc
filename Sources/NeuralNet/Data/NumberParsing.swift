/// A decimal number such as `-12.5e-3`, surrounded by any number of spaces; infinite where it is beyond
/// all floats, and nil for anything else.
///
/// The standard library's own parsing needs C functions that WebAssembly does not have. Up to 15
/// digits and powers of ten within 22 the result is the nearest float of the nearest double.
func parsedNumber(_ text: String) -> Float? {
  var bytes = Array(text.utf8)[...]
  while bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
  while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
  var isNegative = false
  if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
    isNegative = sign == UInt8(ascii: "-")
    bytes.removeFirst()
  }
  var digits = 0.0
  var exponent = 0
  var hasDigits = false
  var isFraction = false
  while let byte = bytes.first {
    if byte == UInt8(ascii: "."), !isFraction {
      isFraction = true
    } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      hasDigits = true
      // What three hundred digits leave open is in no bit.
      if digits < 1e300 {
        digits = digits * 10 + Double(byte - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      } else if !isFraction {
        exponent += 1
      }
    } else {
      break
    }
    bytes.removeFirst()
  }
  guard hasDigits else { return nil }
  if let mark = bytes.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
    bytes.removeFirst()
    guard let power = parsedInteger(bytes) else { return nil }
    exponent += power
    bytes = []
  }
  guard bytes.isEmpty else { return nil }
  // Powers of ten beyond those of doubles make no number of zeros.
  var scale = 1.0
  for _ in 0..<min(abs(exponent), 400) { scale *= 10 }
  let value = digits == 0 ? 0 : exponent < 0 ? digits / scale : digits * scale
  return Float(isNegative ? -value : value)
}

/// At most 99,999, which is more than any number's power of ten.
private func parsedInteger(_ bytes: ArraySlice<UInt8>) -> Int? {
  var bytes = bytes
  let isNegative = bytes.first == UInt8(ascii: "-")
  if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
  guard !bytes.isEmpty else { return nil }
  var value = 0
  for byte in bytes {
    guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
    value = min(value * 10 + Int(byte - UInt8(ascii: "0")), 99_999)
  }
  return isNegative ? -value : value
}
