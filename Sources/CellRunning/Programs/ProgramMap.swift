import BookModel
import HostSystem

/// Leads from places of a program back to the author's text.
struct ProgramMap {
  var chapter: Chapter
  /// Where wrapped expressions begin, in the order of the program; columns in the program.
  var shown: [SourcePosition] = []

  init(chapter: Chapter) { self.chapter = chapter }

  /// What programs call the chapter, in `#file` and in messages: its name alone, which is the same on
  /// every machine.
  var file: String { Path.name(of: chapter.path) }

  /// Whether a wrapped expression begins here; in columns of the program.
  func isShown(_ line: Int, _ column: Int) -> Bool {
    shown.contains(SourcePosition(line: line, column: column))
  }

  /// Whether a wrapped expression begins in this line.
  func isShown(_ line: Int) -> Bool { shown.contains { $0.line == line } }

  /// The author's place for one that the compiler or a backtrace gave; columns of cells in lists
  /// and quotes, whose indentation is not part of the program, are made those of the file.
  func range(line: Int, column: Int, width: Int = 0) -> SourceRange {
    var position = SourcePosition(line: line, column: max(1, column))
    if let cell = chapter.cell(atLine: line), let own = cell.lines.first(where: { $0.line == line })
    {
      position.column += own.column - 1
    }
    let end = SourcePosition(line: line, column: position.column + width)
    return SourceRange(file: chapter.path, start: position, end: end)
  }

  /// Where an expression begins whose wrapper stands on `line`.
  func wrappedExpression(afterLine line: Int) -> SourceRange? {
    shown.first { $0.line == line + 1 }.map { range(line: $0.line, column: $0.column) }
  }
}
