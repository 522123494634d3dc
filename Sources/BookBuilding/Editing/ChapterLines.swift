/// The lines of a chapter's file with their ends, so that what is not touched stays byte for byte.
struct ChapterLines: Equatable, Sendable {
  /// A byte-order mark, which belongs to no line.
  let mark: [UInt8]
  /// Each with its end: `\n`, `\r\n` or `\r`; the last may have none.
  let lines: [[UInt8]]

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(mark: [UInt8], lines: [[UInt8]]) {
    self.mark = mark
    self.lines = lines
  }

  init(_ bytes: [UInt8]) {
    mark = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark : []
    var lines: [[UInt8]] = []
    var start = mark.count
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == 0x0A || byte == 0x0D else { continue }
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      lines.append(Array(bytes[start..<index]))
      start = index
    }
    if start < bytes.count { lines.append(Array(bytes[start...])) }
    self.lines = lines
  }

  var bytes: [UInt8] { mark + lines.flatMap(\.self) }
}

extension [UInt8] {
  /// Of a line, the bytes that end it.
  var lineEnd: ArraySlice<UInt8> {
    var start = endIndex
    while start > startIndex, self[start - 1] == 0x0A || self[start - 1] == 0x0D { start -= 1 }
    return self[start...]
  }

  var withoutLineEnd: ArraySlice<UInt8> { dropLast(lineEnd.count) }

  var lineText: String { String(decoding: withoutLineEnd, as: UTF8.self) }
}
