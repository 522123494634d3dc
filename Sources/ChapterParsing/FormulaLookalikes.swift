import BookModel
import Markdown

// Mathematics that Markdown takes for text: a dollar that opens nothing, and TeX's own delimiters.
extension ChapterReader {
  /// - Parameter text: a text node whose literal holds a dollar.
  mutating func checkDollars(_ text: MarkdownNode, _ problems: inout Problems) {
    guard let found = offsets(of: text) else { return }
    let end = offsets(of: blockAround(text))?.upperBound ?? found.upperBound
    var i = found.lowerBound
    while i < found.upperBound {
      guard document.text[i] == .dollar, !isEscaped(i) else {
        i += 1
        continue
      }
      var run = i
      while run < found.upperBound, document.text[run] == .dollar { run += 1 }
      let reading = document.text.withUnsafeBufferPointer {
        UnmatchedDollar($0, at: i, run: run - i, end: min(end, $0.count))
      }
      if i >= explainedDollars, let reading {
        problems.add(reading.id, at: place(i..<reading.end), reading.message)
        explainedDollars = reading.end
      }
      i = run
    }
  }

  func isEscaped(_ offset: Int) -> Bool {
    var count = 0
    while offset - count > 0, document.text[offset - count - 1] == .backslash { count += 1 }
    return count % 2 == 1
  }

  /// `\(x\)`, `\[x\]` and `\begin{align}` of TeX: without dollars around them they are escaped
  /// brackets and words.
  mutating func checkTeXDelimiters(_ text: MarkdownNode, _ problems: inout Problems) {
    guard let found = offsets(of: text), let block = offsets(of: blockAround(text)) else { return }
    let end = min(block.upperBound, document.text.count)
    var i = max(found.lowerBound, explainedTeX)
    if i < end, document.text[i] == .backslash, isEscaped(i) { i += 1 }
    while i < found.upperBound, i + 1 < end {
      guard document.text[i] == .backslash else {
        i += 1
        continue
      }
      let start = i
      // A backslash takes away the meaning of the next one.
      i += 2
      switch document.text[start + 1] {
      case UInt8(ascii: "("):
        guard let close = closing(UInt8(ascii: ")"), from: i, to: end) else { continue }
        let tex = string(i..<close)
        i = close + 2
        explainedTeX = i
        problems.add(
          .texDelimiter, at: place(start..<i),
          "'\\(\(tex)\\)' is text in brackets; a formula is written '$\(trimmed(start + 2..<close))$'"
        )
      case UInt8(ascii: "["):
        guard let close = closing(UInt8(ascii: "]"), from: i, to: end) else { continue }
        let isAlone = start == block.lowerBound && close + 2 >= end
        guard isAlone || hasMarks(i..<close, to: end) else { continue }
        i = close + 2
        explainedTeX = i
        problems.add(
          .texDelimiter, at: place(start..<i),
          "'\\[…\\]' is text in brackets; a formula on lines of its own is written '$$…$$'")
      case .backslash where start + 2 < end:
        // What stands between two of them is text in brackets as well, with a backslash before each.
        guard let tex = doublyBracketed(from: start, to: end) else { continue }
        i = tex.upperBound + 3
        explainedTeX = i
        problems.add(
          .texDelimiter, at: place(start..<i),
          document.text[start + 2] == UInt8(ascii: "(")
            ? "'\\\\(\(string(tex))\\\\)' is text in brackets; a formula is written '$\(trimmed(tex))$'"
            : "'\\\\[…\\\\]' is text in brackets; a formula on lines of its own is written '$$…$$'")
      case UInt8(ascii: "b") where document.text[start...].starts(with: "\\begin{".utf8):
        let name = document.text[(start + 7)..<end].prefix { $0 != UInt8(ascii: "}") && $0 > 0x20 }
        let environment = String(decoding: name, as: UTF8.self)
        problems.add(
          .texDelimiter, at: place(start..<start + 8 + name.count),
          "'\\begin{\(environment)}' stands outside of a formula; "
            + Self.advice(forEnvironment: environment))
      default: continue
      }
    }
  }

