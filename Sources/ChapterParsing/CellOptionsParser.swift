import BookModel

/// Collects the words of an info string and of `//|` lines, and makes `CellOptions` of them.
struct CellOptionsParser {
  /// A word where the author wrote it; `value` is empty for words that take none.
  struct Given {
    var word: CellWord
    var value: Located<String>
    var range: SourceRange
  }

  let source: SourceText
  let infoRange: SourceRange
  private var given: [Given] = []

  init(source: SourceText, infoRange: SourceRange) {
    self.source = source
    self.infoRange = infoRange
  }

  /// - Parameter base: column at which the info string begins, its `swift` included.
  mutating func readInfo(_ words: ArraySlice<UInt8>, base: Int, _ problems: inout Problems) {
    let line = infoRange.start.line
    let offset = base - 1 + "swift".utf8.count
    func place(_ range: Range<Int>) -> SourceRange {
      source.range(line: line, range.lowerBound + offset..<range.upperBound + offset)
    }
    switch splitInfoString(words) {
    case .failure(let mistake):
      problems.add(.cellWordValue, at: place(mistake.range), mistake.message)
    case .success(let words):
      var isInText = false
      for (index, word) in words.enumerated() {
        let range = place(word.range)
        if isInText, CellWord(rawValue: word.key) == nil { continue }
        isInText = false
        if let message = looseText(words[index...]) {
          problems.add(.cellWordValue, at: range, message)
          isInText = true
          continue
        }
        guard let known = CellWord(rawValue: word.key) else {
          problems.add(.unknownCellWord, at: range, unknown(word))
          continue
        }
        add(
          known, word.value.map { Located($0, at: place(word.valueRange ?? word.range)) }, range,
          &problems)
      }
    }
  }

  /// For a text without the straight quotation marks that hold its words together; nil for others.
  private func looseText(_ words: ArraySlice<InfoWord>) -> String? {
    guard let first = words.first, let value = first.value,
      let word = CellWord(rawValue: first.key),
      [.caption, .alt, .predict, .expect].contains(word)
    else { return nil }
    let column =
      infoRange.start.column - 1 + "swift".utf8.count + (first.valueRange?.lowerBound ?? 0)
    if source.line(infoRange.start.line).dropFirst(column).first == UInt8(ascii: "\"") {
      return nil
    }
    let following = words.dropFirst().prefix { CellWord(rawValue: $0.key) == nil }
    let text = ([value] + following.map(\.text)).joined(separator: " ")
    let marks = "“”„‟«»‘’‚'"
    if let mark = value.first, marks.contains(mark) {
      let bare = text.filter { !marks.contains($0) }
      return "value of '\(first.key)' stands between other marks than straight ones; write "
        + "\(first.key)=\"\(bare)\""
    }
    return following.isEmpty
      ? nil
      : "value of '\(first.key)' has spaces in it, so it needs quotation marks: "
        + "\(first.key)=\"\(text)\""
  }

