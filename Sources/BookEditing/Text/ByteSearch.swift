import Foundation

/// What is asked of the bytes of a long chapter at every stroke, by whole blocks of them.
enum ByteSearch {
  private static let block = 4096

  /// How many bytes two texts begin and end with in common; the two stretches may overlap.
  static func commonEnds(
    _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer
  ) -> (beginning: Int, end: Int) {
    let shorter = min(a.count, b.count)
    guard shorter > 0, let first = a.baseAddress, let second = b.baseAddress else { return (0, 0) }
    var beginning = 0
    while beginning + block <= shorter, memcmp(first + beginning, second + beginning, block) == 0 {
      beginning += block
    }
    while beginning < shorter, a[beginning] == b[beginning] { beginning += 1 }
    var end = 0
    while end + block <= shorter,
      memcmp(first + (a.count - end - block), second + (b.count - end - block), block) == 0
    {
      end += block
    }
    while end < shorter, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    return (beginning, end)
  }

  static func contains(_ byte: UInt8, in text: [UInt8]) -> Bool {
    text.withUnsafeBytes { text in
      text.baseAddress.map { memchr($0, Int32(byte), text.count) != nil } ?? false
    }
  }

  static func places(of byte: UInt8, in text: UnsafeRawBufferPointer) -> [Int] {
    guard let start = text.baseAddress else { return [] }
    let end = start + text.count
    var places: [Int] = []
    var place = start
    while place < end, let found = memchr(place, Int32(byte), end - place) {
      places.append(UnsafeRawPointer(found) - start)
      place = UnsafeRawPointer(found) + 1
    }
    return places
  }

  /// A text with a line feed in the place of every carriage return, or of both together.
  static func withLineFeeds(_ text: [UInt8]) -> [UInt8] {
    guard contains(0x0D, in: text) else { return text }
    return text.withUnsafeBytes { text in
      [UInt8](unsafeUninitializedCapacity: text.count) { result, count in
        var start = 0
        func append(upTo end: Int) {
          guard end > start else { return }
          memcpy(result.baseAddress! + count, text.baseAddress! + start, end - start)
          count += end - start
        }
        for place in places(of: 0x0D, in: text) {
          append(upTo: place)
          start = place + 1
          if start < text.count, text[start] == 0x0A { continue }
          result[count] = 0x0A
          count += 1
        }
        append(upTo: text.count)
      }
    }
  }

  static func count(_ byte: UInt8, in text: UnsafeRawBufferPointer) -> Int {
    guard var place = text.baseAddress else { return 0 }
    let end = place + text.count
    var count = 0
    while place < end, let found = memchr(place, Int32(byte), end - place) {
      count += 1
      place = UnsafeRawPointer(found) + 1
    }
    return count
  }
}
