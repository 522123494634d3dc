import BookModel

extension InlineValue {
  /// Reads a code span such as `` `{swift} net.count, %.2f` ``; nil for other code spans.
  /// A span between two back-quotes each side is shown as it is.
  init?(code: String, range: SourceRange, source: SourceText, _ problems: inout Problems) {
    let line = source.line(range.start.line)
    let start = line.startIndex + range.start.column - 1
    guard start + 1 < line.endIndex, line[start] == 0x60, line[start + 1] != 0x60 else {
      return nil
    }
    let word = code.prefix { $0 != "}" }
    let isLive = word.lowercased() == Self.liveWord
    guard isLive || word.lowercased() == Self.word else {
      if let message = Self.foreign(code) { problems.add(.inlineValue, at: range, message) }
      return nil
    }
    let expected = isLive ? Self.liveWord : Self.word
    guard word == expected else {
      problems.add(
        .inlineValue, at: range, "inline value must begin with '\(expected)}', not '\(word)}'")
      return nil
    }
    let rest = code.utf8.dropFirst(expected.utf8.count + 1)
    let blanks = rest.prefix { $0 == 0x20 || $0 == 0x09 }.count
    let (expression, format) = Self.split(Array(rest.dropFirst(blanks)))
    guard !expression.isEmpty else {
      problems.add(
        .inlineValue, at: range,
        "inline value has no expression; write one after '{swift}', such as '{swift} net.count'")
      return nil
    }
    guard blanks > 0 else {
      problems.add(.inlineValue, at: range, "inline value needs a space after '{swift}'")
      return nil
    }
    if let excess = CodeNesting(expression).excess {
      problems.add(.codeNesting, at: range, excess.summary)
      return nil
    }
    var value = ValueFormat.shortest
    if let format {
      guard let parsed = ValueFormat(parsing: format) else {
        problems.add(.valueFormat, at: range, Self.unknown(format))
        return nil
      }
      value = parsed
    }
    if let mistake = Self.misplacedFormat(in: expression) {
      problems.add(.valueFormat, at: range, mistake)
      return nil
    }
    // The author may put spaces after the opening back-quote.
    var column = range.start.column + 1
    while column - 1 < line.count, line[line.startIndex + column - 1] == 0x20 { column += 1 }
    let first = SourcePosition(
      line: range.start.line, column: column + expected.utf8.count + 1 + blanks)
    let last = SourcePosition(line: first.line, column: first.column + expression.utf8.count)
    self.init(
      id: ID(0), expression: expression, expressionRange: source.range(first, last), range: range,
      format: value, isLive: isLive, after: nil)
  }

  private static let word = "{swift"
  private static let liveWord = "{swift live"

  /// What other tools write, and a brace in the wrong place; nil for other code.
  private static func foreign(_ code: String) -> String? {
    if code.lowercased().hasPrefix("{swift "), code.hasSuffix("}") {
      return "inline value is written '{swift}' and then the expression: "
        + "'{swift} \(code.dropFirst(7).dropLast())'"
    }
    guard let found = code.prefixMatch(of: /\{(python|r|julia|ojs|eval)\} +(.+)/) else {
      return nil
    }
    return "inline value is Swift and begins with '{swift}': '{swift} \(found.2)'"
  }

  /// The format is what follows the last comma outside brackets and strings, if it begins with `%`.
  private static func split(_ bytes: [UInt8]) -> (expression: String, format: String?) {
    var depth = 0
    var isString = false
    var comma: Int?
    var i = 0
    while i < bytes.count {
      switch bytes[i] {
      case UInt8(ascii: "\\") where isString: i += 1
      case UInt8(ascii: "\""): isString.toggle()
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): if !isString { depth += 1 }
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): if !isString { depth -= 1 }
      case UInt8(ascii: ","):
        if !isString, depth == 0,
          bytes[(i + 1)...].first(where: { !$0.isBlank }) == UInt8(ascii: "%"), comma == nil
        {
          comma = i
        }
      default: break
      }
      i += 1
    }
    guard let comma else { return (string(bytes[...]), nil) }
    return (string(bytes[..<comma]), string(bytes[(comma + 1)...]))
  }

  private static let formats = ValueFormat.examples.map(\.format)

  private static func unknown(_ format: String) -> String {
    let known = formats.dropLast().map { "'\($0)'" }.joined(separator: ", ")
    return
      "format '\(format)' doesn't exist; formats are \(known) and '\(formats[formats.count - 1])'"
  }

  /// A format without its comma or its percent sign is read as Swift, which it is not.
  private static func misplacedFormat(in expression: String) -> String? {
    let format = String(expression.reversed().prefix { !$0.isWhitespace && $0 != ")" }.reversed())
    let before = expression.dropLast(format.count)
    if format.hasPrefix("%"), ValueFormat(parsing: format) != nil, before.last == " " {
      return "format '\(format)' needs a comma before it: "
        + "'{swift} \(before.split(separator: " ").joined(separator: " ")), \(format)'"
    }
    if before.hasSuffix(", "), let last = format.last, "fge".contains(last),
      format.dropLast().allSatisfy({ $0.isNumber || $0 == "." }), format.count > 1
    {
      let digits = format.filter(\.isNumber)
      return
        "format '\(format)' must begin with '%', as in '%.\(digits.isEmpty ? "2" : digits)\(last)'"
    }
    return nil
  }

  private static func string(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.trimmed, as: UTF8.self)
  }
}

extension ValueFormat {
  /// Each form, and what it makes of 1234.5678.
  package static let examples: [(format: String, shows: String)] = [
    ("%.2f", "1234.57"), ("%.3g", "1230"), ("%.1e", "1.2 · 10³"), ("%.1%", "123456.8%"),
    ("%,", "1,235"), ("%,.1f", "1,234.6"),
  ]

  /// Reads `%.2f`, `%.3g`, `%.1e`, `%.1%`, `%,` or `%,.1f`; nil for anything else.
  init?(parsing text: String) {
    var rest = text.utf8[...]
    guard rest.popFirst() == UInt8(ascii: "%") else { return nil }
    var isGrouped = false
    if rest.first == UInt8(ascii: ",") {
      isGrouped = true
      rest = rest.dropFirst()
      if rest.isEmpty {
        self = .grouped
        return
      }
    }
    guard rest.popFirst() == UInt8(ascii: "."), let kind = rest.popLast(), rest.count <= 2,
      rest.allSatisfy({ (0x30...0x39).contains($0) }), let digits = Int(Substring(rest)),
      digits <= 17
    else { return nil }
    switch kind {
    case UInt8(ascii: "f"): self = .decimals(digits, grouped: isGrouped)
    case UInt8(ascii: "g") where !isGrouped && digits > 0: self = .significant(digits)
    case UInt8(ascii: "e") where !isGrouped: self = .scientific(digits)
    case UInt8(ascii: "%") where !isGrouped: self = .percent(digits)
    default: return nil
    }
  }
}
