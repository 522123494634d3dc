struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func readAll() throws(ParameterFileError) -> JSONText {
    let value = try read()
    skipSpace()
    if place < bytes.count { throw failure }
    return value
  }

  private var failure: ParameterFileError { .notJSON(byte: place) }

  private mutating func read() throws(ParameterFileError) -> JSONText {
    skipSpace()
    guard place < bytes.count, depth < 32 else { throw failure }
    depth += 1
    defer { depth -= 1 }
    switch bytes[place] {
    case UInt8(ascii: "{"):
      var members: [(key: String, value: JSONText)] = []
      try readList(until: UInt8(ascii: "}")) { (reader) throws(ParameterFileError) in
        reader.skipSpace()
        let key = try reader.readString()
        reader.skipSpace()
        try reader.expect(UInt8(ascii: ":"))
        members.append((key, try reader.read()))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var items: [JSONText] = []
      try readList(until: UInt8(ascii: "]")) { (reader) throws(ParameterFileError) in
        items.append(try reader.read())
      }
      return .array(items)
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return try readLiteral()
    default: return .number(try readNumber())
    }
  }

  private mutating func readList(
    until end: UInt8, _ item: (inout JSONReader) throws(ParameterFileError) -> Void
  ) throws(ParameterFileError) {
    place += 1
    skipSpace()
    if place < bytes.count, bytes[place] == end {
      place += 1
      return
    }
    while true {
      try item(&self)
      skipSpace()
      guard place < bytes.count else { throw failure }
      if bytes[place] == end { break }
      try expect(UInt8(ascii: ","))
    }
    place += 1
  }

  private mutating func readLiteral() throws(ParameterFileError) -> JSONText {
    for word in ["true", "false", "null"] where bytes[place...].starts(with: word.utf8) {
      place += word.utf8.count
      return .literal
    }
    throw failure
  }

  /// Strings of saved parameters hold no escapes but `\"` and `\\`.
  private mutating func readString() throws(ParameterFileError) -> String {
    try expect(UInt8(ascii: "\""))
    var text: [UInt8] = []
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      if bytes[place] == UInt8(ascii: "\\") { place += 1 }
      guard place < bytes.count else { throw failure }
      text.append(bytes[place])
      place += 1
    }
    try expect(UInt8(ascii: "\""))
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func readNumber() throws(ParameterFileError) -> Double {
    let start = place
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    var digits: UInt64 = 0
    var exponent = 0
    var count = 0
    var isFraction = false
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else if byte >= 48 && byte <= 57 {
        count += 1
        // Beyond 18 digits nothing can change a float any more.
        if digits < 100_000_000_000_000_000 {
          digits = digits * 10 + UInt64(byte - 48)
          if isFraction { exponent -= 1 }
        } else if !isFraction {
          exponent += 1
        }
      } else {
        break
      }
      place += 1
    }
    guard count > 0 else {
      place = start
      throw failure
    }
    exponent += try readExponent()
    return (isNegative ? -1 : 1) * JSONReader.scaled(Double(digits), exponent)
  }

  private mutating func readExponent() throws(ParameterFileError) -> Int {
    guard place < bytes.count, bytes[place] | 32 == UInt8(ascii: "e") else { return 0 }
    place += 1
    var isNegative = false
    if place < bytes.count, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
      isNegative = bytes[place] == UInt8(ascii: "-")
      place += 1
    }
    var value = 0
    var count = 0
    while place < bytes.count, bytes[place] >= 48, bytes[place] <= 57 {
      value = min(value * 10 + Int(bytes[place] - 48), 1000)
      place += 1
      count += 1
    }
    if count == 0 { throw failure }
    return isNegative ? -value : value
  }

  /// A number times a power of ten.
  static func scaled(_ number: Double, _ exponent: Int) -> Double {
    var result = number
    var power = 1.0
    for _ in 0..<min(abs(exponent), 340) {
      power *= 10
      // Powers up to 10²² are exact.
      if power == 1e22 {
        result = exponent > 0 ? result * power : result / power
        power = 1
      }
    }
    return exponent > 0 ? result * power : result / power
  }

  private mutating func expect(_ byte: UInt8) throws(ParameterFileError) {
    guard place < bytes.count, bytes[place] == byte else { throw failure }
    place += 1
  }

  private mutating func skipSpace() {
    while place < bytes.count, bytes[place] == 32 || (9...13).contains(bytes[place]) { place += 1 }
  }
}
