import BookModel

/// The lines of a cell, each with its place in the chapter.
struct CellBody {
  struct Line {
    var text: Substring
    var place: SourcePosition
  }

  var lines: [Line] = []
  let source: SourceText

  /// - Parameter code: as cmark gives it, prefixes of containers gone.
  init(_ fence: Fence, code: String, _ source: SourceText) {
    self.source = source
    var texts = code.split(separator: "\n", omittingEmptySubsequences: false)
    if texts.last?.isEmpty == true { texts.removeLast() }
    for (i, text) in texts.enumerated() {
      let number = fence.firstCodeLine + i
      let written = source.line(number)
      // Of a tab that belongs to the container in part, cmark makes spaces that nobody wrote.
      var text = text
      while text.first == " ", !written.reversed().starts(with: text.utf8.reversed()) {
        text.removeFirst()
      }
      let column = max(1, written.count - text.utf8.count + 1)
      lines.append(Line(text: text, place: SourcePosition(line: number, column: column)))
    }
  }

  var isEmpty: Bool { lines.isEmpty }

  /// Lines of a file in the place of the cell's own.
  mutating func show(_ inclusion: Inclusion) {
    lines = zip(inclusion.texts, inclusion.places).map { Line(text: $0, place: $1) }
  }

  /// The source that is compiled, and for each of its lines the place where it stands.
  var text: (code: String, lines: [SourcePosition]) {
    (lines.map { $0.text + "\n" }.joined(), lines.map(\.place))
  }

  /// Moves the `//| key: value` lines at the top into `parser`.
  mutating func takeOptionLines(into parser: inout CellOptionsParser, _ problems: inout Problems) {
    var count = 0
    while count < lines.count, let option = optionText(lines[count]) {
      parser.readLine(option.text, at: option.place, &problems)
      count += 1
    }
    lines.removeFirst(count)
    for line in lines.prefix(while: { $0.text.hasPrefix("#|") }) {
      problems.add(
        .optionLine,
        at: source.range(
          line: line.place.line,
          line.place.column - 1..<line.place.column - 1 + line.text.utf8.count),
        "option line begins with '//|', because a cell is Swift: '//|\(line.text.dropFirst(2))'")
    }
    for line in lines {
      guard let option = optionText(line), let word = parser.knownKey(of: option.text) else {
        continue
      }
      problems.add(
        .lateOptionLine,
        at: source.range(
          line: line.place.line,
          option.place.column - 1..<option.place.column - 1 + option.text.utf8.count),
        "option line '//| \(word)' stands after code; option lines stand at the top of the cell")
    }
  }

  /// Line in which another cell begins, because the fence of this one was not closed.
  func openingOfAnotherCell(_ fence: Fence) -> Int? {
    lines.first { line in
      let text = line.text.drop { $0 == " " }
      let rest = text.drop { $0 == fence.marks.first }
      return text.hasPrefix(fence.marks) && (rest == "swift" || rest.hasPrefix("swift "))
    }?.place.line
  }

  private func optionText(_ line: Line) -> (text: Substring, place: SourcePosition)? {
    let blanks = line.text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
    let rest = line.text.utf8.dropFirst(blanks)
    guard rest.starts(with: "//|".utf8) else { return nil }
    return (
      Substring(rest.dropFirst(3)),
      SourcePosition(line: line.place.line, column: line.place.column + blanks + 3)
    )
  }

  /// The stretches between `// snippet.hide` and `// snippet.show`.
  func foldedLines(_ problems: inout Problems) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for (i, line) in lines.enumerated() {
      let text = Array(line.text.utf8)[...].trimmed
      guard text.starts(with: "//".utf8) else { continue }
      let word = String(decoding: text.dropFirst(2).trimmed, as: UTF8.self)
      switch word {
      case "snippet.hide":
        if start != nil { complain(line, word, "the lines are hidden already", &problems) }
        start = start ?? i
      case "snippet.show":
        guard let first = start else {
          complain(line, word, "no '// snippet.hide' stands before it", &problems)
          continue
        }
        ranges.append(first..<i + 1)
        start = nil
      case let word where word.hasPrefix("snippet."):
        complain(
          line, word, "the markers are '// snippet.hide' and '// snippet.show'", &problems)
      default: break
      }
    }
    if let start { ranges.append(start..<lines.count) }
    return ranges
  }

  private func complain(_ line: Line, _ word: String, _ reason: String, _ problems: inout Problems)
  {
    let column = line.place.column - 1
    let blanks = line.text.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
    problems.add(
      .snippetMarker,
      at: source.range(line: line.place.line, column + blanks..<column + line.text.utf8.count),
      "marker '\(word)' has no meaning here: \(reason)")
  }
}
