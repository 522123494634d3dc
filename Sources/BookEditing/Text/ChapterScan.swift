/// The parts of a chapter as far as its lines tell. The parser of a build gives up where a fence is
/// half typed; this one never does, and costs one pass over the text.
package struct ChapterScan: Sendable, Equatable {
  /// A Swift cell. Lines count from 0.
  package struct Cell: Sendable, Equatable {
    package var fenceLine: Int
    /// Bytes before the marks: quote and list prefixes, indentation.
    package var prefix: Int
    /// Byte columns, from 0, of what follows `swift` in the fence line.
    package var info: Range<Int>
    package var words: Set<String>
    package var codeLines: Range<Int>
    package var isClosed: Bool

    package var resets: Bool { words.contains("reset") }
    package var isIgnored: Bool { words.contains("ignore") }
    package var mustFail: Bool { words.contains("fail") }
    /// Its names end with it.
    package var isGuarded: Bool {
      words.contains("crash") || words.contains("no-run") || isChecked
    }
    /// A starter or a solution.
    package var isChecked: Bool { words.contains("exercise") || words.contains("solution") }
    package var isChecks: Bool { words.contains("checks") }
  }

  /// The expression of `` `{swift} … ` `` in a line, in bytes from 0.
  package struct Inline: Sendable, Equatable {
    package var line: Int
    package var expression: Range<Int>
    /// From the comma to the closing back-quote; nil without a format.
    package var format: Range<Int>?
  }

  /// Lines between the rules at the top; nil without front matter.
  package private(set) var frontMatter: Range<Int>?
  package private(set) var cells: [Cell] = []
  package private(set) var inlines: [Inline] = []
  /// Lines of fences in other languages, marks included.
  private(set) var otherFences: [Range<Int>] = []

  package init(_ text: EditedText) {
    var line = 0
    if text.firstLine.isRule {
      var end = 1
      while end < text.lineCount, !text.line(end).isRule, end < 200 { end += 1 }
      frontMatter = 1..<min(end, text.lineCount)
      line = text.lineCount > end && text.line(end).isRule ? end + 1 : end
    }
    var listIndent = 0
    var isInHTML = false
    while line < text.lineCount {
      let bytes = text.line(line)
      let content = bytes.withoutContainers
      if content.text.isEmpty {
        isInHTML = false
        line += 1
        continue
      }
      let indent = content.text.startIndex - bytes.startIndex
      if let marker = content.text.listMarkerWidth {
        listIndent = indent + marker
      } else if indent < listIndent, !content.isQuoted {
        listIndent = 0
      }
      if content.text.starts(with: "<!--".utf8) {
        while line < text.lineCount, !text.line(line).holds("-->") { line += 1 }
        line += 1
        continue
      }
      if content.text.beginsHTMLBlock { isInHTML = true }
      let opening = content.text.afterListMarkers
      if !isInHTML, let fence = FenceOpening(opening),
        opening.startIndex - bytes.startIndex - listIndent < 4 || content.isQuoted
      {
        line = read(fence, at: line, prefix: opening.startIndex - bytes.startIndex, text)
      } else {
        addInlines(bytes, line)
        line += 1
      }
    }
  }

  /// The line after the fence.
  private mutating func read(
    _ fence: FenceOpening, at line: Int, prefix: Int, _ text: EditedText
  ) -> Int {
    var end = line + 1
    while end < text.lineCount, !fence.isClosed(by: text.line(end).withoutContainers.text) {
      end += 1
    }
    // One that is half typed ends before the next cell.
    var isClosed = end < text.lineCount
    if fence.isSwift,
      let next = (line + 1..<end).first(where: { number in
        let next = text.line(number).withoutContainers.text
        return FenceOpening(next).map { $0.isSwift && $0.count >= fence.count } ?? false
      })
    {
      end = next
      isClosed = false
    }
    if fence.isSwift {
      let bytes = text.line(line)
      let start = prefix + fence.count + fence.blanks + "swift".utf8.count
      cells.append(
        Cell(
          fenceLine: line, prefix: prefix, info: start..<max(start, bytes.count),
          words: Set(fence.words.dropFirst()), codeLines: line + 1..<end, isClosed: isClosed))
    } else {
      otherFences.append(line..<min(text.lineCount, end + 1))
    }
    return isClosed ? end + 1 : end
  }

  private mutating func addInlines(_ line: ArraySlice<UInt8>, _ number: Int) {
    guard line.contains(0x60) else { return }
    let marks = ["`{swift} ", "`{swift live} "].map { Array($0.utf8) }
    var rest = line
    while let start = rest.firstIndex(of: 0x60) {
      rest = rest[(start + 1)...]
      // Two back-quotes show it as it is.
      if rest.first == 0x60 {
        let run = rest.prefix { $0 == 0x60 }.count + 1
        rest = rest.dropFirst(run - 1)
        guard let close = rest.endOfRun(of: 0x60, count: run) else { return }
        rest = rest[close...]
        continue
      }
      guard let end = rest.firstIndex(of: 0x60) else { return }
      if let mark = marks.first(where: { line[start..<end].starts(with: $0) }) {
        let all = start + mark.count..<end
        var expression = all
        var format: Range<Int>?
        if let comma = line[all].formatComma {
          expression = all.lowerBound..<comma
          format = comma..<end
        }
        let base = line.startIndex
        inlines.append(
          Inline(
            line: number, expression: expression.lowerBound - base..<expression.upperBound - base,
            format: format.map { $0.lowerBound - base..<$0.upperBound - base }))
      }
      rest = rest[(end + 1)...]
    }
  }

  /// The cell whose code has the line.
  func cell(withLine line: Int) -> Cell? {
    cells.first { $0.codeLines.contains(line) }
  }
}

