import BookModel
import Markdown

/// The text of a file as its author sees it: without a byte-order mark, every line ending in `\n`.
/// Lines and columns are those of the file.
struct SourceText {
  let path: String
  let bytes: [UInt8]
  let lines: LineTable

  /// - Returns: nil with a diagnostic where the bytes are not text.
  static func read(_ raw: [UInt8], path: String) -> (SourceText?, [Diagnostic]) {
    var start = 0
    if raw.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
      let place = SourceRange(file: path, line: 1)
      return (
        nil, [Diagnostic(.error, .notUTF8, at: place, "file is UTF-16; chapters are UTF-8")]
      )
    }
    if let offset = firstInvalidUTF8(in: raw) {
      return (nil, [badByte(raw, offset, path, id: .notUTF8, rule: "chapters are UTF-8")])
    }
    if let offset = raw.firstIndex(of: 0) {
      return (nil, [badByte(raw, offset, path, id: .nulByte, rule: "chapters are plain text")])
    }
    return (SourceText(path: path, bytes: withLineFeeds(raw[start...])), [])
  }

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    lines = LineTable(bytes)
  }

  func line(_ number: Int) -> ArraySlice<UInt8> { bytes[lines.range(ofLine: number)] }

  func text(ofLine number: Int) -> String { String(decoding: line(number), as: UTF8.self) }

  func range(_ start: SourcePosition, _ end: SourcePosition) -> SourceRange {
    SourceRange(file: path, start: start, end: end)
  }

  /// Bytes `offsets` of line `line`, counted from 0.
  func range(line: Int, _ offsets: Range<Int>) -> SourceRange {
    range(
      SourcePosition(line: line, column: offsets.lowerBound + 1),
      SourcePosition(line: line, column: offsets.upperBound + 1))
  }

  private static func badByte(
    _ raw: [UInt8], _ offset: Int, _ path: String, id: DiagnosticID, rule: String
  ) -> Diagnostic {
    let lines = LineTable(raw)
    let place = lines.position(of: offset)
    var column = place.column
    if place.line == 1, raw.starts(with: [0xEF, 0xBB, 0xBF]) { column -= 3 }
    let hex = String(raw[offset], radix: 16, uppercase: true)
    return Diagnostic(
      .error, id, at: SourceRange(file: path, line: place.line, column: column),
      "byte 0x\(hex.count < 2 ? "0" + hex : hex) is not text; \(rule)")
  }

  private static func withLineFeeds(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    guard raw.contains(0x0D) else { return Array(raw) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raw.count)
    var previous: UInt8 = 0
    for byte in raw {
      if byte == 0x0D {
        bytes.append(0x0A)
      } else if byte != 0x0A || previous != 0x0D {
        bytes.append(byte)
      }
      previous = byte
    }
    return bytes
  }
}

/// Offset of the first byte that no UTF-8 text has there.
func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
  var i = 0
  while i < bytes.count {
    let byte = bytes[i]
    if byte < 0x80 {
      i += 1
      continue
    }
    let (length, low, high): (Int, UInt8, UInt8)
    switch byte {
    case 0xC2...0xDF: (length, low, high) = (2, 0x80, 0xBF)
    case 0xE0: (length, low, high) = (3, 0xA0, 0xBF)
    case 0xED: (length, low, high) = (3, 0x80, 0x9F)
    case 0xE1...0xEF: (length, low, high) = (3, 0x80, 0xBF)
    case 0xF0: (length, low, high) = (4, 0x90, 0xBF)
    case 0xF1...0xF3: (length, low, high) = (4, 0x80, 0xBF)
    case 0xF4: (length, low, high) = (4, 0x80, 0x8F)
    default: return i
    }
    guard i + length <= bytes.count, (low...high).contains(bytes[i + 1]) else { return i }
    for j in 2..<max(2, length) where bytes[i + j] & 0xC0 != 0x80 { return i }
    i += length
  }
  return nil
}
