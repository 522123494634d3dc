/// A text that would keep cmark-gfm busy for minutes, or fill the memory: the parser takes time
/// that grows with the square of some numbers nobody reaches in earnest.
package enum MarkdownLimit: Hashable, Sendable {
  /// Quotes in quotes, `>` by `>` at the beginning of line `line`.
  case quoteDepth(line: Int)
  /// The table whose rule is line `line`: its cells, or the lines of text before it.
  case tableSize(line: Int)

  package static let deepestQuote = 100
  package static let mostCells = 2_000_000

  /// The first limit that a text goes beyond; nil for any text that is meant to be read.
  package static func exceeded(by text: [UInt8], _ lines: LineTable) -> MarkdownLimit? {
    var squaredPipes = 0
    var firstRule: Int?
    // Of the lines since the last blank one:
    var bytes = 0
    var count = 0
    var rule: (line: Int, columns: Int, count: Int)?
    for number in 1...lines.count {
      let line = Line(text, lines.range(ofLine: number))
      if line.depth > deepestQuote { return .quoteDepth(line: number) }
      if line.isBlank {
        (bytes, count, rule) = (0, 0, nil)
        continue
      }
      bytes += line.length + 1
      count += 1
      squaredPipes += line.pipes * line.pipes
      if line.isRule {
        firstRule = firstRule ?? number
        if bytes * count > 2_000_000_000 { return .tableSize(line: number) }
        if rule == nil { rule = (number, line.pipes + 1, count) }
      }
      if let rule, rule.columns * (count - rule.count) > mostCells {
        return .tableSize(line: rule.line)
      }
    }
    if let firstRule, squaredPipes > 500_000_000 { return .tableSize(line: firstRule) }
    return nil
  }

  private struct Line {
    var depth = 0
    var length: Int
    var pipes = 0
    var isBlank = true
    /// Like `|:-|-:|`: only pipes, colons, hyphens and blanks, and not hyphens alone.
    var isRule = false

    init(_ text: [UInt8], _ range: Range<Int>) {
      length = range.count
      var i = range.lowerBound
      while i < range.upperBound, text[i].isSpace || text[i] == UInt8(ascii: ">") {
        if text[i] == UInt8(ascii: ">") { depth += 1 }
        i += 1
      }
      isBlank = i == range.upperBound
      var hasHyphen = false
      var hasMark = false
      var isOther = false
      while i < range.upperBound {
        switch text[i] {
        case .pipe:
          pipes += 1
          hasMark = true
        case UInt8(ascii: ":"): hasMark = true
        case UInt8(ascii: "-"): hasHyphen = true
        case let byte: if !byte.isSpace { isOther = true }
        }
        i += 1
      }
      isRule = hasHyphen && hasMark && !isOther
    }
  }
}
