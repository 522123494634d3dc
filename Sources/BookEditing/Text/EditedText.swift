import BookModel

/// The text of an open file, as it stands in the editor, with the places of its lines.
package struct EditedText: Sendable, Equatable {
  package private(set) var bytes: [UInt8]
  /// Offset at which each line begins; the last may be empty.
  private(set) var starts: [Int]

  package init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  package init(bytes: [UInt8]) {
    self.bytes = bytes
    starts = [0] + Self.starts(in: bytes, 0..<bytes.count)
  }

  /// Of the lines that begin after a byte of the range.
  private static func starts(in bytes: [UInt8], _ range: Range<Int>) -> [Int] {
    bytes.withUnsafeBytes { bytes in
      let part = UnsafeRawBufferPointer(rebasing: bytes[range])
      var starts = ByteSearch.places(of: 0x0A, in: part).map { range.lowerBound + $0 + 1 }
      // A line may also end in a carriage return alone.
      let returns = ByteSearch.places(of: 0x0D, in: part).map { range.lowerBound + $0 + 1 }
        .filter { $0 == bytes.count || bytes[$0] != 0x0A }
      if !returns.isEmpty { starts = (starts + returns).sorted() }
      return starts
    }
  }

  package var lineCount: Int { starts.count }
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The line without its end; empty beyond the text.
  package func line(_ number: Int) -> ArraySlice<UInt8> {
    guard starts.indices.contains(number) else { return [] }
    var end = number + 1 < starts.count ? starts[number + 1] : bytes.count
    while end > starts[number], bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return bytes[starts[number]..<end]
  }

  package func text(ofLine number: Int) -> String { String(decoding: line(number), as: UTF8.self) }

  /// Places beyond a line's end are its end, and beyond the text the end of the text.
  package func offset(of position: EditorPosition) -> Int {
    guard position.line < starts.count else { return bytes.count }
    let line = line(position.line)
    return line.startIndex + line.byteOffset(ofUnit: position.character)
  }

  /// Replaces a stretch; all of the text where `range` is nil.
  /// - Returns: the lines that may differ.
  @discardableResult
  package mutating func replace(_ range: EditorRange?, with text: String) -> LineSpan {
    guard let range else { return replaceAll(with: Array(text.utf8)) }
    let (start, end) = (offset(of: range.start), offset(of: range.end))
    return replace(start..<max(start, end), with: Array(text.utf8)[...])
  }

  /// Editors that know no ranges send the whole text at every stroke.
  private mutating func replaceAll(with new: [UInt8]) -> LineSpan {
    let same = bytes.withUnsafeBytes { old in
      new.withUnsafeBytes { ByteSearch.commonEnds(old, $0) }
    }
    let end = min(same.end, min(bytes.count, new.count) - same.beginning)
    return replace(
      same.beginning..<bytes.count - end, with: new[same.beginning..<new.count - end])
  }

  private mutating func replace(_ replaced: Range<Int>, with text: ArraySlice<UInt8>) -> LineSpan {
    // A carriage return and a line feed may come together, or part, at either end.
    let first = max(0, line(at: replaced.lowerBound) - 1)
    let next = line(at: replaced.upperBound) + 2
    let added = text.count - replaced.count
    bytes.replaceSubrange(replaced, with: text)
    let isInside = next < starts.count
    let changed = starts[first]..<(isInside ? starts[next] + added : bytes.count)
    var new = Self.starts(in: bytes, changed)
    if isInside, new.last == changed.upperBound { new.removeLast() }
    if added != 0, isInside {
      starts.withUnsafeMutableBufferPointer { starts in
        for index in next..<starts.count { starts[index] += added }
      }
    }
    let before = first + 1..<min(next, starts.count)
    starts.replaceSubrange(before, with: new)
    return LineSpan(
      first: first, oldEnd: before.upperBound, newEnd: before.lowerBound + new.count)
  }

  /// The line that holds an offset.
  private func line(at offset: Int) -> Int {
    max(1, starts.partitioningIndex { $0 > offset }) - 1
  }

  // MARK: Places of messages

  /// A place of a message, which counts lines from 1 and columns in bytes.
  package func position(_ place: SourcePosition) -> EditorPosition {
    let number = max(0, place.line - 1)
    return EditorPosition(
      line: number, character: line(number).units(before: mark(number) + place.column - 1))
  }

  package func range(_ range: SourceRange) -> EditorRange {
    EditorRange(position(range.start), position(range.end))
  }

  package func place(_ position: EditorPosition) -> SourcePosition {
    SourcePosition(
      line: position.line + 1,
      column: max(
        0, line(position.line).byteOffset(ofUnit: position.character) - mark(position.line)) + 1)
  }

  /// Bytes of the byte-order mark, which messages do not count.
  private func mark(_ line: Int) -> Int {
    line == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The first line without a byte-order mark.
  var firstLine: ArraySlice<UInt8> { line(0).dropFirst(mark(0)) }
}

extension ArraySlice<UInt8> {
  /// Bytes before a UTF-16 unit; within a pair of units the character's own begin.
  func byteOffset(ofUnit unit: Int) -> Int {
    var units = 0
    var offset = 0
    while offset < count, units < unit {
      let byte = self[startIndex + offset]
      let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      let width = length == 4 ? 2 : 1
      if units + width > unit { break }
      units += width
      offset = Swift.min(count, offset + length)
    }
    return offset
  }

  /// UTF-16 units in the first `bytes` bytes.
  func units(before bytes: Int) -> Int {
    prefix(Swift.max(0, bytes)).reduce(0) { units, byte in
      byte & 0xC0 == 0x80 ? units : units + (byte >= 0xF0 ? 2 : 1)
    }
  }
}
