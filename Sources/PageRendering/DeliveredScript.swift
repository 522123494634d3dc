/// A script as it is delivered: without indentation, lines of comment, and the spaces beside
/// punctuation, which are for who reads the source. No string of ours goes over a line, and lines
/// with a pattern or a string with values keep their spaces: those with a backtick, or with a slash
/// that no space follows.
struct DeliveredScript {
  var bytes: [UInt8]

  init(_ source: [UInt8]) {
    let lines = source.split(separator: UInt8(ascii: "\n")).map { line in
      line.drop { $0 == UInt8(ascii: " ") }
    }
    let code = lines.filter { !$0.starts(with: "//".utf8) }.map { line in
      Self.mayHavePattern(line) ? Array(line) : Self.withoutSpaces(line)
    }
    bytes = Array(code.joined(separator: "\n".utf8)) + [UInt8(ascii: "\n")]
  }

  private static func mayHavePattern(_ line: ArraySlice<UInt8>) -> Bool {
    line.contains(UInt8(ascii: "`"))
      || zip(line, line.dropFirst()).contains { $0 == UInt8(ascii: "/") && $1 != UInt8(ascii: " ") }
  }

  private static func withoutSpaces(_ line: ArraySlice<UInt8>) -> [UInt8] {
    let punctuation = "{}()[],;:?=<>&|*!+".utf8
    var quote: UInt8?
    return line.indices.filter { index in
      let byte = line[index]
      if let open = quote {
        if byte == open, line[index - 1] != UInt8(ascii: "\\") { quote = nil }
        return true
      }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
      guard byte == UInt8(ascii: " "), index + 1 < line.endIndex else { return true }
      return !punctuation.contains(line[index - 1]) && !punctuation.contains(line[index + 1])
    }.map { line[$0] }
  }
}
