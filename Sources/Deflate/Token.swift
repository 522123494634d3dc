/// A byte, or a piece that stood before: so many bytes, from so far back.
struct Token {
  /// 1 for a byte, otherwise 3...258.
  var length: Int
  /// 0 for a byte, otherwise 1...32768.
  var distance: Int
  var byte: UInt8

  /// Where a piece that begins one byte later is longer, the first byte stands alone.
  static func all(in bytes: [UInt8]) -> [Token] {
    bytes.withUnsafeBufferPointer { bytes in
      var found = Occurrences(bytes)
      var tokens: [Token] = []
      var position = 0
      var next = found.longest(at: 0, above: 2)
      while position < bytes.count {
        let here = next
        found.add(position)
        next = found.longest(at: position + 1, above: max(here.length, 2))
        if here.length < 3 || next.length > here.length {
          tokens.append(Token(length: 1, distance: 0, byte: bytes[position]))
          position += 1
          continue
        }
        tokens.append(here)
        for passed in position + 1..<position + here.length { found.add(passed) }
        position += here.length
        next = found.longest(at: position, above: 2)
      }
      return tokens
    }
  }
}

/// Where each three bytes stood, latest first.
private struct Occurrences {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var latest = [Int32](repeating: -1, count: 1 << 16)
  private var earlier: [Int32]

  /// How many places are looked at for one piece.
  private static let patience = 1024
  private static let window = 32768
  private static let longestPiece = 258
  /// A piece of three bytes from further away costs more than the bytes.
  private static let tooFarForThree = 4096

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    earlier = [Int32](repeating: -1, count: bytes.count)
  }

  private func slot(_ position: Int) -> Int {
    let three =
      UInt32(bytes[position]) << 16 | UInt32(bytes[position + 1]) << 8
      | UInt32(bytes[position + 2])
    return Int((three &* 0x9E37_79B1) >> 16)
  }

  mutating func add(_ position: Int) {
    guard position + 2 < bytes.count else { return }
    let slot = slot(position)
    earlier[position] = latest[slot]
    latest[slot] = Int32(position)
  }

  /// The longest piece that stood before, if longer than `least`; else one of length 0.
  func longest(at position: Int, above least: Int) -> Token {
    var best = Token(length: 0, distance: 0, byte: 0)
    let limit = min(Self.longestPiece, bytes.count - position)
    guard limit > least else { return best }
    var length = least
    var candidate = Int(latest[slot(position)])
    var patience = Self.patience
    while candidate >= 0, position - candidate <= Self.window, patience > 0, length < limit {
      if bytes[candidate + length] == bytes[position + length] {
        var equal = 0
        while equal < limit, bytes[candidate + equal] == bytes[position + equal] { equal += 1 }
        if equal > length, equal > 3 || position - candidate <= Self.tooFarForThree {
          length = equal
          best = Token(length: equal, distance: position - candidate, byte: 0)
        }
      }
      candidate = Int(earlier[candidate])
      patience -= 1
    }
    return best
  }
}