  /// `\\(x\\)` and `\\[x\\]`, as mdBook has them: what stands between.
  private mutating func doublyBracketed(from start: Int, to end: Int) -> Range<Int>? {
    let close: UInt8
    switch document.text[start + 2] {
    case UInt8(ascii: "("): close = UInt8(ascii: ")")
    case UInt8(ascii: "["): close = UInt8(ascii: "]")
    default: return nil
    }
    let found = next([.backslash, .backslash, close], from: start + 3, to: end) { text in
      (start + 3..<max(start + 3, end - 2)).first {
        text[$0] == .backslash && text[$0 + 1] == .backslash && text[$0 + 2] == close
      }
    }
    return found.map { start + 3..<$0 }
  }

  private func trimmed(_ tex: Range<Int>) -> String {
    String(decoding: document.text[tex].trimmed, as: UTF8.self)
  }

  /// What to write for an environment of TeX.
  private static func advice(forEnvironment name: String) -> String {
    switch name.prefix(while: { $0 != "*" }) {
    case "figure", "wrapfigure", "center":
      "a figure is written '![what it shows](file.svg \"Caption\")'"
    case "table", "tabular", "longtable": "a table is written '| a | b |', as in Markdown"
    case "itemize", "enumerate", "description": "a list is written '- item' or '1. item'"
    case "verbatim", "lstlisting", "minted", "code": "code stands in a fence, '```python'"
    case "tikzpicture", "pgfpicture":
      "a picture is a file, '![what it shows](file.svg)', or what a cell shows"
    case let name
    where ["theorem", "lemma", "corollary", "definition", "example", "exercise", "proof"]
      .contains(name):
      "what a text states is written '> [!\(name.uppercased())]'"
    default: "write '$$' on a line before it, and after its end"
    }
  }

  /// The first `\)` or `\]` from a place on that no other backslash stands before.
  private mutating func closing(_ bracket: UInt8, from start: Int, to end: Int) -> Int? {
    next([.backslash, bracket], from: start, to: end) { text in
      var i = start
      while i + 1 < end {
        guard text[i] == .backslash else {
          i += 1
          continue
        }
        if text[i + 1] == bracket { return i }
        i += 2
      }
      return nil
    }
  }

  /// Whether there is a mark that only formulas have.
  private mutating func hasMarks(_ range: Range<Int>, to end: Int) -> Bool {
    let mark = next(UnmatchedDollar.marks, from: range.lowerBound, to: end) { text in
      text[range.lowerBound..<end].firstIndex(where: UnmatchedDollar.marks.contains)
    }
    return mark.map { $0 < range.upperBound } ?? false
  }

  /// What is known of an earlier place that it holds for this one too, or what a search gives.
  private mutating func next(
    _ wanted: [UInt8], from start: Int, to end: Int, search: ([UInt8]) -> Int?
  ) -> Int? {
    if let known = nextTeX[wanted], known.range.contains(start), known.range.upperBound <= end {
      return known.place
    }
    let place = search(document.text)
    nextTeX[wanted] = (start..<max(start, place.map { $0 + 1 } ?? end), place)
    return place
  }

  /// An inline value that stands in the TeX of a block, where it would be letters.
  func checkValues(in formula: FormulaBlock, _ range: SourceRange, _ problems: inout Problems) {
    guard formula.tex.contains("`{swift") else { return }
    for number in range.start.line...range.end.line {
      guard let found = source.text(ofLine: number).ranges(of: "`{swift").first else { continue }
      let line = source.text(ofLine: number)
      let start = line[..<found.lowerBound].utf8.count
      let length = line[found.upperBound...].prefix { $0 != "`" }.utf8.count + 8
      problems.add(
        .inlineValueInFormula, at: source.range(line: number, start..<start + length),
        UnmatchedDollar.valueMessage)
      return
    }
  }
}

/// A dollar that opens no formula although its author seems to have meant one.
struct UnmatchedDollar {
  let id: DiagnosticID
  let message: String
  /// Where the explained stretch ends.
  let end: Int

