/// What running a chapter gave: the only thing about its cells that pages are made of.
package struct ChapterResult: Hashable, Sendable {
  /// One for each cell of the chapter, in order; empty for those that do not run.
  package var cells: [CellResult]
  /// One text for each inline value of the chapter, in order.
  package var inlineValues: [String]
  /// Nil without live cells, or where the toolchain cannot make WebAssembly.
  package var liveModule: LiveModule?

  package init(
    cells: [CellResult] = [], inlineValues: [String] = [], liveModule: LiveModule? = nil
  ) {
    self.cells = cells
    self.inlineValues = inlineValues
    self.liveModule = liveModule
  }
}

package struct CellResult: Hashable, Sendable {
  package var outputs: [CellOutput]
  /// The compiler's or the run-time message of a cell that must fail or stop.
  package var expectedFailure: String?

  package init(outputs: [CellOutput] = [], expectedFailure: String? = nil) {
    self.outputs = outputs
    self.expectedFailure = expectedFailure
  }
}

/// One thing a cell put on the page, in the order in which it did.
package enum CellOutput: Hashable, Sendable {
  /// Printed text, as printed.
  case console(String)
  /// The plain text of a shown value.
  case text(String)
  case markdown(String)
  /// A table or the like, written as HTML by `Notebook`.
  case html(String)
  case svg(String)
  case control(ControlRecord)
  /// One condition of an exercise, as it came out.
  case check(CheckOutcome)
}

/// What a condition of an exercise gave, for a starter or a solution.
package struct CheckOutcome: Hashable, Sendable {
  package var holds: Bool
  /// Of the code of the exercise's cell with `checks`, from 0.
  package var line: Int
  /// What a learner is told where it does not hold.
  package var sentence: String

  package init(holds: Bool, line: Int, sentence: String) {
    self.holds = holds
    self.line = line
    self.sentence = sentence
  }
}

extension CellOutput {
  /// The text of it, whatever kind of text that is.
  package var text: String {
    switch self {
    case .console(let text), .text(let text), .markdown(let text), .html(let text), .svg(let text):
      text
    case .control(let record): record.json
    case .check(let outcome): outcome.sentence
    }
  }
}

extension CellOutput {
  /// Whether it is text of the cell's program, and nothing of the page's.
  package var isPlainText: Bool {
    switch self {
    case .console, .text: true
    case .markdown, .html, .svg, .control, .check: false
    }
  }
}

extension Sequence<CellOutput> {
  /// Text printed in several pieces is one text, however it was cut.
  package var joiningConsole: [CellOutput] {
    reduce(into: []) { joined, output in
      if case .console(let text) = output, case .console(let before) = joined.last {
        joined[joined.count - 1] = .console(before + text)
      } else {
        joined.append(output)
      }
    }
  }
}

/// The live cells of a chapter as one WebAssembly module.
package struct LiveModule: Hashable, Sendable {
  /// Compressed by `deflated`.
  package var bytes: [UInt8]
  /// Indexes of the chapter's cells that are live, in the order of the module's entry points.
  package var cells: [Int]

  package init(bytes: [UInt8], cells: [Int]) {
    self.bytes = bytes
    self.cells = cells
  }
}
