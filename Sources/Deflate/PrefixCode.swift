/// The shortest code for given frequencies in which no word is longer than a limit.
struct PrefixCode {
  /// Of each symbol's word; 0 for a symbol that does not occur.
  private(set) var lengths: [Int]
  /// Ready to be written: the first bit is the lowest.
  private var words: [Int]

  /// At least two symbols get a word: a code of one is not a tree to every decoder.
  init(_ frequencies: [Int], longest limit: Int) {
    var frequencies = frequencies
    for symbol in 0..<2 where frequencies.count(where: { $0 > 0 }) < 2 && frequencies[symbol] == 0 {
      frequencies[symbol] = 1
    }
    lengths = Self.lengths(frequencies, longest: limit)
    words = Self.words(lengths, longest: limit)
  }

  func write(_ symbol: Int, to output: inout BitWriter) {
    output.write(words[symbol], count: lengths[symbol])
  }

  /// "Package merge": in each round the cheapest things pair up; how often a symbol is in the
  /// cheapest things of the last round is the length of its word.
  private static func lengths(_ frequencies: [Int], longest limit: Int) -> [Int] {
    struct Package {
      var weight: Int
      var symbols: [Int]
    }
    let leaves = frequencies.indices.filter { frequencies[$0] > 0 }
      .sorted { (frequencies[$0], $0) < (frequencies[$1], $1) }
      .map { Package(weight: frequencies[$0], symbols: [$0]) }
    var round = leaves
    for _ in 1..<limit {
      var pairs: [Package] = []
      for first in stride(from: 0, to: round.count - 1, by: 2) {
        pairs.append(
          Package(
            weight: round[first].weight + round[first + 1].weight,
            symbols: round[first].symbols + round[first + 1].symbols))
      }
      round = merged(leaves, pairs) { $0.weight <= $1.weight }
    }
    var lengths = [Int](repeating: 0, count: frequencies.count)
    for package in round.prefix(2 * leaves.count - 2) {
      for symbol in package.symbols { lengths[symbol] += 1 }
    }
    return lengths
  }

  private static func merged<Element>(
    _ a: [Element], _ b: [Element], isOrdered: (Element, Element) -> Bool
  ) -> [Element] {
    var (i, j) = (0, 0)
    var result: [Element] = []
    while i < a.count || j < b.count {
      if j == b.count || i < a.count && isOrdered(a[i], b[j]) {
        result.append(a[i])
        i += 1
      } else {
        result.append(b[j])
        j += 1
      }
    }
    return result
  }

  /// Words of one length count up in the order of their symbols, and shorter ones come first.
  private static func words(_ lengths: [Int], longest limit: Int) -> [Int] {
    var words = [Int](repeating: 0, count: lengths.count)
    var next = 0
    for length in stride(from: 1, through: limit, by: 1) {
      next <<= 1
      for symbol in lengths.indices where lengths[symbol] == length {
        words[symbol] = (0..<length).reduce(0) { $0 << 1 | next >> $1 & 1 }
        next += 1
      }
    }
    return words
  }
}
