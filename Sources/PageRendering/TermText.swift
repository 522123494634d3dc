/// A text as terms are looked for in it: in one case, with a blank for whatever stands between words.
struct TermText: Hashable, Sendable {
  struct Unit: Hashable, Sendable {
    /// What is compared.
    var folded: Character
    /// As it was written; a blank or a hyphen between words.
    var original: Character
    /// In the bytes of the text.
    var range: Range<Int>
  }

  private(set) var units: [Unit] = []

  init(_ text: String) {
    var offset = 0
    for character in text {
      let range = offset..<offset + character.utf8.count
      offset = range.upperBound
      if Self.isInvisible(character) { continue }
      if character.isWhitespace {
        if let last = units.last, last.folded == " " {
          units[units.count - 1].range = last.range.lowerBound..<range.upperBound
        } else {
          units.append(Unit(folded: " ", original: " ", range: range))
        }
        continue
      }
      for folded in Self.folded(character) {
        units.append(Unit(folded: folded, original: character, range: range))
      }
    }
    foldHyphens()
  }

  /// What two spellings of one term have in common.
  var key: String { String(units.map(\.folded)) }

  /// A hyphen within a word joins as a blank does: "cross-entropy" is "cross entropy".
  private mutating func foldHyphens() {
    for i in units.indices.dropFirst().dropLast()
    where Self.isHyphen(units[i].original) && Self.isWord(units[i - 1].original)
      && Self.isWord(units[i + 1].original)
    {
      units[i].folded = " "
    }
  }

  private static func folded(_ character: Character) -> String {
    switch character {
    case "ß", "ẞ": "ss"
    case "ς": "σ"
    case "’": "'"
    default: character.lowercased()
    }
  }

  private static func isInvisible(_ character: Character) -> Bool {
    // Places where a word may be divided.
    ["\u{AD}", "\u{200B}", "\u{2060}"].contains(character)
  }

  static func isHyphen(_ character: Character) -> Bool {
    ["-", "\u{2010}", "\u{2011}"].contains(character)
  }

  static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}

extension TermText {
  /// Whether the stretch is a word of its own, or words.
  func standsAlone(_ stretch: Range<Int>) -> Bool {
    !joins(stretch.lowerBound - 1, stretch.lowerBound)
      && !joins(stretch.upperBound, stretch.upperBound - 1)
  }

  /// Whether a unit beside a stretch makes one word with what stands at the stretch's edge.
  private func joins(_ beside: Int, _ edge: Int) -> Bool {
    guard units.indices.contains(beside) else { return false }
    let (neighbor, own) = (units[beside].original, units[edge].original)
    if Self.isHyphen(neighbor) {
      let beyond = 2 * beside - edge
      return units[beside].folded == " " && units.indices.contains(beyond)
    }
    guard Self.isWord(neighbor), Self.isWord(own) else { return false }
    // A part of one character that was folded to two.
    if units[beside].range == units[edge].range { return true }
    switch (Self.spacing(of: neighbor), Self.spacing(of: own)) {
    case (.words, .words), (.katakana, .katakana): return true
    default: return false
    }
  }

  private enum Spacing { case words, katakana, none }

  /// How the script of a letter shows where words end.
  private static func spacing(of character: Character) -> Spacing {
    guard let value = character.unicodeScalars.first?.value else { return .words }
    switch value {
    case 0x30A0...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: return .katakana
    // Thai, Lao, Burmese, Khmer, Hiragana, and Chinese characters have no blanks between words; in
    // Korean, what follows a noun is written onto it.
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3040...0x309F,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      return .none
    default: return .words
    }
  }
}
