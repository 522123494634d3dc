import BookModel

/// By what the runner knows whose record it reads: a word for every cell and inline value of a
/// program, drawn anew for each program. A word stands in the code that runs when its cell begins,
/// and nowhere else: not in the program's environment, and in no channel that a cell before could
/// read. A cell that learns its own word can say no more with it than it could show.
struct RecordKeys: Hashable, Sendable {
  struct Key: Hashable, Sendable {
    var high: UInt64
    var low: UInt64

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
  init(cells: some Sequence<Int>, inlineValues: some Sequence<Int>) {
    for index in cells { keys[index] = .random() }
    for index in inlineValues { inlineKeys[index] = .random() }
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
