import BookModel
import Markdown

/// A book's own stylesheet, read as far as it can break a page or ask for what is not there: files,
/// variables, and what is never closed.
package struct ThemeStyle {
  private let file: ThemeFile
  private let bytes: [UInt8]
  private let paths: [String]?
  private let variables: [String]

  private var i = 0
  private var declared: Set<String> = []
  private var used: [(name: String, offset: Int)] = []
  private var open: [(mark: UInt8, offset: Int)] = []
  /// Of those that are open.
  private var braces = 0
  private var problems: [Diagnostic] = []

  /// - Parameters:
  ///   - path: as the author would type it.
  ///   - files: paths below the theme's folder of what it may show; nil where it can show none.
  package static func problems(in text: String, path: String, files: [String]?) -> [Diagnostic] {
    var style = ThemeStyle(text, path, files)
    style.read()
    return style.problems
  }

  private init(_ text: String, _ path: String, _ files: [String]?) {
    file = ThemeFile(path: path, text: text)
    bytes = Array(text.utf8)
    paths = files
    variables = Theme.variables.map(\.name)
  }

  private mutating func read() {
    while i < bytes.count {
      let start = i
      switch bytes[i] {
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"): skipComment()
      case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
      case UInt8(ascii: "\\"): i += 2
      case UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "["):
        open.append((bytes[i], i))
        if bytes[i] == 0x7B { braces += 1 }
        i += 1
      case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"):
        close(bytes[i])
        i += 1
      case UInt8(ascii: "@"):
        i += 1
        if word().lowercased() == "import" {
          add(
            start..<i, "'@import' asks for another file; all of the style stands in '\(file.path)'")
        }
      case let byte where Self.isWord(byte): readWord()
      default: i += 1
      }
    }
    for (mark, offset) in open { addUnclosed(String(UnicodeScalar(mark)), offset) }
    for (name, offset) in used where !declared.contains(name) && !variables.contains(name) {
      if problems.count > Diagnostic.mostOfAFile { break }
      let near = nearest(to: name, in: variables + declared.sorted())
      add(
        offset..<offset + name.utf8.count + 2,
        "variable '--\(name)' "
          + (near.map { "doesn't exist; did you mean '--\($0)'?" }
            ?? "is neither one of the pages' nor defined here"))
    }
  }

  private mutating func readWord() {
    let start = i
    let word = word().lowercased()
    if word.hasPrefix("--") {
      let name = String(decoding: bytes[start + 2..<i], as: UTF8.self)
      skipSpaces()
      if i < bytes.count, bytes[i] == UInt8(ascii: ":") { declared.insert(name) }
      return
    }
    guard i < bytes.count, bytes[i] == UInt8(ascii: "(") else { return }
    switch word {
    case "url": readAddress(from: start)
    case "var":
      open.append((bytes[i], i))
      i += 1
      skipSpaces()
      let offset = i
      let name = self.word()
      skipSpaces()
      let hasFallback = i < bytes.count && bytes[i] == UInt8(ascii: ",")
      if name.hasPrefix("--"), !hasFallback { used.append((String(name.dropFirst(2)), offset)) }
    default: break
    }
  }

  private mutating func readAddress(from start: Int) {
    let parenthesis = i
    i += 1
    skipSpaces()
    let address: String
    if i < bytes.count, bytes[i] == UInt8(ascii: "\"") || bytes[i] == UInt8(ascii: "'") {
      address = string()
      skipSpaces()
    } else {
      let from = i
      while i < bytes.count, bytes[i] != UInt8(ascii: ")"), bytes[i] != 0x0A { i += 1 }
      var end = i
      while end > from, bytes[end - 1] == 0x20 { end -= 1 }
      address = String(decoding: bytes[from..<end], as: UTF8.self)
    }
    guard i < bytes.count, bytes[i] == UInt8(ascii: ")") else {
      addUnclosed("(", parenthesis)
      return
    }
    i += 1
    check(address, at: start..<i)
  }

  private mutating func check(_ address: String, at range: Range<Int>) {
    if address.hasPrefix("#") || address.hasPrefix("data:") { return }
    guard let paths else {
      add(range, "an EPUB's stylesheet shows no files; 'url(…)' belongs into 'style.css'")
      return
    }
    let name = address.prefix { $0 != "?" && $0 != "#" }
    var path = Substring(name)
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    if address.hasPrefix("/") || path.contains(":") || path.hasPrefix("../") {
      add(
        range,
        "address '\(address)' leads out of the theme; pages ask no other host for anything, so copy "
          + "the file into 'theme/'")
    } else if !paths.contains(String(path)) {
      let near = nearest(to: String(path), in: paths)
      add(
        range,
        "file '\(path)' is not in 'theme/'"
          + (near.map { "; did you mean '\($0)'?" } ?? ", where the stylesheet looks for it"))
    }
  }

  // MARK: Characters

  private var next: UInt8? { i + 1 < bytes.count ? bytes[i + 1] : nil }

  private mutating func word() -> String {
    let start = i
    while i < bytes.count, Self.isWord(bytes[i]) { i += 1 }
    return String(decoding: bytes[start..<i], as: UTF8.self)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D
      || byte == 0x5F || byte >= 0x80
  }

  private mutating func skipSpaces() {
    while i < bytes.count, bytes[i] == 0x20 || (0x09...0x0D).contains(bytes[i]) { i += 1 }
  }

  private mutating func skipComment() {
    let start = i
    i += 2
    while i < bytes.count {
      if bytes[i] == UInt8(ascii: "*"), next == UInt8(ascii: "/") {
        i += 2
        return
      }
      i += 1
    }
    addUnclosed("/*", start)
  }

  /// A line's end ends what its author forgot to close.
  private mutating func string() -> String {
    let start = i
    let quote = bytes[i]
    i += 1
    while i < bytes.count, bytes[i] != quote, bytes[i] != 0x0A {
      i += bytes[i] == UInt8(ascii: "\\") ? 2 : 1
    }
    i = min(i, bytes.count)
    let text = String(decoding: bytes[start + 1..<i], as: UTF8.self)
    if i < bytes.count, bytes[i] == quote {
      i += 1
    } else {
      addUnclosed(String(UnicodeScalar(quote)), start)
    }
    return text
  }

  private mutating func close(_ mark: UInt8) {
    let pairs: [UInt8: UInt8] = [0x7D: 0x7B, 0x29: 0x28, 0x5D: 0x5B]
    if let last = open.last, last.mark == pairs[mark] {
      open.removeLast()
      if mark == UInt8(ascii: "}") { braces -= 1 }
    } else if mark == UInt8(ascii: "}"), braces > 0,
      let brace = open.lastIndex(where: { $0.mark == 0x7B })
    {
      for (mark, offset) in open[(brace + 1)...] {
        addUnclosed(String(UnicodeScalar(mark)), offset)
      }
      open.removeSubrange(brace...)
      braces -= 1
    } else {
      add(i..<i + 1, "'\(UnicodeScalar(mark))' closes nothing")
    }
  }

  private mutating func addUnclosed(_ mark: String, _ offset: Int) {
    add(offset..<offset + mark.utf8.count, "'\(mark)' is never closed")
  }

  private mutating func add(_ range: Range<Int>, _ summary: String) {
    if problems.count > Diagnostic.mostOfAFile { return }
    problems.append(file.diagnostic(.themeStyle, at: range, summary))
  }
}
