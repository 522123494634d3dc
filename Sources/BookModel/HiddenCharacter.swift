/// A character that shows as nothing, or turns around the order in which others show: code that holds
/// one is not what it looks like.
package struct HiddenCharacter: Hashable, Sendable {
  /// Bytes from the beginning of the text.
  package var offset: Int
  package var scalar: Unicode.Scalar

  /// As `U+202E`.
  package var name: String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  package var summary: String {
    "the code holds the invisible character \(name), \(meaning); the page shows it as '\(name)', and "
      + "in a string it can be written as '\\u{\(String(scalar.value, radix: 16, uppercase: true))}'"
  }

  private var meaning: String {
    switch scalar.value {
    case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069:
      "which changes the order in which text is shown"
    default: "which nobody sees"
    }
  }

  /// Joiners within words and emoji are not among them: they have a meaning that shows.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x09, 0x0B...0x0C, 0x0E..<0x20, 0x7F..<0xA0, 0xAD, 0x061C, 0x115F...0x1160, 0x180E,
      0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0,
      0xFFF9...0xFFFB:
      true
    default: false
    }
  }

  package static func all(in text: String) -> [HiddenCharacter] {
    // Nearly all code has none.
    guard text.utf8.contains(where: { $0 >= 0x80 || $0 < 0x20 && $0 != 0x0A && $0 != 0x09 }) else {
      return []
    }
    var found: [HiddenCharacter] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      if isHidden(scalar) { found.append(HiddenCharacter(offset: offset, scalar: scalar)) }
      offset += UTF8.width(scalar)
    }
    return found
  }
}
