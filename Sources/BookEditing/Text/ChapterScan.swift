import BookModel

/// The parts of a chapter as far as its lines tell. The parser of a build gives up where a fence is
/// half typed; this one never does, and costs one pass over the text.
package struct ChapterScan: Sendable, Equatable {
  /// A Swift cell. Lines count from 0.
  package struct Cell: Sendable, Equatable {
    package var fenceLine: Int
    /// Bytes before the marks: quote and list prefixes, indentation.
    package var prefix: Int
    /// Byte columns, from 0, of what follows `swift` in the fence line.
    package var info: Range<Int>
    package var words: Set<String>
    package var codeLines: Range<Int>
    package var isClosed: Bool

    package var resets: Bool { words.contains("reset") }
    package var isIgnored: Bool { words.contains("ignore") }
    package var mustFail: Bool { words.contains("fail") }
    /// Its names end with it.
    package var isGuarded: Bool {
      words.contains("crash") || words.contains("no-run") || isChecked
    }
    /// A starter or a solution.
    package var isChecked: Bool { words.contains("exercise") || words.contains("solution") }
    package var isChecks: Bool { words.contains("checks") }
  }

  /// The expression of `` `{swift} … ` `` in a line, in bytes from 0.
  package struct Inline: Sendable, Equatable {
    package var line: Int
    package var expression: Range<Int>
    /// From the comma to the closing back-quote; nil without a format.
    package var format: Range<Int>?
  }

  /// Lines between the rules at the top; nil without front matter.
  package internal(set) var frontMatter: Range<Int>?
  package internal(set) var cells: [Cell] = []
  package internal(set) var inlines: [Inline] = []
  /// Lines of fences in other languages, marks included.
  var otherFences: [Range<Int>] = []
  /// Where reading may go on when the text has changed.
  var marks: [Mark] = []

  private init() {}

  static let nothing = ChapterScan()

  package init(_ text: EditedText) {
    var reading = ScanReading(of: text)
    self = reading.scan()
  }

  /// The scan of a text, in the time that the changed lines take.
  /// - Parameters:
  ///   - last: of the text before.
  ///   - span: the lines in which the two texts differ.
  init(_ text: EditedText, after last: ChapterScan, changed span: LineSpan) {
    var reading = ScanReading(of: text)
    self = reading.scan(after: last, changed: span)
  }

  /// The cell whose code has the line.
  func cell(withLine line: Int) -> Cell? {
    let next = cells.partitioningIndex { $0.codeLines.upperBound > line }
    return cells.dropFirst(next).first.flatMap { $0.codeLines.contains(line) ? $0 : nil }
  }
}
