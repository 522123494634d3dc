import BookModel

/// The reading of a chapter's lines, from its top or from where an edit leaves it to be read anew.
struct ScanReading {
  private let text: EditedText
  private var read = ChapterScan.nothing
  private var line = 0
  private var listIndent = 0
  private var isInHTML = false
  /// Line before which all stand that were looked at since the last mark.
  private var reach = 0

  init(of text: EditedText) { self.text = text }

  mutating func scan() -> ChapterScan {
    readHead()
    while line < text.lineCount {
      mark()
      readNext()
    }
    return read
  }

  mutating func scan(after last: ChapterScan, changed span: LineSpan) -> ChapterScan {
    if let place = last.lastMark(ofLinesBefore: span.first) {
      goOn(from: last.marks[place], of: last, at: place)
    } else {
      readHead()
    }
    var next = last.marks.partitioningIndex { $0.line >= span.oldEnd }
    while line < text.lineCount {
      while next < last.marks.count, last.marks[next].line + span.added < line { next += 1 }
      if next < last.marks.count, line >= span.newEnd, last.marks[next].line + span.added == line,
        last.marks[next].listIndent == listIndent, last.marks[next].isInHTML == isInHTML
      {
        takeRest(of: last, from: next, movedBy: span.added)
        return read
      }
      mark()
      readNext()
    }
    return read
  }

  // MARK: Marks

  /// Lines between two marks at least.
  private static let distance = 16

  private mutating func mark() {
    if let last = read.marks.last, line < last.line + Self.distance { return }
    read.marks.append(
      ChapterScan.Mark(
        line: line, listIndent: listIndent, isInHTML: isInHTML, reach: reach,
        cells: read.cells.count, inlines: read.inlines.count, fences: read.otherFences.count))
    reach = line
  }

  private mutating func goOn(from mark: ChapterScan.Mark, of last: ChapterScan, at place: Int) {
    read = last
    read.cells.removeSubrange(mark.cells...)
    read.inlines.removeSubrange(mark.inlines...)
    read.otherFences.removeSubrange(mark.fences...)
    read.marks.removeSubrange((place + 1)...)
    line = mark.line
    listIndent = mark.listIndent
    isInHTML = mark.isInHTML
  }

  private mutating func takeRest(of last: ChapterScan, from place: Int, movedBy lines: Int) {
    let mark = last.marks[place]
    let (cells, inlines, fences) = (
      read.cells.count - mark.cells, read.inlines.count - mark.inlines,
      read.otherFences.count - mark.fences
    )
    read.cells += last.cells[mark.cells...].map { $0.moved(by: lines) }
    read.inlines += last.inlines[mark.inlines...].map { $0.moved(by: lines) }
    read.otherFences += last.otherFences[mark.fences...].map { $0.moved(by: lines) }
    var isFirst = true
    for mark in last.marks[place...] {
      var moved = mark
      moved.line += lines
      moved.reach = isFirst ? reach : mark.reach + lines
      moved.cells += cells
      moved.inlines += inlines
      moved.fences += fences
      read.marks.append(moved)
      isFirst = false
    }
  }

  // MARK: Lines

  private mutating func readHead() {
    reach = 1
    guard text.firstLine.isRule else { return }
    var end = 1
    while end < text.lineCount, !text.line(end).isRule, end < 200 { end += 1 }
    read.frontMatter = 1..<min(end, text.lineCount)
    line = text.lineCount > end && text.line(end).isRule ? end + 1 : end
    reach = end + 1
  }

  /// One line, or all of a fence or comment that begins there.
  private mutating func readNext() {
    let bytes = text.line(line)
    defer { reach = max(reach, line) }
    let content = bytes.withoutContainers
    if content.text.isEmpty {
      isInHTML = false
      line += 1
      return
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
      return
    }
    if content.text.beginsHTMLBlock { isInHTML = true }
    let opening = content.text.afterListMarkers
    if !isInHTML, let fence = FenceOpening(opening),
      opening.startIndex - bytes.startIndex - listIndent < 4 || content.isQuoted
    {
      read(fence, prefix: opening.startIndex - bytes.startIndex)
    } else {
      read.inlines += bytes.inlineValues(onLine: line)
      line += 1
    }
  }

  private mutating func read(_ fence: FenceOpening, prefix: Int) {
    let opening = line
    var end = opening + 1
    while end < text.lineCount, !fence.isClosed(by: text.line(end).withoutContainers.text) {
      end += 1
    }
    reach = max(reach, end + 1)
    // One that is half typed ends before the next cell.
    var isClosed = end < text.lineCount
    if fence.isSwift,
      let next = (opening + 1..<end).first(where: { number in
        let next = text.line(number).withoutContainers.text
        return FenceOpening(next).map { $0.isSwift && $0.count >= fence.count } ?? false
      })
    {
      end = next
      isClosed = false
    }
    if fence.isSwift {
      let start = prefix + fence.count + fence.blanks + "swift".utf8.count
      read.cells.append(
        ChapterScan.Cell(
          fenceLine: opening, prefix: prefix, info: start..<max(start, text.line(opening).count),
          words: Set(fence.words.dropFirst()), codeLines: opening + 1..<end, isClosed: isClosed))
    } else {
      read.otherFences.append(opening..<min(text.lineCount, end + 1))
    }
    line = isClosed ? end + 1 : end
  }
}

extension ChapterScan {
  /// The state of the reading before a line.
  struct Mark: Sendable, Equatable {
    var line: Int
    var listIndent: Int
    var isInHTML: Bool
    /// Line before which all stand that were looked at since the mark before.
    var reach: Int
    /// Read before it.
    var cells: Int
    var inlines: Int
    var fences: Int
  }

  /// The last before which nothing was read that depends on a line, or on lines behind it.
  fileprivate func lastMark(ofLinesBefore line: Int) -> Int? {
    var found: Int?
    for (place, mark) in marks.enumerated() {
      guard mark.line <= line, mark.reach <= line else { break }
      found = place
    }
    return found
  }
}

extension ChapterScan.Cell {
  fileprivate func moved(by lines: Int) -> Self {
    if lines == 0 { return self }
    var moved = self
    moved.fenceLine += lines
    moved.codeLines = codeLines.moved(by: lines)
    return moved
  }
}

extension ChapterScan.Inline {
  fileprivate func moved(by lines: Int) -> Self {
    var moved = self
    moved.line += lines
    return moved
  }
}

extension Range<Int> {
  fileprivate func moved(by distance: Int) -> Self {
    lowerBound + distance..<upperBound + distance
  }
}
