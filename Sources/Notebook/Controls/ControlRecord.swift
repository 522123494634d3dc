/// What a control is, as JSON for the page.
struct ControlRecord {
  private var text = TextBuffer()

  @export(interface)
  init(kind: StaticString, key: [UInt8], label: String) {
    text.append("{\"kind\":\"")
    text.append(kind)
    text.append("\",\"key\":")
    append(string: key)
    set("label", label)
  }

  @export(interface)
  mutating func set(_ name: StaticString, _ value: String) {
    begin(name)
    append(string: Array(value.utf8))
  }

  @export(interface)
  mutating func set(_ name: StaticString, _ value: Int) {
    begin(name)
    text.append(value)
  }

  @export(interface)
  mutating func set(_ name: StaticString, _ value: Bool) {
    begin(name)
    text.append(value ? "true" : "false" as StaticString)
  }

  /// JSON has no infinities; what is not finite is written as null.
  @export(interface)
  mutating func set(_ name: StaticString, _ value: Float) {
    begin(name)
    append(value)
  }

  @export(interface)
  mutating func set(_ name: StaticString, _ values: [Float]) {
    begin(name)
    text.append("[")
    for (index, value) in values.enumerated() {
      if index > 0 { text.append(",") }
      append(value)
    }
    text.append("]")
  }

  @export(interface)
  mutating func set(_ name: StaticString, _ values: [String]) {
    begin(name)
    text.append("[")
    for (index, value) in values.enumerated() {
      if index > 0 { text.append(",") }
      append(string: Array(value.utf8))
    }
    text.append("]")
  }

  @export(interface)
  func send() {
    var text = text
    text.append("}")
    OutputChannel.send(.control, text.bytes)
  }

  private mutating func begin(_ name: StaticString) {
    text.append(",\"")
    text.append(name)
    text.append("\":")
  }

  private mutating func append(_ value: Float) {
    if value.isFinite { value._write(to: &text) } else { text.append("null") }
  }

  @inline(never)
  @export(interface)
  private mutating func append(string bytes: [UInt8]) {
    text.append("\"")
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text.append("\\")
        text.append(byte: byte)
      case 0..<0x20:
        text.append("\\u00")
        text.append(byte: hexadecimalDigit(byte >> 4))
        text.append(byte: hexadecimalDigit(byte & 15))
      default: text.append(byte: byte)
      }
    }
    text.append("\"")
  }

  private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x61 + value - 10
  }
}
