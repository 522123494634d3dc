/// A place in a text file: line and column count from 1, columns in UTF-8 bytes of the author's
/// own text, as compilers and editors count them.
package struct SourcePosition: Hashable, Comparable, Sendable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int = 1) {
    self.line = line
    self.column = column
  }

  package static func < (a: SourcePosition, b: SourcePosition) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }
}

/// A stretch of one file, from `start` up to, but not including, `end`.
package struct SourceRange: Hashable, Sendable {
  /// The path as the author would type it, relative to where the tool runs.
  package var file: String
  package var start: SourcePosition
  package var end: SourcePosition

  package init(file: String, start: SourcePosition, end: SourcePosition? = nil) {
    self.file = file
    self.start = start
    self.end = end ?? start
  }

  package init(file: String, line: Int, column: Int = 1) {
    self.init(file: file, start: SourcePosition(line: line, column: column))
  }
}