  /// The text of a `//|` line after its marker.
  mutating func readLine(
    _ text: Substring, at place: SourcePosition, _ problems: inout Problems
  ) {
    let bytes = Array(text.utf8)
    func range(_ part: ArraySlice<UInt8>) -> SourceRange {
      let column = place.column - 1 + part.startIndex
      return source.range(line: place.line, column..<column + part.count)
    }
    let line = bytes[...].trimmed
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
      problems.add(
        .optionLine, at: range(line),
        "option line must read '//| key: value', such as '//| caption: Loss over 500 epochs'")
      return
    }
    let keyBytes = line[..<colon].trimmed
    let key = String(decoding: keyBytes, as: UTF8.self)
    let value = line[(colon + 1)...].trimmed
    guard let word = CellWord(rawValue: key) else {
      problems.add(
        .unknownCellWord, at: range(keyBytes),
        unknown(
          InfoWord(key: key, value: String(decoding: value, as: UTF8.self), range: 0..<0),
          isOptionLine: true))
      return
    }
    guard word.takesValue else {
      problems.add(
        .cellWordValue, at: range(line),
        "cell word '\(key)' takes no value; write it after 'swift' in the fence line")
      return
    }
    add(word, Located(Self.unquoted(value), at: range(value)), range(line), &problems)
  }

  /// The key of an option line that names a known word.
  func knownKey(of text: Substring) -> String? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let key = String(decoding: Array(text.utf8[..<colon])[...].trimmed, as: UTF8.self)
    return CellWord(rawValue: key)?.rawValue
  }

  private mutating func add(
    _ word: CellWord, _ value: Located<String>?, _ range: SourceRange, _ problems: inout Problems
  ) {
    if let first = given.first(where: { $0.word == word }) {
      problems.add(
        .duplicateCellWord, at: range, "cell word '\(word.rawValue)' is given twice",
        notes: [Diagnostic.Note("first given here", range: first.range)])
      return
    }
    if !word.takesValue, value != nil {
      problems.add(
        .cellWordValue, at: range,
        "cell word '\(word.rawValue)' takes no value; write '\(word.rawValue)'")
      return
    }
    if word.takesValue, value == nil || value?.value.isEmpty == true {
      problems.add(
        .cellWordValue, at: range,
        "cell word '\(word.rawValue)' needs a value; write '\(word.example)'")
      return
    }
    given.append(Given(word: word, value: value ?? Located("", at: range), range: range))
  }

  /// The value of a word, where it is given.
  func value(of word: CellWord) -> Located<String>? {
    given.first { $0.word == word }?.value
  }

  /// Everything said about the cell, as options that make sense together.
  func options(_ problems: inout Problems) -> CellOptions {
    CellOptionsMaker(given: given).make(&problems)
  }

  /// Words of other tools about the lines of code.
  private static let ofLines: Set<String> = [
    "linenums", "lineNumbers", "linenos", "numberLines", ".numberLines", "showLineNumbers",
    "hl_lines",
    "highlight-lines", "emphasize-lines", "code-line-numbers",
  ]

  private func unknown(_ word: InfoWord, isOptionLine: Bool = false) -> String {
    let prefix = "cell word '\(word.key)' doesn't exist"
    if word.key.hasPrefix("#"), word.key.count > 1, word.value == nil {
      return "\(prefix); a name is given by 'id=\(word.key.dropFirst())'"
    }
    if word.text.wholeMatch(of: #/\{[\d,\- ]*\}?/#) != nil || Self.ofLines.contains(word.key) {
      return
        "\(prefix); lines are neither numbered nor marked, but '// <1>' at the end of one gives it a note"
    }
    if let known = CellWord.known(elsewhereAs: word.text) {
      return "cell word '\(word.text)' doesn't exist; nnbook's word is '\(known.example)'"
    }
    if let known = CellWord.known(elsewhereAs: word.key), known == .id, !isOptionLine,
      let value = word.value, !value.isEmpty, value.utf8.allSatisfy({ $0 > 0x20 })
    {
      return "cell word '\(word.text)' doesn't exist; nnbook's word is 'id=\(value)'"
    }
    if let known = CellWord.known(elsewhereAs: word.key) {
      let shown = isOptionLine ? word.key : word.text
      return "cell word '\(shown)' doesn't exist; nnbook's word is '\(known.example)'"
    }
    if word.key.contains(",") {
      return "\(prefix); words are separated by spaces, not commas"
    }
    let bare = word.key.trimmingPrefix { $0 == "." || $0 == "{" }.prefix { $0 != "}" }
    if bare.count < word.key.count,
      let known = CellWord(rawValue: String(bare)) ?? CellWord.known(elsewhereAs: String(bare))
    {
      return "\(prefix); did you mean '\(known.example)'?"
    }
    if let near = nearest(to: word.key, in: CellWord.allCases.map(\.rawValue)),
      let known = CellWord(rawValue: near)
    {
      return "\(prefix); did you mean '\(known.example)'?"
    }
    return
      "\(prefix); words are \(CellWord.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))"
  }

  /// A value between quotation marks loses them.
  private static func unquoted(_ bytes: ArraySlice<UInt8>) -> String {
    let quote = UInt8(ascii: "\"")
    guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else {
      return String(decoding: bytes, as: UTF8.self)
    }
    var value: [UInt8] = []
    var isEscaped = false
    for byte in bytes.dropFirst().dropLast() {
      if !isEscaped, byte == UInt8(ascii: "\\") {
        isEscaped = true
        continue
      }
      if isEscaped, byte != quote, byte != UInt8(ascii: "\\") { value.append(UInt8(ascii: "\\")) }
      value.append(byte)
      isEscaped = false
    }
    if isEscaped { value.append(UInt8(ascii: "\\")) }
    return String(decoding: value, as: UTF8.self)
  }
}
