import BookModel
import PageRendering

/// Leads from an offset in TeX to the author's line and column.
struct FormulaPlaces {
  private let chapters: [String: Chapter]

  init(_ chapters: [Chapter]) {
    self.chapters = Dictionary(chapters.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
  }

  /// - Parameter offset: in UTF-16 units of the TeX, as KaTeX counts.
  /// - Returns: the place of the whole formula where its lines are not found as they are, as in Markdown
  ///   that a cell printed.
  func range(of offset: Int?, in written: WrittenFormula) -> SourceRange? {
    guard let offset, let range = written.range, let chapter = chapters[range.file] else {
      return written.range
    }
    let tex = written.formula.tex
    let before = String(Substring(tex.utf16.prefix(offset)))
    let lines = tex.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let line = before.utf8.count { $0 == UInt8(ascii: "\n") }
    guard lines.indices.contains(line) else { return range }
    let column = before.utf8.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
    // Prefixes of quotes and lists are no part of the TeX, so each line is looked for by itself.
    var number = range.start.line
    var place: SourceRange = range
    for (index, text) in lines[...line].enumerated() {
      let words = Substring(text)
      let trimmed = words.drop { $0 == " " }
      let cut = words.utf8.count - trimmed.utf8.count
      var found: Int?
      while number <= range.end.line, found == nil {
        let start = number == range.start.line ? range.start.column - 1 : 0
        found = chapter.column(of: trimmed, inLine: number, from: start)
        if found == nil { number += 1 }
      }
      guard let found else { return range }
      let end = found + trimmed.utf8.count
      let start = min(found + max(0, column - cut), end)
      if index == line {
        place = SourceRange(
          file: range.file, start: SourcePosition(line: number, column: start + 1),
          end: SourcePosition(line: number, column: max(start, end) + 1))
      }
      number += 1
    }
    return place
  }
}

extension Chapter {
  /// Offset of `text` in a line of the file, in bytes.
  fileprivate func column(of text: Substring, inLine number: Int, from start: Int) -> Int? {
    let index = number - firstLine
    guard index >= 0 else { return nil }
    let lines = markdown.utf8.split(
      separator: UInt8(ascii: "\n"), maxSplits: index + 1, omittingEmptySubsequences: false)
    guard index < lines.count else { return nil }
    let line = Array(lines[index])
    let bytes = Array(text.utf8)
    guard start <= line.count, bytes.count <= line.count else { return nil }
    return (start...max(start, line.count - bytes.count)).first {
      line[$0...].starts(with: bytes)
    }
  }
}

/// Macros that authors define inside formulas, where KaTeX forgets them at the formula's end.
struct MacroDefinitions {
  private var places: [Substring: SourceRange?] = [:]

  init(in formulas: [WrittenFormula]) {
    let definition = /\\(?:(?:re|provide)?newcommand|[gex]?def|let)\s*\{?\s*(\\[A-Za-z]+|\\.)/
    for written in formulas where written.formula.tex.utf8.contains(UInt8(ascii: "\\")) {
      for match in written.formula.tex.matches(of: definition) where places[match.1] == nil {
        places[match.1] = written.range
      }
    }
  }

  /// For a name that KaTeX does not know.
  func notes(for message: String) -> [Diagnostic.Note] {
    guard let found = message.firstMatch(of: /Undefined control sequence: (\\.*)/) else {
      return []
    }
    let name = found.1
    if let place = places[name] {
      return [
        .init(
          "'\(name)' is defined here, for this formula alone; 'macros:' in book.yml holds those of "
            + "the whole book", range: place)
      ]
    }
    switch name {
    case "\\label":
      return [.init("a formula is named after it: '$$ {#eq-name}'")]
    case "\\ref", "\\eqref", "\\cref", "\\autoref":
      return [.init("a formula is referred to in the sentence: '[](#eq-name)'")]
    default:
      return [.init("'macros:' in book.yml can say what '\(name)' stands for")]
    }
  }
}
