/// Tokens with the codes that suit them.
struct Block {
  private let tokens: ArraySlice<Token>
  private let literals: PrefixCode
  private let distances: PrefixCode

  private static let end = 256

  init(_ tokens: ArraySlice<Token>) {
    self.tokens = tokens
    var literals = [Int](repeating: 0, count: 286)
    var distances = [Int](repeating: 0, count: 30)
    literals[Self.end] = 1
    for token in tokens {
      if token.distance == 0 {
        literals[Int(token.byte)] += 1
      } else {
        literals[Class.length(token.length).symbol] += 1
        distances[Class.distance(token.distance).symbol] += 1
      }
    }
    self.literals = PrefixCode(literals, longest: 15)
    self.distances = PrefixCode(distances, longest: 15)
  }

  func write(to output: inout BitWriter, isLast: Bool) {
    output.write(isLast ? 1 : 0, count: 1)
    output.write(2, count: 2)
    writeCodes(to: &output)
    for token in tokens {
      if token.distance == 0 {
        literals.write(Int(token.byte), to: &output)
        continue
      }
      for (code, kind) in [
        (literals, Class.length(token.length)), (distances, Class.distance(token.distance)),
      ] {
        code.write(kind.symbol, to: &output)
        output.write(kind.rest, count: kind.bits)
      }
    }
    literals.write(Self.end, to: &output)
  }

  /// The lengths of both codes' words, in a third code, whose own lengths stand before it.
  private func writeCodes(to output: inout BitWriter) {
    let literalCount = (literals.lengths.lastIndex { $0 > 0 } ?? 0) + 1
    let distanceCount = (distances.lengths.lastIndex { $0 > 0 } ?? 0) + 1
    let runs = Run.all(
      in: literals.lengths[..<literalCount] + distances.lengths[..<distanceCount])
    var frequencies = [Int](repeating: 0, count: 19)
    for run in runs { frequencies[run.symbol] += 1 }
    let code = PrefixCode(frequencies, longest: 7)
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    let orderCount = max(4, (order.lastIndex { code.lengths[$0] > 0 } ?? 0) + 1)
    output.write(literalCount - 257, count: 5)
    output.write(distanceCount - 1, count: 5)
    output.write(orderCount - 4, count: 4)
    for symbol in order[..<orderCount] { output.write(code.lengths[symbol], count: 3) }
    for run in runs {
      code.write(run.symbol, to: &output)
      output.write(run.rest, count: run.bits)
    }
  }
}

/// Lengths and distances are written as a class, and bits that say which of the class.
private struct Class {
  var symbol: Int
  var bits: Int
  var rest: Int

  /// Four classes for each doubling, but for the longest piece, which has one of its own.
  static func length(_ length: Int) -> Class {
    if length == 258 { return Class(symbol: 285, bits: 0, rest: 0) }
    return Class(length - 3, first: 257, perDoubling: 2)
  }

  /// Two classes for each doubling.
  static func distance(_ distance: Int) -> Class {
    Class(distance - 1, first: 0, perDoubling: 1)
  }

  /// - Parameter shift: there are two to this power classes for each doubling.
  private init(_ value: Int, first: Int, perDoubling shift: Int) {
    let magnitude = Int.bitWidth - value.leadingZeroBitCount
    bits = max(magnitude - 1 - shift, 0)
    symbol = first + (bits << shift) + value >> bits
    rest = value & (1 << bits - 1)
  }

  private init(symbol: Int, bits: Int, rest: Int) {
    self.symbol = symbol
    self.bits = bits
    self.rest = rest
  }
}

/// A word's length, or a repetition: 16 of the length before, 17 and 18 of zeros.
private struct Run {
  var symbol: Int
  var bits = 0
  var rest = 0

  static func all(in lengths: ArraySlice<Int>) -> [Run] {
    var runs: [Run] = []
    var position = lengths.startIndex
    while position < lengths.endIndex {
      let length = lengths[position]
      let count = lengths[position...].prefix { $0 == length }.count
      if length == 0, count >= 3 {
        let taken = min(count, 138)
        runs.append(
          taken > 10
            ? Run(symbol: 18, bits: 7, rest: taken - 11) : Run(symbol: 17, bits: 3, rest: taken - 3)
        )
        position += taken
        continue
      }
      runs.append(Run(symbol: length))
      position += 1
      if length > 0, count >= 4 {
        let taken = min(count - 1, 6)
        runs.append(Run(symbol: 16, bits: 2, rest: taken - 3))
        position += taken
      }
    }
    return runs
  }
}
