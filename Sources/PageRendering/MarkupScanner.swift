/// Splits HTML into tags and text. It knows the syntax of tags and of character references, and
/// nothing of what elements mean.
struct MarkupScanner {
  enum Token {
    /// Character references are decoded.
    case text(String)
    case comment
    case opening(String, [HTML.Attribute], isClosed: Bool, offset: Int)
    case closing(String, offset: Int)
  }

  private let bytes: [UInt8]
  /// Where the next token begins, in bytes.
  private(set) var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func next() throws(HTMLFragment.Problem) -> Token? {
    guard position < bytes.count else { return nil }
    guard bytes[position] == HTML.openingBracket else { return .text(text()) }
    if starts(with: "!--") { return try comment() }
    if starts(with: "!") || starts(with: "?") {
      throw problem("declarations can't be part of a page; only elements and comments can")
    }
    if starts(with: "/") { return try closingTag() }
    guard position + 1 < bytes.count, Self.isLetter(bytes[position + 1]) else {
      position += 1
      return .text(HTML.openingBracketText + text())
    }
    return try openingTag()
  }

  // MARK: Tokens

  private mutating func text() -> String {
    let start = position
    while position < bytes.count, bytes[position] != HTML.openingBracket { position += 1 }
    return Self.decoded(bytes[start..<position])
  }

  private mutating func comment() throws(HTMLFragment.Problem) -> Token {
    let start = position
    position += 4
    while position + 2 < bytes.count {
      if bytes[position] == 0x2D, bytes[position + 1] == 0x2D,
        bytes[position + 2] == HTML.closingBracket
      {
        position += 3
        return .comment
      }
      position += 1
    }
    position = start
    throw problem("comment is never closed; end it with '--\(HTML.closingBracketText)'")
  }

  private mutating func closingTag() throws(HTMLFragment.Problem) -> Token {
    let start = position
    position += 2
    let name = name()
    skipSpaces()
    guard !name.isEmpty, position < bytes.count, bytes[position] == HTML.closingBracket else {
      position = start
      throw problem("closing tag is incomplete; it is a name between angle brackets")
    }
    position += 1
    return .closing(name, offset: start)
  }

  private mutating func openingTag() throws(HTMLFragment.Problem) -> Token {
    let start = position
    position += 1
    let name = name()
    var attributes: [HTML.Attribute] = []
    while true {
      skipSpaces()
      guard position < bytes.count else {
        position = start
        throw problem("tag '\(name)' is incomplete; it has no closing angle bracket")
      }
      if bytes[position] == HTML.closingBracket {
        position += 1
        return .opening(name, attributes, isClosed: false, offset: start)
      }
      if bytes[position] == UInt8(ascii: "/"), position + 1 < bytes.count,
        bytes[position + 1] == HTML.closingBracket
      {
        position += 2
        return .opening(name, attributes, isClosed: true, offset: start)
      }
      attributes.append(try attribute(of: name))
    }
  }

  private mutating func attribute(of tag: String) throws(HTMLFragment.Problem) -> HTML.Attribute {
    let name = name()
    guard !name.isEmpty else { throw problem("attribute of '\(tag)' has no name") }
    skipSpaces()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
      return HTML.Attribute(name: name, value: "")
    }
    position += 1
    skipSpaces()
    guard position < bytes.count else {
      throw problem("attribute '\(name)' of '\(tag)' has no value")
    }
    let quote = bytes[position]
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    if isQuoted { position += 1 }
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      let isEnd =
        isQuoted ? byte == quote : byte == HTML.closingBracket || Self.isSpace(byte)
      if isEnd { break }
      position += 1
    }
    if isQuoted, position == bytes.count {
      throw problem("value of attribute '\(name)' of '\(tag)' has no closing quote")
    }
    let value = Self.decoded(bytes[start..<position])
    if isQuoted { position += 1 }
    return HTML.Attribute(name: name, value: value)
  }

  // MARK: Characters

  private mutating func name() -> String {
    let start = position
    while position < bytes.count, Self.isName(bytes[position], first: position == start) {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func skipSpaces() {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
  }

  private func starts(with mark: String) -> Bool {
    bytes[(position + 1)...].starts(with: mark.utf8)
  }

  private func problem(_ summary: String) -> HTMLFragment.Problem {
    HTMLFragment.Problem(summary: summary, offset: position)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isName(_ byte: UInt8, first: Bool) -> Bool {
    if isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") { return true }
    return !first
      && ((UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "."))
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0x0C
  }

  /// What is no character reference that pages know stays as it is written.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.first {
      if byte == UInt8(ascii: "&"), let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
        let character = character(
          named: String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self))
      {
        result.append(contentsOf: character.utf8)
        rest = rest[(end + 1)...]
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func character(named name: String) -> String? {
    switch name {
    case "amp": return "&"
    case "lt": return HTML.openingBracketText
    case "gt": return HTML.closingBracketText
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    guard name.hasPrefix("#") else { return HTMLFragment.namedCharacters[name] }
    let digits = name.dropFirst()
    let number =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}
