/// A JSON value, read without Foundation so that it works in the browser too.
indirect enum JSONText {
  case literal
  case number(Double)
  case string(String)
  case array([JSONText])
  case object([(key: String, value: JSONText)])

  init(parsing text: String) throws(ParameterFileError) {
    var reader = JSONReader(text)
    self = try reader.readAll()
  }

  func member(_ key: StaticString) throws(ParameterFileError) -> JSONText {
    if case .object(let members) = self {
      for member in members where member.key.utf8.elementsEqual("\(key)".utf8) {
        return member.value
      }
    }
    throw .missing(.init(text: key))
  }

  func string(_ key: StaticString) throws(ParameterFileError) -> String {
    guard case .string(let text) = try member(key) else { throw .missing(.init(text: key)) }
    return text
  }

  func array(_ key: StaticString) throws(ParameterFileError) -> [JSONText] {
    guard case .array(let items) = try member(key) else { throw .missing(.init(text: key)) }
    return items
  }

  func numbers(_ key: StaticString) throws(ParameterFileError) -> [Double] {
    var list: [Double] = []
    for item in try array(key) {
      switch item {
      case .number(let value): list.append(value)
      case .string("inf"): list.append(.infinity)
      case .string("-inf"): list.append(-.infinity)
      case .string("nan"): list.append(.nan)
      default: throw .missing(.init(text: key))
      }
    }
    return list
  }
}
