/// A fenced Swift cell of a chapter.
package struct Cell: Hashable, Sendable {
  /// Place among the chapter's cells, from 0, in the order of the page.
  package struct ID: Hashable, Comparable, Sendable {
    package var index: Int

    package init(_ index: Int) { self.index = index }
    package static func < (a: ID, b: ID) -> Bool { a.index < b.index }
  }

  package var id: ID
  /// The Swift source without fence, list or quote indentation, `\n` line ends, and with the `//|`
  /// option lines left out (`lines` says where each line stands in the chapter).
  package var code: String
  /// For each line of `code`: its line in the chapter and the column where its text begins.
  package var lines: [SourcePosition]
  package var options: CellOptions
  /// From the opening fence to the end of the closing one.
  package var range: SourceRange
  /// Where the info string stands, for messages about options.
  package var infoRange: SourceRange
  /// Line numbers of `code`, from 0, between `// snippet.hide` and `// snippet.show`, marker lines
  /// included: they run and are folded on the page.
  package var foldedLines: [Range<Int>]
  /// The ```` ```output ```` fence right after the cell.
  package var expectedOutput: ExpectedOutput?

  package struct ExpectedOutput: Hashable, Sendable {
    package var text: String
    /// The whole fence.
    package var range: SourceRange

    package init(text: String, range: SourceRange) {
      self.text = text
      self.range = range
    }
  }

  package init(
    id: ID, code: String, lines: [SourcePosition], options: CellOptions, range: SourceRange,
    infoRange: SourceRange, foldedLines: [Range<Int>] = [], expectedOutput: ExpectedOutput? = nil
  ) {
    self.id = id
    self.code = code
    self.lines = lines
    self.options = options
    self.range = range
    self.infoRange = infoRange
    self.foldedLines = foldedLines
    self.expectedOutput = expectedOutput
  }
}
