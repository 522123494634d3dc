import Foundation

/// The first line of a fence.
struct FenceOpening {
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
  var isRule: Bool {
    (starts(with: "---".utf8) || starts(with: "...".utf8)) && count < 80
      && dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Without the marks of quotes and the blanks before the text.
  var withoutContainers: (text: ArraySlice<UInt8>, isQuoted: Bool) {
    var rest = drop { $0 == 0x20 || $0 == 0x09 }
    var isQuoted = false
    while rest.first == UInt8(ascii: ">") {
      isQuoted = true
      rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
    }
    return (rest, isQuoted)
  }

  /// Bytes of a list item's mark and the blanks after it.
  var listMarkerWidth: Int? {
    let digits = prefix { (0x30...0x39).contains($0) }.count
    let rest = dropFirst(digits)
    guard let mark = rest.first, digits > 0 ? ".)".utf8.contains(mark) : "-*+".utf8.contains(mark)
    else { return nil }
    let blanks = rest.dropFirst().prefix { $0 == 0x20 || $0 == 0x09 }.count
    return blanks == 0 ? nil : digits + 1 + Swift.min(blanks, 4)
  }

  var afterListMarkers: ArraySlice<UInt8> {
    var rest = self
    while let width = rest.listMarkerWidth { rest = rest.dropFirst(width) }
    return rest
  }

  var beginsHTMLBlock: Bool {
    guard first == UInt8(ascii: "<"), let next = dropFirst().first else { return false }
    return next == UInt8(ascii: "/") || (0x61...0x7A).contains(next | 0x20)
  }

  func holds(_ text: String) -> Bool {
    let word = Array(text.utf8)
    return indices.contains { self[$0...].starts(with: word) }
  }

  /// Where a run of exactly `count` marks ends.
  func endOfRun(of mark: UInt8, count: Int) -> Int? {
    var index = startIndex
    while index < endIndex {
      let run = self[index...].prefix { $0 == mark }.count
      if run == count { return index + run }
      index += Swift.max(run, 1)
    }
    return nil
  }

  /// The last comma that a format follows.
  var formatComma: Int? {
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

extension ArraySlice<UInt8> {
  private static let valueMarks = ["`{swift} ", "`{swift live} "].map { Array($0.utf8) }

  /// Whether a back-quote and a brace stand together in it.
  private var mayHoldValue: Bool {
    withUnsafeBytes { line in
      guard var place = line.baseAddress else { return false }
      let end = place + line.count
      while place < end, let found = memchr(place, Int32(UInt8(ascii: "{")), end - place) {
        let brace = UnsafeRawPointer(found)
        if brace > line.baseAddress!, (brace - 1).load(as: UInt8.self) == 0x60 { return true }
        place = brace + 1
      }
      return false
    }
  }

  /// Values in the text of a line.
  func inlineValues(onLine number: Int) -> [ChapterScan.Inline] {
    guard mayHoldValue else { return [] }
    var found: [ChapterScan.Inline] = []
    var rest = self
    while let start = rest.firstIndex(of: 0x60) {
      rest = rest[(start + 1)...]
      // Two back-quotes show it as it is.
      if rest.first == 0x60 {
        let run = rest.prefix { $0 == 0x60 }.count + 1
        rest = rest.dropFirst(run - 1)
        guard let close = rest.endOfRun(of: 0x60, count: run) else { return found }
        rest = rest[close...]
        continue
      }
      guard let end = rest.firstIndex(of: 0x60) else { return found }
      if let mark = Self.valueMarks.first(where: { self[start..<end].starts(with: $0) }) {
        let all = start + mark.count..<end
        var expression = all
        var format: Range<Int>?
        if let comma = self[all].formatComma {
          expression = all.lowerBound..<comma
          format = comma..<end
        }
        let base = startIndex
        found.append(
          ChapterScan.Inline(
            line: number, expression: expression.lowerBound - base..<expression.upperBound - base,
            format: format.map { $0.lowerBound - base..<$0.upperBound - base }))
      }
      rest = rest[(end + 1)...]
    }
    return found
  }
}
