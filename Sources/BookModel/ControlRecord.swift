/// A control that a live cell declares, as JSON for the page. What a cell sends is data of anybody's:
/// it is read, held against what a control can be, and written anew.
package struct ControlRecord: Hashable, Sendable {
  /// One object, in one line.
  package let json: String

  /// Nil for what no control is.
  package init?(_ text: String) {
    var reader = FlatJSON(text)
    guard let members = reader.object(), reader.isAtEnd else { return nil }
    var names: Set<String> = []
    for (name, _) in members where !names.insert(name).inserted { return nil }
    guard case ("kind", .string(let kind))? = members.first,
      let others = Self.fields[kind],
      members.dropFirst().map(\.name).starts(with: ["key", "label"])
    else { return nil }
    for (name, value) in members.dropFirst() {
      guard let fits = Self.common[name] ?? others[name], let shape = value.shape,
        fits.contains(shape)
      else {
        return nil
      }
    }
    json = "{" + members.map { "\(FlatJSON.quoted($0)):\($1.text)" }.joined(separator: ",") + "}"
  }

  private typealias Shapes = Set<FlatJSON.Shape>
  private static let common: [String: Shapes] = ["key": [.string], "label": [.string]]
  private static let number: Shapes = [.number, .null]

  /// Of what gives whole numbers of a range.
  private static let whole: [String: Shapes] = [
    "min": number, "max": number, "step": number, "default": number, "unit": [.string],
  ]

  /// By kind, the members that the page reads.
  private static let fields: [String: [String: Shapes]] = [
    "button": [:],
    "goal": ["reached": [.truth]],
    "picker": ["choices": [.strings, .empty], "default": number],
    "player": whole,
    "points": ["default": [.numbers, .empty]],
    "seed": ["min": number, "max": number, "step": number, "default": number],
    "slider": [
      "min": number, "max": number, "step": number, "default": number, "scale": [.string],
      "unit": [.string],
    ],
    "stepper": whole,
    "text": ["default": [.string]],
    "toggle": ["default": [.truth]],
    "weights": [
      "names": [.strings, .empty], "min": number, "max": number, "default": [.numbers, .empty],
    ],
  ]
}

/// An object of JSON whose values are plain, or lists of plain ones.
private struct FlatJSON {
  enum Shape: Hashable { case string, number, truth, null, strings, numbers, empty }

  indirect enum Value {
    case string(String)
    /// As it was written.
    case number(String)
    case truth(Bool)
    case null
    case list([Value])

    var shape: Shape? {
      switch self {
      case .string: .string
      case .number: .number
      case .truth: .truth
      case .null: .null
      case .list(let values):
        if values.isEmpty {
          .empty
        } else if values.allSatisfy({ $0.shape == .string }) {
          .strings
        } else if values.allSatisfy({ $0.shape == .number || $0.shape == .null }) {
          .numbers
        } else {
          nil
        }
      }
    }

    var text: String {
      switch self {
      case .string(let text): FlatJSON.quoted(text)
      case .number(let text): text
      case .truth(let value): value ? "true" : "false"
      case .null: "null"
      case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
      }
    }
  }

  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { place == bytes.count }

  mutating func object() -> [(name: String, value: Value)]? {
    guard take("{") else { return nil }
    var members: [(String, Value)] = []
    while true {
      guard let name = string(), take(":"), let value = value() else { return nil }
      members.append((name, value))
      if take("}") { return members }
      guard take(",") else { return nil }
    }
  }

  private mutating func value() -> Value? {
    guard take("[") else { return plain() }
    if take("]") { return .list([]) }
    var values: [Value] = []
    while true {
      guard let value = plain() else { return nil }
      values.append(value)
      if take("]") { return .list(values) }
      guard take(",") else { return nil }
    }
  }

  private mutating func plain() -> Value? {
    if take("true") { return .truth(true) }
    if take("false") { return .truth(false) }
    if take("null") { return .null }
    guard place < bytes.count else { return nil }
    if bytes[place] == UInt8(ascii: "\"") { return string().map { .string($0) } }
    return number().map { .number($0) }
  }

  /// `-?digits(.digits)?([eE][+-]?digits)?`
  private mutating func number() -> String? {
    let start = place
    _ = take("-")
    guard digits() else { return nil }
    if take("."), !digits() { return nil }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      guard digits() else { return nil }
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func digits() -> Bool {
    let start = place
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
      place += 1
    }
    return place > start
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
      case 0..<0x20: return nil
      case UInt8(ascii: "\\"):
        guard let escaped = escaped() else { return nil }
        text.append(escaped)
      default: text.append(byte)
      }
    }
    return nil
  }

  /// Of the escapes that JSON has, those that controls are written with.
  private mutating func escaped() -> UInt8? {
    if take("\"") { return UInt8(ascii: "\"") }
    if take("\\") { return UInt8(ascii: "\\") }
    guard take("u00"), place + 2 <= bytes.count,
      let value = UInt8(String(decoding: bytes[place..<place + 2], as: UTF8.self), radix: 16),
      value < 0x20
    else { return nil }
    place += 2
    return value
  }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[place...].starts(with: text.utf8) else { return false }
    place += text.utf8.count
    return true
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u00" + (digits.count == 1 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
