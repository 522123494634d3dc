/// Makes variants of texts, the same ones for the same seed on every machine.
public struct Mutator {
  private let seeds: [[UInt8]]
  private let tokens: [[UInt8]]
  private var state: UInt64

  /// - Parameters:
  ///   - seeds: texts to begin with; at least one.
  ///   - tokens: pieces with a meaning to what is tested, put in at random places.
  public init(seeds: [[UInt8]], tokens: [String], seed: UInt64) {
    precondition(!seeds.isEmpty)
    self.seeds = seeds
    self.tokens = tokens.map { Array($0.utf8) }
    state = seed
  }

  /// One of the texts after one to eight changes.
  public mutating func next() -> [UInt8] {
    var text = seeds[random(seeds.count)]
    for _ in 0..<1 + random(8) { change(&text) }
    return text
  }

  /// A number from 0 up to, but not including, `limit`. The generator is SplitMix64.
  public mutating func random(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(max(limit, 1)))
  }

  private mutating func change(_ text: inout [UInt8]) {
    let place = random(text.count + 1)
    switch random(10) {
    case 0, 1, 2:
      text.insert(contentsOf: tokens[random(tokens.count)], at: place)
    case 3:
      text.removeSubrange(stretch(of: text, from: place))
    case 4:
      let copied = Array(text[stretch(of: text, from: place)])
      text.insert(contentsOf: copied, at: random(text.count + 1))
    case 5:
      let other = seeds[random(seeds.count)]
      text.insert(contentsOf: other[stretch(of: other, from: random(other.count + 1))], at: place)
    case 6 where place < text.count:
      text[place] = UInt8(random(256))
    case 7:
      let prefix = tokens[random(tokens.count)]
      var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
      let first = random(lines.count)
      for i in first..<min(lines.count, first + 1 + random(4)) { lines[i] = prefix + lines[i] }
      text = Array(lines.joined(separator: [0x0A]))
    case 8:
      let token = tokens[random(tokens.count)]
      let repeated = Array(repeatElement(token, count: 1 + random(40)).joined())
      text.insert(contentsOf: repeated, at: place)
    default:
      var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
      lines.swapAt(random(lines.count), random(lines.count))
      text = Array(lines.joined(separator: [0x0A]))
    }
    if text.count > 20_000 { text.removeLast(text.count - 20_000) }
  }

  private mutating func stretch(of text: [UInt8], from start: Int) -> Range<Int> {
    start..<min(text.count, start + random(random(2) == 0 ? 8 : 200))
  }
}
