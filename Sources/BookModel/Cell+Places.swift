// From bytes of a cell's code to lines and columns of the chapter.

/// A place in a text that is counted from 0.
package struct CodePlace: Hashable, Sendable {
  package var line: Int
  /// Bytes of the line before it.
  package var byte: Int

  init(line: Int, byte: Int) {
    self.line = line
    self.byte = byte
  }

  /// - Parameter offset: in bytes; one after the end stands for the end.
  package init(ofByte offset: Int, in text: some StringProtocol) {
    let newline = UInt8(ascii: "\n")
    line = 0
    byte = 0
    for character in text.utf8.prefix(offset) {
      if character == newline {
        line += 1
        byte = 0
      } else {
        byte += 1
      }
    }
  }
}

/// Where the lines of a text begin, for many places in it.
package struct CodePlaces: Sendable {
  private var starts = [0]
  private let end: Int

  package init(_ text: [UInt8]) {
    end = text.count
    for index in text.indices where text[index] == UInt8(ascii: "\n") { starts.append(index + 1) }
  }

  /// - Parameter offset: in bytes; one after the end stands for the end.
  package func place(ofByte offset: Int) -> CodePlace {
    let offset = min(offset, end)
    let line = starts.partitioningIndex { $0 > offset } - 1
    return CodePlace(line: line, byte: offset - starts[line])
  }
}

extension Cell {
  /// Where its code begins in the chapter; the fence when it has none there.
  package var codeStart: SourcePosition {
    guard let first = lines.first, Inclusion.line(first.line) == nil else { return range.start }
    return first
  }

  /// Line of the closing fence.
  package var lastLine: Int { range.end.column == 1 ? range.end.line - 1 : range.end.line }

  /// Where a byte of the code stands in the chapter.
  package func position(ofByte offset: Int) -> SourcePosition {
    guard let last = lines.indices.last else { return range.start }
    let place = CodePlace(ofByte: offset, in: code)
    let line = lines[min(place.line, last)]
    return SourcePosition(line: line.line, column: line.column + place.byte)
  }

  /// Where bytes of the code stand; all of them in one line.
  package func range(ofBytes bytes: Range<Int>, in chapter: Chapter) -> SourceRange {
    let start = position(ofByte: bytes.lowerBound)
    return SourceRange(
      file: chapter.path, start: start,
      end: SourcePosition(line: start.line, column: start.column + bytes.count))
  }

  /// Whether a line of its code stands on this line of the chapter.
  package func covers(line: Int) -> Bool {
    guard let first = lines.first, let last = lines.last else { return false }
    return first.line <= line && line <= last.line
  }
}

extension Chapter {
  /// The cell whose code has this line of the file.
  package func cell(atLine line: Int) -> Cell? { cells.first { $0.covers(line: line) } }

  package func cell(_ id: Cell.ID) -> Cell? { cells.first { $0.id == id } }

  /// The author's line, as it stands in the file; nil for one of the front matter.
  package func sourceLine(_ line: Int) -> String? {
    if let (number, line) = Inclusion.line(line) {
      let lines = inclusion(number: number)?.lines ?? []
      return lines.indices.contains(line - 1) ? lines[line - 1] : nil
    }
    let index = line - firstLine
    guard index >= 0 else { return nil }
    let lines = markdown.utf8.split(
      separator: UInt8(ascii: "\n"), maxSplits: index + 1, omittingEmptySubsequences: false)
    return lines.indices.contains(index) ? String(decoding: lines[index], as: UTF8.self) : nil
  }
}
