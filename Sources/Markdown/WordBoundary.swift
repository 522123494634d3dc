// Whether a formula touches a word. Money is written `US$5` and `5$`, so that a dollar beside a letter
// or digit opens no formula; beside a dash, a quotation mark or a Chinese character it may.

/// Whether the character before `end` is a letter or digit.
package func endsInWord(_ bytes: UnsafeBufferPointer<UInt8>, at end: Int) -> Bool {
  guard end > 0 else { return false }
  if bytes[end - 1] < 0x80 { return bytes[end - 1].isWord }
  var start = end - 1
  while start > 0, end - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
  return isWord(bytes[start..<end])
}

/// Whether the character at `start` is a letter or digit.
package func beginsWithWord(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
  guard start < bytes.count else { return false }
  if bytes[start] < 0x80 { return bytes[start].isWord }
  var end = start + 1
  while end < bytes.count, end - start < 4, bytes[end] & 0xC0 == 0x80 { end += 1 }
  return isWord(bytes[start..<end])
}

private func isWord(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
  String(decoding: bytes, as: UTF8.self).unicodeScalars.last?.isPartOfWord ?? false
}

extension Unicode.Scalar {
  fileprivate var isPartOfWord: Bool {
    if properties.isVariationSelector || isOfScriptWithoutSpaces { return false }
    return switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }

  /// Where words follow each other without spaces, or particles stand right after a formula as in
  /// Korean: Thai, Lao, Burmese, Khmer, Chinese, Japanese, Korean and Yi.
  private var isOfScriptWithoutSpaces: Bool {
    switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF, 0x2E80...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFF00...0xFFEF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
