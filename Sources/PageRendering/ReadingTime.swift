import BookModel

/// How long a chapter takes to read: its prose at the speed of silent reading, its code slower.
struct ReadingTime: Sendable {
  private var words = 0.0
  private var codeLines = 0

  var minutes: Int { max(1, Int((words / 230 + Double(codeLines) / 20).rounded())) }

  /// Of nothing.
  init() {}

  static func + (a: ReadingTime, b: ReadingTime) -> ReadingTime {
    var sum = a
    sum.words += b.words
    sum.codeLines += b.codeLines
    return sum
  }

  init(of chapter: Chapter) {
    let shown = chapter.cells.filter { $0.options.source == .shown }
    codeLines = shown.reduce(0) { $0 + $1.lines.count }
    // Fences hold code, which is counted by its lines.
    let code = Set(chapter.cells.flatMap { $0.lines.map(\.line) })
    var line = chapter.firstLine
    var isInWord = false
    for scalar in chapter.markdown.unicodeScalars {
      if scalar == "\n" { line += 1 }
      if code.contains(line) {
        isInWord = false
        continue
      }
      if scalar.isASCII {
        let isLetter =
          ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar)
        if isLetter, !isInWord { words += 1 }
        isInWord = isLetter
        continue
      }
      let isUnspaced = (0x3040...0x9FFF).contains(scalar.value)
      // Two characters of a script without spaces are about one word.
      if isUnspaced { words += 0.5 }
      let isLetter = !isUnspaced && scalar.properties.isAlphabetic
      if isLetter, !isInWord { words += 1 }
      isInWord = isLetter
    }
  }
}
