/// One word of an info string: `word` or `key=value`.
struct InfoWord {
  var key: String
  var value: String?
  /// Bytes of the whole word, from the start of the info string's words.
  var range: Range<Int>
  /// Bytes of the value alone, quotation marks included.
  var valueRange: Range<Int>?

  var text: String { value.map { "\(key)=\($0)" } ?? key }
}

struct InfoStringMistake: Error {
  var message: String
  var range: Range<Int>
}

/// Splits the words after `swift` at blanks that no quotation marks enclose.
func splitInfoString(_ bytes: ArraySlice<UInt8>) -> Result<[InfoWord], InfoStringMistake> {
  var words: [InfoWord] = []
  var i = bytes.startIndex
  func range(_ start: Int, _ end: Int) -> Range<Int> {
    start - bytes.startIndex..<end - bytes.startIndex
  }
  while true {
    while i < bytes.endIndex, bytes[i].isBlank { i += 1 }
    guard i < bytes.endIndex else { return .success(words) }
    let start = i
    while i < bytes.endIndex, !bytes[i].isBlank, bytes[i] != UInt8(ascii: "=") { i += 1 }
    let key = String(decoding: bytes[start..<i], as: UTF8.self)
    guard i < bytes.endIndex, bytes[i] == UInt8(ascii: "=") else {
      words.append(InfoWord(key: key, range: range(start, i)))
      continue
    }
    i += 1
    let valueStart = i
    var value: [UInt8] = []
    if i < bytes.endIndex, bytes[i] == UInt8(ascii: "\"") {
      i += 1
      while i < bytes.endIndex, bytes[i] != UInt8(ascii: "\"") {
        if bytes[i] == UInt8(ascii: "\\"), i + 1 < bytes.endIndex,
          bytes[i + 1] == UInt8(ascii: "\"") || bytes[i + 1] == UInt8(ascii: "\\")
        {
          i += 1
        }
        value.append(bytes[i])
        i += 1
      }
      guard i < bytes.endIndex else {
        return .failure(
          InfoStringMistake(
            message: "value of '\(key)' has no closing quotation mark",
            range: range(valueStart, bytes.endIndex)))
      }
      i += 1
      guard i == bytes.endIndex || bytes[i].isBlank else {
        return .failure(
          InfoStringMistake(
            message: "value of '\(key)' must be followed by a space", range: range(start, i + 1)))
      }
    } else {
      while i < bytes.endIndex, !bytes[i].isBlank {
        value.append(bytes[i])
        i += 1
      }
    }
    words.append(
      InfoWord(
        key: key, value: String(decoding: value, as: UTF8.self), range: range(start, i),
        valueRange: range(valueStart, i)))
  }
}
