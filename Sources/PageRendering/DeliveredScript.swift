/// A script as it is delivered: without indentation, lines of comment, the spaces beside
/// punctuation, and line ends after what cannot end a statement or has ended one, which are for who
/// reads the source. No string and no comment of ours ends with a line of code, and lines with a
/// pattern or a string with values keep their spaces: those with a backtick, or with a slash that no
/// space follows.
struct DeliveredScript {
  var bytes: [UInt8]

  init(_ source: [UInt8]) {
    let lines = source.split(separator: UInt8(ascii: "\n")).map { line in
      line.drop { $0 == UInt8(ascii: " ") }
    }
    let code = lines.filter { !$0.starts(with: "//".utf8) }.map { line in
      Self.mayHavePattern(line) ? Array(line) : Self.withoutSpaces(line)
    }
    bytes = []
    for line in code {
      bytes += line
      if let last = line.last, !"{(,;".utf8.contains(last) { bytes.append(UInt8(ascii: "\n")) }
    }
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
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
      let (before, after) = (line[index - 1], line[index + 1])
      // `a + +b` is no increment.
      if before == UInt8(ascii: "+"), after == before { return true }
      return !punctuation.contains(before) && !punctuation.contains(after)
    }.map { line[$0] }
  }
}
