import Markdown

/// Straight quotation marks and dots of typewriters, set as print sets them: “…”, ‘…’, ’ and ….
///
/// Only English text is touched, since other languages quote in other ways. Code, formulas and
/// markup are not text, so they keep their characters.
struct Typography {
  /// The character before the next one of the same paragraph; a space at its beginning.
  private var previous: Character = " "

  static func applies(to language: String) -> Bool {
    language == "en" || language.hasPrefix("en-")
  }

  static func set(_ nodes: [KnownNode]) {
    var typography = Typography()
    for known in nodes {
      switch known.kind {
      case .text(let text):
        guard let set = typography.set(text) else { continue }
        known.node.replace(with: [.text(set)])
      case .code, .formula, .htmlInline, .image, .footnoteReference: typography.previous = "x"
      case .softBreak, .lineBreak: typography.previous = " "
      default: if known.node.isBlock { typography.previous = " " }
      }
    }
  }

  static func set(_ text: String) -> String {
    var typography = Typography()
    return typography.set(text) ?? text
  }

  /// Nil where nothing changes.
  mutating func set(_ text: String) -> String? {
    let marks: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ".")]
    guard text.utf8.contains(where: marks.contains) else {
      previous = text.last ?? previous
      return nil
    }
    var result = ""
    for character in text {
      switch character {
      case "\"": result.append(opens ? "“" : "”")
      case "'": result.append(opens ? "‘" : "’")
      case "." where result.hasSuffix(".."):
        result.removeLast(2)
        result.append("…")
      default: result.append(character)
      }
      previous = result.last ?? character
    }
    return result == text ? nil : result
  }

  private var opens: Bool { previous.isWhitespace || "([{–—“‘/".contains(previous) }
}