  static let valueMessage =
    "inline value stands in a formula, which is set before cells run; write it beside the formula, "
    + "as in '$x =$ `{swift} x`'"

  /// What no sum of money has.
  static let marks = Array("\\^_={".utf8)

  /// Nil where the sign itself is meant: money, names of shells, a dollar alone.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, run: Int, end limit: Int) {
    let first = start + run
    guard run <= 2, first < limit else { return nil }
    let sign = run == 2 ? "\\$\\$" : "\\$"
    let close = (first..<limit).first { i in
      bytes[i] == .dollar && !Self.isEscaped(bytes, i)
    }
    let content = bytes[first..<(close ?? limit)]
    if let value = content.firstRange(of: "`{swift".utf8) {
      let end = bytes[value.upperBound..<limit].firstIndex(of: .backQuote).map { $0 + 1 }
      self.init(.inlineValueInFormula, Self.valueMessage, end ?? limit)
      return
    }
    let touchesBefore = endsInWord(bytes, at: start)
    if run == 2 {
      guard !touchesBefore, content.contains(where: Self.marks.contains) else { return nil }
      self.init(.formulaNeverClosed, Self.neverClosed("$$", sign), first)
      return
    }
    if bytes[first].isBlank {
      guard let close, !touchesBefore, bytes[close - 1].isBlank, Self.isTight(content) else {
        return nil
      }
      let text = String(decoding: content, as: UTF8.self)
      let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      self.init(
        .formulaSpaces,
        "'$\(Self.short(text))$' is text, because spaces stand inside its dollars; a formula is "
          + "written '$\(Self.short(words))$'", close + 1)
      return
    }
    if Self.isMoney(content) || !Self.mayBegin(bytes[first]) { return nil }
    guard let close, !content.contains(.backQuote), !bytes[close - 1].isBlank,
      close + 1 >= limit || bytes[close + 1] != .dollar
    else {
      if touchesBefore { return nil }
      self.init(.formulaNeverClosed, Self.neverClosed("$", sign), first)
      return
    }
    let text = Self.short(String(decoding: content, as: UTF8.self))
    let side = touchesBefore ? "before" : "after"
    guard touchesBefore || beginsWithWord(bytes, at: close + 1) else { return nil }
    self.init(
      .formulaTouchesWord,
      "'$\(text)$' is text, because a letter or digit stands right \(side) it; put a space or a hyphen "
        + "between, or write '\\$' for the sign itself", close + 1)
  }

  private init(_ id: DiagnosticID, _ message: String, _ end: Int) {
    self.id = id
    self.message = message
    self.end = end
  }

  private static func neverClosed(_ marks: String, _ sign: String) -> String {
    "formula '\(marks)' is never closed; write '\(marks)' right after it, or '\(sign)' for the sign "
      + "itself"
  }

  private static func isEscaped(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Bool {
    var count = 0
    while offset - count > 0, bytes[offset - count - 1] == .backslash { count += 1 }
    return count % 2 == 1
  }

  /// `5`, `5.99`, `1,000`, `5k`: an amount, and not the beginning of a formula such as `2^n`.
  private static func isMoney(_ content: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    guard let first = content.first, isDigit(first) else { return false }
    let rest = content.drop { isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    return rest.first.map { !marks.contains($0) } ?? true
  }

  private static func mayBegin(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80 || (0x30...0x39).contains(byte)
      || "\\{(|[-+".utf8.contains(byte)
  }

  /// A short word, or marks that only formulas have.
  private static func isTight(_ content: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let words = content.split { $0.isBlank }
    guard let first = words.first?.first, !(0x30...0x39).contains(first) else { return false }
    return words.count == 1 && words[0].count <= 3 || content.contains(where: marks.contains)
  }

  private static func short(_ text: String) -> String {
    text.count <= 40 ? text : text.prefix(39) + "…"
  }
}

extension UInt8 {
  fileprivate static let dollar = UInt8(ascii: "$")
  fileprivate static let backslash = UInt8(ascii: "\\")
  fileprivate static let backQuote = UInt8(ascii: "`")
}
