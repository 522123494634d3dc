/// Works that a text cites in one place: `[@key]`, `[see @one, p. 12; @two]`, or `@key` as a word of
/// the sentence.
package struct CitationGroup: Hashable, Sendable {
  /// As it was written, on one line.
  package var text: String
  package var keys: [String]
  /// False for `@key` in a sentence.
  package var isBracketed: Bool

  package init(text: String, keys: [String], isBracketed: Bool) {
    self.text = text
    self.keys = keys
    self.isBracketed = isBracketed
  }
}

/// Finds groups in bytes of text.
struct CitationScanner {
  struct Found: Hashable {
    var group: CitationGroup
    var range: Range<Int>
    /// Of each key with its `@`.
    var keyRanges: [Range<Int>]
  }

  /// Breaks of lines are line feeds.
  let bytes: [UInt8]
  /// Offsets that the author wrote with a backslash before them.
  let escaped: Set<Int>
  /// Of brackets that open, where those that close them stand.
  private let closings: [Int: Int]
  /// In the order of the text.
  private var allKeys: [Range<Int>] = []

  init(bytes: [UInt8], escaped: Set<Int>) {
    self.bytes = bytes
    self.escaped = escaped
    var closings: [Int: Int] = [:]
    var open: [Int] = []
    for i in bytes.indices {
      let isOpening = bytes[i] == UInt8(ascii: "[")
      guard isOpening || bytes[i] == UInt8(ascii: "]"), !escaped.contains(i) else { continue }
      if isOpening { open.append(i) } else if let start = open.popLast() { closings[start] = i }
    }
    self.closings = closings
    var i = 0
    while i < bytes.count {
      guard let key = key(at: i) else {
        i += 1
        continue
      }
      allKeys.append(key)
      i = key.upperBound
    }
  }

  var all: [Found] {
    var found: [Found] = []
    var i = 0
    while i < bytes.count {
      if let group = bracketed(at: i) ?? plain(at: i) {
        found.append(group)
        i = group.range.upperBound
      } else {
        i += 1
      }
    }
    return found
  }

  private func bracketed(at start: Int) -> Found? {
    guard bytes[start] == UInt8(ascii: "["), !escaped.contains(start),
      let end = closings[start]
    else { return nil }
    let keys = keys(in: start + 1..<end)
    guard !keys.isEmpty else { return nil }
    return found(start..<end + 1, keys, isBracketed: true)
  }

  /// With what follows in square brackets of its own, such as `@key [p. 12]`.
  private func plain(at start: Int) -> Found? {
    guard let key = key(at: start) else { return nil }
    var end = key.upperBound
    if end + 1 < bytes.count, Self.isSpace(bytes[end]), bytes[end + 1] == UInt8(ascii: "["),
      !escaped.contains(end + 1), let closing = closings[end + 1], closing > end + 2,
      keys(in: end + 2..<closing).isEmpty
    {
      end = closing + 1
    }
    return found(start..<end, [key], isBracketed: false)
  }

  private func found(
    _ range: Range<Int>, _ keys: ArraySlice<Range<Int>>, isBracketed: Bool
  ) -> Found {
    let text = String(
      decoding: bytes[range].map { $0 == 0x0A ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    return Found(
      group: CitationGroup(text: text, keys: keys.map(name), isBracketed: isBracketed),
      range: range, keyRanges: Array(keys))
  }

  private func keys(in range: Range<Int>) -> ArraySlice<Range<Int>> {
    // The first key that is not before the range, found by halves.
    var (first, end) = (0, allKeys.count)
    while first < end {
      let middle = (first + end) / 2
      if allKeys[middle].lowerBound < range.lowerBound { first = middle + 1 } else { end = middle }
    }
    return allKeys[first...].prefix { $0.upperBound <= range.upperBound }
  }

  private func name(_ key: Range<Int>) -> String {
    let name = bytes[key].dropFirst()
    let isBraced = name.first == UInt8(ascii: "{")
    return String(decoding: isBraced ? name.dropFirst().dropLast() : name, as: UTF8.self)
  }

  /// An `@` that is no part of a word, with letters and digits after it, and marks between them.
  private func key(at start: Int) -> Range<Int>? {
    guard bytes[start] == UInt8(ascii: "@"), !escaped.contains(start) else { return nil }
    if start > 0, Self.isWord(bytes[start - 1]) || "@.".utf8.contains(bytes[start - 1]) {
      return nil
    }
    var i = start + 1
    if i < bytes.count, bytes[i] == UInt8(ascii: "{") {
      let ends = bytes[(i + 1)...].firstIndex { "{}".utf8.contains($0) || Self.isSpace($0) }
      guard let end = ends, bytes[end] == UInt8(ascii: "}"), end > i + 1 else { return nil }
      return start..<end + 1
    }
    guard i < bytes.count, Self.isWord(bytes[i]) else { return nil }
    var end = i
    while i < bytes.count {
      if Self.isWord(bytes[i]) {
        i += 1
        end = i
      } else if ":.#$%&-+?<>~/".utf8.contains(bytes[i]), i + 1 < bytes.count,
        Self.isWord(bytes[i + 1])
      {
        i += 1
      } else {
        break
      }
    }
    return start..<end
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
      || byte >= 0x80
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }
}
