import Foundation

/// A JSON value; the strings "inf", "-inf" and "nan" also read as numbers.
enum JSON: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(parsing data: Data) throws {
    self.init(try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed]))
  }

  private init(_ value: Any) {
    switch value {
    case let value as [String: Any]: self = .object(value.mapValues { JSON($0) })
    case let value as [Any]: self = .array(value.map { JSON($0) })
    case let value as String: self = .string(value)
    case let value as NSNumber:
      // Foundation reads true and false as numbers of the type that CFBoolean has.
      self = CFBoolean.isOne(value) ? .bool(value.boolValue) : .number(value.doubleValue)
    default: self = .null
    }
  }

  private enum CFBoolean {
    static func isOne(_ number: NSNumber) -> Bool {
      String(cString: number.objCType) == String(cString: NSNumber(value: true).objCType)
    }
  }

  subscript(key: String) -> JSON {
    if case .object(let members) = self { members[key] ?? .null } else { .null }
  }

  subscript(index: Int) -> JSON { array[index] }

  var array: [JSON] { if case .array(let items) = self { items } else { [] } }
  var members: [String: JSON] { if case .object(let members) = self { members } else { [:] } }
  var string: String? { if case .string(let text) = self { text } else { nil } }
  var int: Int? { number.map { Int($0) } }
  var float: Float? { number.map { Float($0) } }
  var exists: Bool { if case .null = self { false } else { true } }

  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  var number: Double? {
    switch self {
    case .number(let value): value
    case .bool(let value): value ? 1 : 0
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    case .string("nan"): .nan
    default: nil
    }
  }

  /// All numbers of nested arrays, in order.
  var numbers: [Double] {
    if case .array(let items) = self {
      items.flatMap { $0.numbers }
    } else {
      number.map { [$0] } ?? []
    }
  }
}
