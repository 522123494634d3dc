/// How many elements a collection may have and still be written in full.
private let longestWrittenInFull = 200

/// Writes `[a, b, c]`; a long collection keeps its ends and says how many elements it has.
/// Elements that are collections themselves stand below each other.
func writeCollection(
  count: Int, to text: inout TextBuffer, element: (Int, inout TextBuffer) -> Void
) {
  let (head, tail) = count > longestWrittenInFull ? (10, 3) : (count, 0)
  text.append("[")
  var isNested = false
  for index in 0..<head {
    var item = TextBuffer()
    element(index, &item)
    isNested = isNested || (index == 0 && item.bytes.first == UInt8(ascii: "["))
    if index > 0 { text.append(isNested ? ",\n " : ", " as StaticString) }
    if isNested { text.appendIndented(item) } else { text.append(item) }
  }
  if tail > 0 {
    text.append(isNested ? ",\n …" : ", …" as StaticString)
    for index in count - tail..<count {
      text.append(isNested ? ",\n " : ", " as StaticString)
      var item = TextBuffer()
      element(index, &item)
      if isNested { text.appendIndented(item) } else { text.append(item) }
    }
  }
  text.append("]")
  if tail > 0 {
    text.append(" (")
    text.appendGrouped(count)
    text.append(" elements)")
  }
}

/// An element of a collection or tuple: strings stand in quotes there, as in Swift.
func writeElement<Element: Displayable>(_ element: Element, to text: inout TextBuffer) {
  if Element.self == String.self {
    var string = TextBuffer()
    element._write(to: &string)
    text.appendQuoted(string.bytes)
  } else {
    element._write(to: &text)
  }
}

extension TextBuffer {
  /// Appends text as a string literal of Swift.
  @inline(never)
  mutating func appendQuoted(_ string: [UInt8]) {
    append("\"")
    for byte in string {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\t"): append("\\t")
      case UInt8(ascii: "\r"): append("\\r")
      case 0: append("\\0")
      default: append(byte: byte)
      }
    }
    append("\"")
  }

  /// Appends lines that follow the first one column further to the right.
  fileprivate mutating func appendIndented(_ lines: TextBuffer) {
    for byte in lines.bytes {
      append(byte: byte)
      if byte == UInt8(ascii: "\n") { append(" ") }
    }
  }

  /// Appends an integer with commas between groups of three digits.
  @inline(never)
  mutating func appendGrouped(_ number: Int) {
    var digits = TextBuffer()
    digits.append(number)
    appendGrouping(digits.bytes)
  }

  /// Copies a decimal number, putting commas into the digits before its point.
  @inline(never)
  @export(interface)
  mutating func appendGrouping(_ digits: [UInt8]) {
    let start = digits.first == UInt8(ascii: "-") ? 1 : 0
    let point = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.count
    for (index, byte) in digits.enumerated() {
      if index > start, index < point, (point - index) % 3 == 0 { append(",") }
      append(byte: byte)
    }
  }
}
