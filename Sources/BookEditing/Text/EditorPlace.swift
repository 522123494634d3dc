/// What stands at a place of a file, and so who answers for it.
struct EditorPlace: Sendable {
  enum Part: Sendable, Equatable {
    /// In a cell's code, or in the expression of an inline value.
    case swift(CellDocument)
    /// After the back-quotes of a fence: the language and the words of a cell.
    case fence
    /// In a `//|` line.
    case option
    /// After the comma of an inline value.
    case format
    case frontMatter
    case settings
    /// In the destination of a link or image, of which this much is written before the place.
    case link(written: String)
    case prose
  }

  var position: EditorPosition
  var part: Part
  /// The line up to the place.
  var before: String
  /// The line from the place on.
  var after: String

  init(_ file: OpenFile, _ position: EditorPosition) {
    var file = file
    let line = file.text.line(position.line)
    let offset = line.byteOffset(ofUnit: position.character)
    self.position = position
    before = String(decoding: line.prefix(offset), as: UTF8.self)
    after = String(decoding: line.dropFirst(offset), as: UTF8.self)
    if file.kind == .settings {
      part = .settings
      return
    }
    let scan = file.scan()
    if let matter = scan.frontMatter, matter.contains(position.line) {
      part = .frontMatter
      return
    }
    if let inline = scan.inlines.first(where: {
      $0.line == position.line && $0.expression.lowerBound <= offset
        && offset <= ($0.format?.upperBound ?? $0.expression.upperBound)
    }) {
      if offset <= inline.expression.upperBound,
        let document = file.documents().first(where: { $0.holds(position.line) })
      {
        part = .swift(document)
      } else {
        part = .format
      }
      return
    }
    if scan.cell(withLine: position.line) != nil {
      if before.drop(while: { $0 == " " || $0 == "\t" || $0 == ">" }).hasPrefix("//|") {
        part = .option
      } else if let document = file.documents().first(where: { $0.holds(position.line) }) {
        part = .swift(document)
      } else {
        part = .prose
      }
      return
    }
    let text = before.drop { $0 == " " || $0 == "\t" || $0 == ">" }
    if text.hasPrefix("```") || text.hasPrefix("~~~") {
      part = .fence
    } else if let opening = before.lastRange(of: "]("), !before[opening.upperBound...].contains(")")
    {
      part = .link(written: String(before[opening.upperBound...]))
    } else {
      part = .prose
    }
  }

  /// The word that ends at the place.
  func word(_ isPart: (Character) -> Bool) -> String {
    String(before.reversed().prefix(while: isPart).reversed())
  }

  /// The range of the word around the place, and the word.
  func wholeWord(_ isPart: (Character) -> Bool) -> (text: String, range: EditorRange) {
    let left = word(isPart)
    let right = String(after.prefix(while: isPart))
    let start = position.character - left.utf16.count
    return (
      left + right,
      EditorRange(
        EditorPosition(line: position.line, character: start),
        EditorPosition(line: position.line, character: position.character + right.utf16.count))
    )
  }
}

extension String {
  func lastRange(of text: String) -> Range<String.Index>? {
    ranges(of: text).last
  }
}

/// Letters of names in references.
func isNamePart(_ character: Character) -> Bool {
  character.isLetter || character.isNumber || character == "-" || character == "_"
}
