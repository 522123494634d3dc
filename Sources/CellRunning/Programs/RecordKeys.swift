import BookModel
import HostSystem

/// By what the runner knows whose record it reads: a word for every cell and inline value of a
/// program, drawn anew for each program, or derived from it by whoever knows a secret. A word stands in the code that runs when its cell begins,
/// and nowhere else: not in the program's environment, and in no channel that a cell before could
/// read. A cell that learns its own word can say no more with it than it could show.
struct RecordKeys: Hashable, Sendable {
  enum Source: Sendable {
    case random
    /// The same for the same cells, and unknown to them.
    case derived(SecretKey)
  }

  struct Key: Hashable, Sendable {
    var high: UInt64
    var low: UInt64

    init(high: UInt64, low: UInt64) {
      self.high = high
      self.low = low
    }

    /// - Parameter digest: hexadecimal digits.
    init(digest: String) {
      high = UInt64(digest.prefix(16), radix: 16) ?? 0
      low = UInt64(digest.dropFirst(16).prefix(16), radix: 16) ?? 0
    }

    static func random() -> Key {
      Key(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max))
    }

    /// As records begin with it: 32 hexadecimal digits.
    var word: String { Self.digits(high) + Self.digits(low) }

    /// As arguments in a program.
    var arguments: String { "0x\(Self.digits(high)), 0x\(Self.digits(low))" }

    private static func digits(_ number: UInt64) -> String {
      let text = String(number, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }
  }

  private(set) var cells: [Int: String] = [:]
  private(set) var inlineValues: [Int: String] = [:]
  private var keys: [Int: Key] = [:]
  private var inlineKeys: [Int: Key] = [:]

  /// For the cells and values of one program.
  /// - Parameter code: of all its cells.
  init(
    cells: some Sequence<Int>, inlineValues: some Sequence<Int>, _ source: Source = .random,
    of code: [String] = []
  ) {
    let program: String?
    switch source {
    case .random: program = nil
    case .derived(let secret):
      var hash = ContentHash(key: secret)
      for part in ["words of records"] + code { hash.add(part) }
      program = hash.digest()
    }
    func key(_ kind: String, _ index: Int) -> Key {
      program.map { Key(digest: ContentHash.of($0, kind, "\(index)")) } ?? .random()
    }
    for index in cells { keys[index] = key("cell", index) }
    for index in inlineValues { inlineKeys[index] = key("value", index) }
    self.cells = keys.mapValues(\.word)
    self.inlineValues = inlineKeys.mapValues(\.word)
  }

  /// One for all cells, where what marks the records is out of their reach.
  init(sharedBy cells: some Sequence<Int>, inlineValues: some Sequence<Int>) {
    let key = Key.random()
    for index in cells { keys[index] = key }
    for index in inlineValues { inlineKeys[index] = key }
    self.inlineValues = inlineKeys.mapValues(\.word)
    self.cells = keys.mapValues(\.word)
  }

  func arguments(ofCell index: Int) -> String { keys[index]?.arguments ?? "0, 0" }
  func arguments(ofInlineValue index: Int) -> String { inlineKeys[index]?.arguments ?? "0, 0" }

  /// Every word that a record may begin with.
  var words: Set<String> { Set(cells.values).union(inlineValues.values) }

  static let wordLength = 32
}
