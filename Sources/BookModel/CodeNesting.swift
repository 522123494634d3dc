/// How deep Swift code nests, found in one pass and without a parser: reading code as a tree takes
/// stack for every level, and for some forms twice the time. What nests deeper than people write is
/// told before any tree is made of it.
package struct CodeNesting {
  /// Where code goes deeper than it may; what nests there.
  package struct Excess: Hashable, Sendable {
    /// Bytes from the beginning.
    package var offset: Int
    package var form: Form

    package var summary: String {
      "the code nests \(form.name) more than \(form.limit) levels deep, which is the limit; give "
        + "parts of it names of their own"
    }
  }

  package enum Form: Hashable, Sendable {
    case brackets, squareBrackets, angles, arrows, elses, conditions, chain, words

    var name: String {
      switch self {
      case .brackets: "brackets"
      case .squareBrackets: "square brackets"
      case .angles: "generic arguments"
      case .arrows: "function types"
      case .elses: "'else if'"
      case .conditions: "'#if'"
      case .chain: "members and calls"
      case .words: "prefix keywords"
      }
    }

    package var limit: Int {
      switch self {
      case .brackets: 64
      case .squareBrackets: 10
      case .angles, .arrows, .conditions: 32
      case .elses: 100
      case .chain: 500
      case .words: 16
      }
    }
  }

  package private(set) var excess: Excess?

  private enum Opening { case round, square, brace, text(hashes: Int, quotes: Int) }

  private struct Level {
    var opening: Opening?
    var squares = 0
    var angles = 0
    var arrows = 0
    var elses = 0
    var chain = 0
  }

  private let bytes: [UInt8]
  private var place = 0
  private var levels = [Level()]
  private var conditions = 0
  private var words = 0
  /// The last token that is no space or comment.
  private var last: UInt8 = 0
  private var lastWord = ""
  private var startsLine = true

  package init(_ code: String) {
    bytes = Array(code.utf8)
    while place < bytes.count, excess == nil { step() }
  }

  private var current: Level {
    get { levels[levels.count - 1] }
    set { levels[levels.count - 1] = newValue }
  }

  private func byte(_ ahead: Int = 0) -> UInt8 {
    place + ahead < bytes.count ? bytes[place + ahead] : 0
  }

  private mutating func count(_ value: Int, _ form: Form) {
    if value > form.limit, excess == nil { excess = Excess(offset: place, form: form) }
  }

  private mutating func step() {
    let byte = byte()
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      startsLine = true
      place += 1
    case UInt8(ascii: " "), UInt8(ascii: "\t"): place += 1
    case UInt8(ascii: "/") where self.byte(1) == UInt8(ascii: "/"): skipLine()
    case UInt8(ascii: "/") where self.byte(1) == UInt8(ascii: "*"): skipComment()
    default:
      // A chain goes on in the next line with a dot only.
      if startsLine, byte != UInt8(ascii: ".") { current.chain = 0 }
      startsLine = false
      token(byte)
    }
  }

  private mutating func token(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): return openText(hashes: 0)
    case UInt8(ascii: "#"): return afterHash()
    case UInt8(ascii: "("): open(.round)
    case UInt8(ascii: "["): open(.square)
    case UInt8(ascii: "{"): open(.brace)
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return close(byte)
    case UInt8(ascii: "<"):
      current.angles += 1
      count(current.angles, .angles)
    case UInt8(ascii: ">") where last == UInt8(ascii: "-"):
      current.arrows += 1
      count(current.arrows, .arrows)
    case UInt8(ascii: ">"): current.angles = max(0, current.angles - 1)
    case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"):
      current.chain += 1
      count(current.chain, .chain)
    case UInt8(ascii: ","): current.chain = 0
    case UInt8(ascii: ";"), UInt8(ascii: "="): endExpression()
    case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"),
      UInt8(ascii: "|"), UInt8(ascii: "^"):
      current.angles = 0
      current.chain = 0
    case _ where Self.isWord(byte): return word()
    default: break
    }
    if byte != UInt8(ascii: "#") { words = 0 }
    last = byte
    lastWord = ""
    place += 1
  }

  private mutating func endExpression() {
    current.angles = 0
    current.arrows = 0
    current.chain = 0
  }

  private mutating func open(_ opening: Opening) {
    var level = Level(opening: opening)
    switch opening {
    case .round, .text:
      level.squares = current.squares
      level.angles = current.angles
      level.arrows = current.arrows
    case .square:
      level.squares = current.squares + 1
      level.angles = current.angles
      level.arrows = current.arrows
    case .brace: endExpression()
    }
    levels.append(level)
    count(levels.count - 1, .brackets)
    count(level.squares, .squareBrackets)
  }

  /// Also of a bracket that nothing opened, which is for the parser to tell.
  private mutating func close(_ byte: UInt8) {
    if levels.count > 1 {
      let opening = levels.removeLast().opening
      if case .text(let hashes, let quotes)? = opening, byte == UInt8(ascii: ")") {
        place += 1
        return text(hashes: hashes, quotes: quotes)
      }
    }
    current.chain += 1
    count(current.chain, .chain)
    if byte == UInt8(ascii: "}") { endExpression() }
    words = 0
    last = byte
    lastWord = ""
    place += 1
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "`")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static let prefixes: Set = [
    "any", "await", "borrowing", "consume", "consuming", "copy", "defer", "do", "each", "inout",
    "isolated", "repeat", "return", "sending", "some", "throw", "try", "unsafe",
  ]

  private static let starts: Set = [
    "associatedtype", "case", "class", "enum", "extension", "for", "func", "guard", "import",
    "init", "let", "protocol", "struct", "subscript", "switch", "typealias", "var", "while",
  ]

  private mutating func word() {
    let start = place
    while place < bytes.count, Self.isWord(bytes[place]) { place += 1 }
    let word = place - start <= 16 ? String(decoding: bytes[start..<place], as: UTF8.self) : ""
    words = Self.prefixes.contains(word) ? words + 1 : 0
    count(words, .words)
    switch word {
    case "if" where lastWord == "else":
      current.elses += 1
      count(current.elses, .elses)
    case "if":
      current.elses = 0
      endExpression()
    case "else": break
    case _ where Self.starts.contains(word): endExpression()
    case _ where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[start]): current.angles = 0
    default: break
    }
    last = UInt8(ascii: "a")
    lastWord = word
  }

  /// A raw string, a condition of compilation, or a macro.
  private mutating func afterHash() {
    var hashes = 0
    while byte(hashes) == UInt8(ascii: "#") { hashes += 1 }
    if byte(hashes) == UInt8(ascii: "\"") {
      place += hashes
      return openText(hashes: hashes)
    }
    place += hashes
    if bytes[place...].starts(with: "if".utf8), !Self.isWord(byte(2)) {
      conditions += 1
      count(conditions, .conditions)
      place += 2
    } else if bytes[place...].starts(with: "endif".utf8) {
      conditions = max(0, conditions - 1)
      place += 5
    }
    last = UInt8(ascii: "#")
    lastWord = ""
  }

  private mutating func openText(hashes: Int) {
    let isLong = byte(1) == UInt8(ascii: "\"") && byte(2) == UInt8(ascii: "\"")
    place += isLong ? 3 : 1
    text(hashes: hashes, quotes: isLong ? 3 : 1)
  }

  /// The inside of a string up to its end, or to code within it.
  private mutating func text(hashes: Int, quotes: Int) {
    current.angles = 0
    words = 0
    last = UInt8(ascii: "\"")
    lastWord = ""
    while place < bytes.count {
      switch byte() {
      case UInt8(ascii: "\""):
        let ends =
          (0..<quotes).allSatisfy { byte($0) == UInt8(ascii: "\"") }
          && (0..<hashes).allSatisfy { byte(quotes + $0) == UInt8(ascii: "#") }
        place += ends ? quotes + hashes : 1
        if ends { return }
      case UInt8(ascii: "\\") where (0..<hashes).allSatisfy { byte(1 + $0) == UInt8(ascii: "#") }:
        if byte(1 + hashes) == UInt8(ascii: "(") {
          open(.text(hashes: hashes, quotes: quotes))
          place += hashes + 2
          return
        }
        place += hashes + 2
      case UInt8(ascii: "\n") where quotes == 1: return
      default: place += 1
      }
    }
  }

  private mutating func skipLine() {
    while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
  }

  private mutating func skipComment() {
    var depth = 0
    while place < bytes.count {
      if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
        depth += 1
        place += 2
      } else if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        depth -= 1
        place += 2
        if depth == 0 { return }
      } else {
        place += 1
      }
    }
  }
}
