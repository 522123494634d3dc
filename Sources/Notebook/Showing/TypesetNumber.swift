extension TextBuffer {
  /// A number that a format has written as sentences and axes have it: with a true minus sign, and
  /// powers of ten for the `e` of programs.
  @inline(never)
  var typeset: TextBuffer {
    var text = TextBuffer()
    var isExponent = false
    var isNegative = false
    var exponent = 0
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "-"):
        if isExponent { isNegative = true } else { text.append(index == 0 ? "−" : "-") }
      case UInt8(ascii: "e"): isExponent = true
      case 0x30...0x39 where isExponent: exponent = exponent * 10 + Int(byte - 0x30)
      default: if !isExponent { text.append(byte: byte) }
      }
    }
    guard isExponent else { return text }
    text.append("×10")
    text.appendSuperscript(isNegative ? -exponent : exponent)
    return text
  }
}
