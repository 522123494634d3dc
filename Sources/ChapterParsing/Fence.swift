import BookModel

/// The opening and closing lines of a fenced block, read from the author's text.
struct Fence {
  /// The run of back-quotes or tildes, as written.
  let marks: String
  let opening: SourceRange
  /// The words after the marks, blanks at both ends left out.
  let info: ArraySlice<UInt8>
  let infoRange: SourceRange
  let isClosed: Bool
  let firstCodeLine: Int
  /// Bytes on the opening line before the marks: quote and list prefixes, indentation.
  let indent: Int

  /// - Parameter range: of the block, from its first mark.
  init?(_ range: SourceRange, _ source: SourceText) {
    let line = source.line(range.start.line)
    let start = line.startIndex + range.start.column - 1
    guard start < line.endIndex, line[start] == 0x60 || line[start] == 0x7E else { return nil }
    let mark = line[start]
    var end = start
    while end < line.endIndex, line[end] == mark { end += 1 }
    marks = String(decoding: line[start..<end], as: UTF8.self)
    let words = line[end...].trimmed
    info = words
    let offset = words.startIndex - line.startIndex
    infoRange = source.range(line: range.start.line, offset..<offset + words.count)
    opening = source.range(
      line: range.start.line, start - line.startIndex..<end - line.startIndex)
    indent = start - line.startIndex
    firstCodeLine = range.start.line + 1
    isClosed =
      range.end.line > range.start.line
      && Self.closes(source.line(range.end.line), mark, count: end - start)
  }

  /// Whether a line ends in a run of at least `count` marks with only prefixes of containers before.
  private static func closes(_ line: ArraySlice<UInt8>, _ mark: UInt8, count: Int) -> Bool {
    let line = line.trimmed
    let run = line.reversed().prefix { $0 == mark }.count
    return run >= count
      && line.dropLast(run).allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
  }
}

extension ArraySlice<UInt8> {
  /// Without spaces, tabs and line ends at both ends.
  var trimmed: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first.isBlank { slice = slice.dropFirst() }
    while let last = slice.last, last.isBlank { slice = slice.dropLast() }
    return slice
  }
}

extension UInt8 {
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}

/// Words after `output`, which mean nothing there: what is compared, and how, the cell says.
struct OutputWords {
  let range: SourceRange
  let message: String

  /// Nil where there are none.
  init?(_ fence: Fence, _ source: SourceText) {
    let rest = fence.info.dropFirst("output".utf8.count)
    let words = rest.trimmed
    guard !words.isEmpty else { return nil }
    let column = fence.infoRange.start.column - 1 + words.startIndex - fence.info.startIndex
    range = source.range(line: fence.infoRange.start.line, column..<column + words.count)
    let text = String(decoding: words, as: UTF8.self)
    let first = text.split { $0 == " " || $0 == "\t" }.first ?? ""
    let key = first.prefix { $0 != "=" }
    message =
      CellWord(rawValue: String(key)) == nil
      ? "fence 'output' takes no words, so '\(text)' means nothing"
      : "word '\(first)' belongs to the cell; write it after '```swift' in the fence line above"
  }
}

/// What the first word after a fence says.
enum FenceLanguage {
  /// A cell, with the bytes after `swift`.
  case swift(ArraySlice<UInt8>)
  case output
  /// Meant as a cell, but spelled so that it is none.
  case mistaken(String)
  /// One slip away from `swift`.
  case nearly(String)
  /// A language in which other tools describe pictures.
  case diagram(String)
  case other

  init(_ info: ArraySlice<UInt8>) {
    let word = info.prefix { !$0.isBlank }
    let text = String(decoding: word, as: UTF8.self)
    switch text {
    case "swift": self = .swift(info.dropFirst(word.count))
    case "output": self = .output
    case "": self = .other
    default: self = Self.almost(text, whole: info)
    }
  }

  private static func almost(_ word: String, whole: ArraySlice<UInt8>) -> FenceLanguage {
    if word.lowercased() == "swift" {
      return .mistaken("fence language '\(word)' must be written 'swift'")
    }
    let info = String(decoding: whole, as: UTF8.self)
    let words = info.split { ",{}:; \t".contains($0) }
    let bare = word.lowercased().drop { $0 == "{" || $0 == "." }
    let isSwift =
      bare.hasPrefix("swift") && [",", "{", "}", ":", ";"].contains(bare.dropFirst(5).first)
    if bare.dropFirst(5).first == ":", bare.hasPrefix("swift:"), bare.count > 6 {
      let file = word.drop { $0 != ":" }.dropFirst()
      return .mistaken(
        "fence language '\(word)' is no cell; write '```swift', or '```swift from=\(file)' for the code "
          + "of that file")
    }
    if bare.hasPrefix("swift-") || bare.hasPrefix("swift_") {
      let rest = bare.dropFirst(6).split { $0 == "-" || $0 == "_" }
      let example = (["swift"] + rest.map(ours)).joined(separator: " ")
      return .mistaken("fence language '\(word)' is no cell; write '```\(example)', with spaces")
    }
    if isSwift || word.hasPrefix("{"), let place = words.firstIndex(where: Self.isSwift) {
      let example = (["swift"] + words[(place + 1)...].map(ours)).joined(separator: " ")
      return .mistaken("fence language '\(word)' is no cell; write '```\(example)', with spaces")
    }
    if word.hasPrefix("{") {
      return .mistaken("fence '\(info)' is shown as text; \(advice(for: words.first ?? ""))")
    }
    if ["mermaid", "plantuml", "graphviz"].contains(word.lowercased()) { return .diagram(word) }
    if word == "Output" || word == "OUTPUT" {
      return .mistaken("fence language '\(word)' must be written 'output'")
    }
    return word.count >= 4 && word.count <= 6 && isOneSlip(word, from: "swift")
      ? .nearly(word) : .other
  }

  private static func isSwift(_ word: Substring) -> Bool {
    ["swift", ".swift"].contains(word.lowercased())
  }

  /// `.live` and `#fig-a` of other tools, as words of ours.
  private static func ours(_ word: Substring) -> String {
    if word.hasPrefix("#") { return "id=" + word.dropFirst() }
    let bare = String(word.drop { $0 == "." })
    guard let known = CellWord.known(elsewhereAs: bare), !known.takesValue else { return bare }
    return known.rawValue
  }

  /// What to write for a fence of another tool's.
  private static func advice(for word: Substring) -> String {
    switch word.lowercased() {
    case "math": "a formula is written in a fence '```math', or between '$$' and '$$'"
    case "note", "tip", "important", "warning", "caution", "admonition", "hint", "attention",
      "danger", "seealso":
      "a note is written '> [!NOTE]'"
    case "figure", "image": "a figure is written '![what it shows](file.svg \"Caption\")'"
    case "dropdown", "toggle": "what is folded is written in '<details>'"
    case "python", "r", "julia", "js", "javascript", "bash", "code-cell", "cell", "code":
      "cells are Swift, and their fence is '```swift'"
    case let word where word.hasPrefix("."):
      "write the language without braces: '```\(word.dropFirst())'"
    default: "a language is written without braces, and a cell is '```swift'"
    }
  }

  private static func isOneSlip(_ word: String, from target: String) -> Bool {
    let a = Array(word.utf8)
    let b = Array(target.utf8)
    var start = 0
    while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
    var end = 0
    while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] {
      end += 1
    }
    let restA = a[start..<a.count - end]
    let restB = b[start..<b.count - end]
    return max(restA.count, restB.count) <= 1
      || (restA.count == 2 && restA.elementsEqual(restB.reversed()))
  }
}
