/// Notes on lines of a fence's code: the items of an ordered list right after it. A mark such as
/// `// <1>` at the end of a line says which is its note.
package struct LineNotes: Hashable, Sendable {
  /// Line of the chapter on which the fence begins.
  package var fenceLine: Int
  /// Line of the chapter on which the list begins.
  package var listLine: Int
  /// In the order of the code; no two have one number.
  package var marks: [LineMark]

  package init(fenceLine: Int, listLine: Int, marks: [LineMark]) {
    self.fenceLine = fenceLine
    self.listLine = listLine
    self.marks = marks
  }
}

package struct LineMark: Hashable, Sendable {
  /// Of the code, from 0.
  package var line: Int
  package var number: Int
  /// The comment, with the blanks before it.
  package var text: String

  /// Nil for a line that ends in no mark.
  ///
  /// - Parameter isSwift: whether comments are Swift's, or those of any language.
  package init?(_ text: some StringProtocol, line: Int, isSwift: Bool) {
    // Few lines are worth the search.
    guard text.utf8.contains(UInt8(ascii: "<")) else { return nil }
    let whole = Substring(text)
    let found =
      isSwift
      ? whole.firstMatch(of: /[ \t]*\/\/[ \t]*<([0-9]{1,2})>[ \t]*$/)
      : whole.firstMatch(
        of: /[ \t]*(?:\/\/|#|--|%|;|\/\*|<!--)[ \t]*<([0-9]{1,2})>[ \t]*(?:\*\/|-->)?[ \t]*$/)
    guard let found, let number = Int(found.1) else { return nil }
    self.line = line
    self.number = number
    self.text = String(found.0)
  }

  /// Whether marks mean something in a fence: of Markdown it shows how they are written.
  package static func mayStand(in language: some StringProtocol) -> Bool {
    !["markdown", "md", "qmd", "math", "output"].contains(language.lowercased())
  }

  /// A text without the marks at the ends of its lines, and these.
  package static func split(_ code: String) -> (code: String, marks: [LineMark]) {
    var marks: [LineMark] = []
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      place, line in
      guard let mark = LineMark(line, line: place, isSwift: false) else { return line }
      marks.append(mark)
      return line.dropLast(mark.text.count)
    }
    return (lines.joined(separator: "\n"), marks)
  }
}

extension Chapter {
  package func lineNotes(atFence line: Int) -> LineNotes? {
    let place = lineNotes.partitioningIndex { $0.fenceLine >= line }
    return lineNotes.dropFirst(place).first.flatMap { $0.fenceLine == line ? $0 : nil }
  }
}
