import BookModel

/// Compares what a cell printed with what the author expects: numbers as numbers, text as text;
/// `...` or `…` alone on a line stands for any lines, within a line for any text.
struct OutputComparison {
  /// Absolute and relative; numbers must be equal, as numbers, without one.
  var tolerance: Double?

  /// The first line that differs; nil where all is as expected.
  struct Difference: Hashable {
    /// Line of the expected text, from 0; its count where the output goes on after the end.
    var line: Int
    var expected: String?
    var got: String?
  }

  func difference(expected: String, got: String) -> Difference? {
    let (expected, got) = (Self.lines(expected), Self.lines(got))
    let place = firstMismatch(expected, got, isEllipsis: Self.isEllipsis, areEqual: matches)
    return place.map { place in
      Difference(
        line: place.expected,
        expected: place.expected < expected.count ? String(expected[place.expected]) : nil,
        got: place.got < got.count ? String(got[place.got]) : nil)
    }
  }

  /// Without spaces at the end of lines and empty lines at the end.
  private static func lines(_ text: String) -> [Substring] {
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = line
      while let last = line.last, last == " " || last == "\t" { line.removeLast() }
      lines.append(line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// Where the attempt that came furthest failed; nil where all is matched. What follows an ellipsis
  /// is tried at each place in turn, and an earlier ellipsis need never take more than it first took:
  /// the time is at most the product of the two lengths.
  private func firstMismatch<Element>(
    _ expected: [Element], _ got: [Element], isEllipsis: (Element) -> Bool,
    areEqual: (Element, Element) -> Bool
  ) -> (expected: Int, got: Int)? {
    var (i, j) = (0, 0)
    var retry: (expected: Int, got: Int)?
    var furthest: (expected: Int, got: Int)?
    while true {
      if i < expected.count, isEllipsis(expected[i]) {
        i += 1
        if i == expected.count { return nil }
        retry = (i, j)
      } else if i < expected.count, j < got.count, areEqual(expected[i], got[j]) {
        i += 1
        j += 1
      } else if i == expected.count, j == got.count {
        return nil
      } else {
        if furthest == nil || i > furthest!.expected { furthest = (i, j) }
        guard let last = retry, last.got < got.count else { return furthest }
        retry = (last.expected, last.got + 1)
        (i, j) = (last.expected, last.got + 1)
      }
    }
  }

  private static func isEllipsis(_ line: Substring) -> Bool {
    let text = line.drop { $0 == " " }
    return text == "..." || text == "…"
  }

  private func matches(_ expected: Substring, _ got: Substring) -> Bool {
    firstMismatch(
      OutputToken.all(in: expected), OutputToken.all(in: got), isEllipsis: { $0 == .ellipsis },
      areEqual: equal) == nil
  }

  private func equal(_ expected: OutputToken, _ got: OutputToken) -> Bool {
    switch (expected, got) {
    case (.number(let expected), .number(let got)):
      let tolerance = tolerance ?? 0
      return expected == got || abs(expected - got) <= tolerance + tolerance * abs(expected)
    case (.text(let expected), .text(let got)): return expected == got
    default: return false
    }
  }
}

/// A number, a character that is part of none, or "any text".
enum OutputToken: Hashable {
  case number(Double)
  case text(Character)
  case ellipsis

  static func all(in line: Substring) -> [OutputToken] {
    var tokens: [OutputToken] = []
    var rest = line
    var isAfterWord = false
    while let character = rest.first {
      if character == "…" || rest.hasPrefix("...") {
        tokens.append(.ellipsis)
        rest = rest.dropFirst(character == "…" ? 1 : 3)
      } else if !isAfterWord, let length = numberLength(rest),
        let value = Double(rest.prefix(length))
      {
        tokens.append(.number(value))
        rest = rest.dropFirst(length)
        isAfterWord = true
        continue
      } else {
        tokens.append(.text(character))
        rest = rest.dropFirst()
      }
      // The 2 of `x2` is part of a name.
      isAfterWord = character.isLetter || character.isNumber || character == "_"
    }
    return tokens
  }

  private static func numberLength(_ text: Substring) -> Int? {
    let bytes = Array(text.utf8.prefix(64))
    var position = 0
    func digits() -> Int {
      let start = position
      while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
      return position - start
    }
    func has(_ candidates: String) -> Bool {
      guard position < bytes.count, candidates.utf8.contains(bytes[position]) else { return false }
      position += 1
      return true
    }
    _ = has("+-")
    guard digits() > 0 else { return nil }
    var end = position
    if has("."), digits() > 0 { end = position } else { position = end }
    if has("eE") {
      _ = has("+-")
      if digits() > 0 { end = position }
    }
    return end
  }
}
