import Markdown

/// Chinese and Japanese are written without spaces, so that a line of the author's file that ends
/// within a sentence must leave none in the page.
enum UnspacedText {
  static func applies(to language: String) -> Bool {
    ["zh", "ja"].contains(InterfaceWords.primary(language))
  }

  /// Takes out the line breaks that stand between two characters of such a script.
  static func join(_ nodes: [KnownNode]) {
    for known in nodes {
      guard case .softBreak = known.kind, let last = known.node.previous?.plainText.last,
        let first = known.node.next?.plainText.first, isUnspaced(last), isUnspaced(first)
      else { continue }
      known.node.remove()
    }
  }

  private static func isUnspaced(_ character: Character) -> Bool {
    switch character.unicodeScalars.first?.value ?? 0 {
    // Punctuation, kana, signs, their full-width forms, and the ideographs.
    case 0x3000...0x30FF, 0x31F0...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFFEF,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
