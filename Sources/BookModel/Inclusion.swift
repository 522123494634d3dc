/// Lines of a file of the book that a fence shows in the place of code of its own: the whole file, or
/// what stands between two markers of it.
///
/// While a chapter is read and run, they have lines of their own, far behind those of the chapter, so
/// that each line of a program stands in one place alone. `Chapter.place` makes places of the file
/// of them.
package struct Inclusion: Hashable, Sendable {
  /// What is shown of a file, wherever.
  package struct Piece: Hashable, Sendable {
    /// As the tool would open it, such as `chapters/code/model.swift`.
    package let path: String
    /// As the author wrote it.
    package let name: String
    /// All lines of the file.
    package let lines: [String]
    /// Those that are shown, counted from 0: all but the lines that mark its snippets.
    package let shown: [Int]
    /// Blanks before each of them that belong to what stands around them in the file.
    package let indent: Int

    package init(path: String, name: String, lines: [String], shown: [Int]) {
      self.path = path
      self.name = name
      self.lines = lines
      self.shown = shown
      let blanks = shown.map { lines[$0].utf8 }.filter { !$0.allSatisfy(\.isBlank) }
        .map { $0.prefix(while: \.isBlank) }
      var common = blanks.first ?? "".utf8[...]
      for other in blanks.dropFirst() {
        common = common.prefix(zip(common, other).prefix { $0 == $1 }.count)
      }
      indent = common.count
    }
  }

  package var piece: Piece
  /// Line of the chapter on which the fence begins.
  package var fenceLine: Int
  /// Which of the chapter's it is, from 0.
  package var number: Int

  package init(_ piece: Piece, fenceLine: Int, number: Int) {
    self.piece = piece
    self.fenceLine = fenceLine
    self.number = number
  }

  package var path: String { piece.path }
  package var name: String { piece.name }
  package var lines: [String] { piece.lines }
  package var shown: [Int] { piece.shown }
  package var indent: Int { piece.indent }

  /// No chapter has as many lines: its text may have 16 MB.
  private static let span = 100_000_000

  /// The line of the chapter that stands for a line of the file, both counted from 1.
  package func stand(forLine line: Int) -> Int { Self.span * (number + 1) + line }

  /// The way back.
  package static func line(_ stand: Int) -> (number: Int, line: Int)? {
    stand < span ? nil : (stand / span - 1, stand % span)
  }

  /// What is shown, each line as a part of one text.
  package var texts: [Substring] {
    shown.map { lines[$0].utf8.count < indent ? "" : Substring(lines[$0].utf8.dropFirst(indent)) }
  }

  /// For each of them where it stands.
  package var places: [SourcePosition] {
    shown.map { SourcePosition(line: stand(forLine: $0 + 1), column: indent + 1) }
  }

  package var text: String { texts.map { $0 + "\n" }.joined() }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension Book {
  package func placed(_ diagnostic: Diagnostic) -> Diagnostic {
    chapters.reduce(diagnostic) { $1.placed($0) }
  }
}

extension Chapter {
  /// They stand in the order of their fences, of which a chapter may have many thousands.
  package func inclusion(atFence line: Int) -> Inclusion? {
    let place = inclusions.partitioningIndex { $0.fenceLine >= line }
    return inclusions.dropFirst(place).first.flatMap { $0.fenceLine == line ? $0 : nil }
  }

  func inclusion(number: Int) -> Inclusion? {
    if inclusions.indices.contains(number), inclusions[number].number == number {
      return inclusions[number]
    }
    return inclusions.first { $0.number == number }
  }

  /// A place as its author would look for it: in the file that holds the line.
  package func place(_ range: SourceRange) -> SourceRange {
    guard range.file == path, let start = Inclusion.line(range.start.line),
      let inclusion = inclusion(number: start.number)
    else { return range }
    let end = Inclusion.line(range.end.line)?.line ?? start.line
    return SourceRange(
      file: inclusion.path, start: SourcePosition(line: start.line, column: range.start.column),
      end: SourcePosition(line: end, column: range.end.column))
  }

  /// For those who see the chapter alone: what is wrong in a file stands at the fence that shows it.
  package func toldAtFence(_ diagnostic: Diagnostic) -> Diagnostic {
    guard let range = diagnostic.range, let start = Inclusion.line(range.start.line),
      let inclusion = inclusion(number: start.number)
    else { return diagnostic }
    var diagnostic = diagnostic
    diagnostic.range = SourceRange(file: path, line: inclusion.fenceLine)
    diagnostic.summary = "\(inclusion.name):\(start.line): \(diagnostic.summary)"
    return diagnostic
  }

  package func placed(_ diagnostic: Diagnostic) -> Diagnostic {
    guard !inclusions.isEmpty else { return diagnostic }
    var diagnostic = diagnostic
    diagnostic.range = diagnostic.range.map(place)
    for index in diagnostic.notes.indices {
      diagnostic.notes[index].range = diagnostic.notes[index].range.map(place)
    }
    return diagnostic
  }
}
