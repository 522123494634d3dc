/// From offsets in the text of a block, as cmark parsed it into inline nodes, to offsets in the
/// author's text. cmark takes prefixes of quotes and lists, indentation, definitions of links and
/// the backslash of `\|` in tables out of that text.
struct ContentMap {
  /// Where a stretch that was copied byte by byte begins, in the block's text and the author's.
  private var stretches: [(content: Int, source: Int)] = []

  init?(_ block: CNode, _ document: MarkdownDocument) {
    let content = block.content
    guard !content.isEmpty else { return nil }
    switch block.kind {
    case .tableCell:
      guard let source = document.offsets(ofCell: block) else { return nil }
      addCell(source.lowerBound, content, document.text)
    case .heading where !block.isSetextHeading:
      let line = document.lines.range(ofLine: block.startLine)
      let source = line.lowerBound + block.startColumn - 1 + block.internalOffset
      stretches = [(0, min(max(line.lowerBound, source), line.upperBound))]
    default: addLines(of: block, document)
    }
    if stretches.isEmpty { return nil }
  }

  func source(_ offset: Int) -> Int {
    var low = 0
    var high = stretches.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if stretches[middle].content <= offset { low = middle } else { high = middle }
    }
    return stretches[low].source + offset - stretches[low].content
  }

  /// An end belongs to the line of the byte before it.
  func source(end offset: Int) -> Int { offset == 0 ? source(0) : source(offset - 1) + 1 }

  /// The lines of a paragraph or underlined heading are ends of the author's lines. Counting goes
  /// from the last, as definitions of links are cut from the front; cmark may place the last line
  /// of an underlined heading one or two too low, so the bytes decide.
  private mutating func addLines(of block: CNode, _ document: MarkdownDocument) {
    let content = block.content
    var ends: [Range<Int>] = []
    var start = 0
    var end = content.count
    while end > 0, content[end - 1].isSpace { end -= 1 }
    for i in 0..<end where content[i] == .lineFeed {
      ends.append(start..<i)
      start = i + 1
    }
    ends.append(start..<end)
    let bottom = block.endLine > 0 ? block.endLine : (block.next?.startLine ?? 0) + ends.count - 1
    for last in stride(from: bottom, to: max(0, bottom - 4), by: -1) {
      stretches = []
      for (i, line) in ends.enumerated() {
        guard
          let source = document.offset(
            ofEnd: content[line], inLine: last - (ends.count - 1 - i))
        else { break }
        stretches.append((line.lowerBound, source))
      }
      if stretches.count == ends.count { return }
    }
    stretches = []
  }

  private mutating func addCell(
    _ start: Int, _ content: UnsafeBufferPointer<UInt8>, _ text: [UInt8]
  ) {
    var source = start
    stretches = [(0, source)]
    for i in content.indices {
      if content[i] == .pipe, source < text.count, text[source] == .backslash {
        source += 1
        stretches.append((i, source))
      }
      source += 1
    }
  }
}

extension MarkdownDocument {
  /// Where `line`, blanks at its end left out, begins as the end of a line of the text.
  fileprivate func offset(
    ofEnd line: Slice<UnsafeBufferPointer<UInt8>>, inLine number: Int
  ) -> Int? {
    guard number >= 1, number <= lines.count else { return nil }
    var line = line
    while let last = line.last, last.isSpace { line.removeLast() }
    let range = lines.range(ofLine: number)
    var end = range.upperBound
    while end > range.lowerBound, text[end - 1].isSpace { end -= 1 }
    let start = end - line.count
    guard start >= range.lowerBound, text[start..<end].elementsEqual(line) else { return nil }
    return start
  }
}

extension UInt8 {
  static let pipe = UInt8(ascii: "|")
}