/// The first line of a fence.
private struct FenceOpening {
  let mark: UInt8
  let count: Int
  let blanks: Int
  let words: [String]

  init?(_ text: ArraySlice<UInt8>) {
    guard let mark = text.first, mark == 0x60 || mark == 0x7E else { return nil }
    let count = text.prefix { $0 == mark }.count
    let info = text.dropFirst(count)
    guard count >= 3, mark == 0x7E || !info.contains(0x60) else { return nil }
    self.mark = mark
    self.count = count
    blanks = info.prefix { $0 == 0x20 || $0 == 0x09 }.count
    words = String(decoding: info, as: UTF8.self).split { $0 == " " || $0 == "\t" }.map(String.init)
  }

  var isSwift: Bool { words.first == "swift" }

  func isClosed(by text: ArraySlice<UInt8>) -> Bool {
    let run = text.prefix { $0 == mark }.count
    return run >= count && text.dropFirst(run).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var isRule: Bool {
    (starts(with: "---".utf8) || starts(with: "...".utf8)) && count < 80
      && dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Without the marks of quotes and the blanks before the text.
  fileprivate var withoutContainers: (text: ArraySlice<UInt8>, isQuoted: Bool) {
    var rest = drop { $0 == 0x20 || $0 == 0x09 }
    var isQuoted = false
    while rest.first == UInt8(ascii: ">") {
      isQuoted = true
      rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
    }
    return (rest, isQuoted)
  }

  /// Bytes of a list item's mark and the blanks after it.
  fileprivate var listMarkerWidth: Int? {
    let digits = prefix { (0x30...0x39).contains($0) }.count
    let rest = dropFirst(digits)
    guard let mark = rest.first, digits > 0 ? ".)".utf8.contains(mark) : "-*+".utf8.contains(mark)
    else { return nil }
    let blanks = rest.dropFirst().prefix { $0 == 0x20 || $0 == 0x09 }.count
    return blanks == 0 ? nil : digits + 1 + Swift.min(blanks, 4)
  }

  fileprivate var afterListMarkers: ArraySlice<UInt8> {
    var rest = self
    while let width = rest.listMarkerWidth { rest = rest.dropFirst(width) }
    return rest
  }

  fileprivate var beginsHTMLBlock: Bool {
    guard first == UInt8(ascii: "<"), let next = dropFirst().first else { return false }
    return next == UInt8(ascii: "/") || (0x61...0x7A).contains(next | 0x20)
  }

  fileprivate func holds(_ text: String) -> Bool {
    let word = Array(text.utf8)
    return indices.contains { self[$0...].starts(with: word) }
  }

  /// Where a run of exactly `count` marks ends.
  fileprivate func endOfRun(of mark: UInt8, count: Int) -> Int? {
    var index = startIndex
    while index < endIndex {
      let run = self[index...].prefix { $0 == mark }.count
      if run == count { return index + run }
      index += Swift.max(run, 1)
    }
    return nil
  }

  /// The last comma that a format follows.
  fileprivate var formatComma: Int? {
    lastIndex { $0 == UInt8(ascii: ",") }.flatMap { last in
      // `%,` holds a comma of its own.
      let candidates =
        [last] + (self[..<last].lastIndex { $0 == UInt8(ascii: ",") }.map { [$0] } ?? [])
      return candidates.last { comma in
        self[(comma + 1)...].first { $0 != 0x20 } == UInt8(ascii: "%")
      }
    }
  }
}
