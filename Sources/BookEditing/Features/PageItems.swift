import BookBuilding

extension CellHelp.Item {
  /// One of a language server's items; nil for what cannot be put in at the place of the question.
  init?(_ item: JSON, in question: CellHelp.Question) {
    guard let label = item["label"]?.text else { return nil }
    let edit = item["textEdit"]
    let written = edit?["newText"]?.text ?? item["insertText"]?.text ?? label
    let snippet = item["insertTextFormat"]?.whole == 2 ? Snippet(written) : Snippet(plain: written)
    var from = question.character - question.wordLength
    if let range = EditorRange(edit?["range"]) {
      guard range.start.line == question.line, range.start.character <= question.character
      else { return nil }
      from = range.start.character
    }
    let documentation = item["documentation"]
    self.init(
      label: label, detail: item["detail"]?.text ?? "",
      meaning: documentation?["value"]?.text ?? documentation?.text ?? "", text: snippet.text,
      from: from, selected: snippet.selected.map { [$0.lowerBound, $0.upperBound] } ?? [])
  }
}

extension CellHelp.Question {
  /// Units of the name that ends at the place.
  fileprivate var wordLength: Int {
    let place = EditedText(bytes: text).text(ofLine: line).utf16.prefix(character)
    return String(place)?.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      .reduce(0) { $0 + $1.utf16.count } ?? 0
  }
}

/// Text with places to fill in, as the protocol writes it: `f(${1:x}, $2)$0`.
struct Snippet: Equatable {
  private(set) var text = ""
  /// UTF-16 units of the place to fill in first; nil where there is none.
  private(set) var selected: Range<Int>?
  private var lowest = Int.max

  init(plain text: String) { self.text = text }

  init(_ written: String) {
    var rest = Substring(written)
    read(&rest, nested: false)
  }

  private mutating func read(_ rest: inout Substring, nested: Bool) {
    while let character = rest.popFirst() {
      switch character {
      case "\\": if let literal = rest.popFirst() { text.append(literal) }
      case "}" where nested: return
      case "$": readPlace(&rest)
      default: text.append(character)
      }
    }
  }

  /// After the dollar.
  private mutating func readPlace(_ rest: inout Substring) {
    let inBraces = rest.first == "{"
    var ahead = inBraces ? rest.dropFirst() : rest
    let digits = ahead.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else {
      text.append("$")
      return
    }
    ahead.removeFirst(digits.count)
    let start = text.utf16.count
    if inBraces {
      if ahead.first == ":" { ahead.removeFirst() }
      read(&ahead, nested: true)
    }
    rest = ahead
    // The last place is where the caret goes, once the others are filled in.
    let order = number == 0 ? Int.max - 1 : number
    if order < lowest { (lowest, selected) = (order, start..<text.utf16.count) }
  }
}
