/// What an info string and its `//|` lines ask for, parsed once. What cannot be meant together
/// cannot be written down: a cell that must not compile has no output to fold.
package struct CellOptions: Hashable, Sendable {
  package var execution: Execution
  package var source: SourceDisplay
  package var output: OutputDisplay
  /// A name to refer to; numbered when it starts with `fig-`, `tbl-` or `lst-`.
  package var id: Located<String>?
  package var caption: Located<String>?
  package var alternativeText: Located<String>?
  /// Starts a new scope: nothing declared earlier in the chapter is visible.
  package var resetsScope: Bool
  /// `from`: its code stands in a file of the book.
  package var showsFile = false

  package init(
    execution: Execution = .run(Run()), source: SourceDisplay = .shown,
    output: OutputDisplay = .shown, id: Located<String>? = nil, caption: Located<String>? = nil,
    alternativeText: Located<String>? = nil, resetsScope: Bool = false
  ) {
    self.execution = execution
    self.source = source
    self.output = output
    self.id = id
    self.caption = caption
    self.alternativeText = alternativeText
    self.resetsScope = resetsScope
  }

  package enum Execution: Hashable, Sendable {
    case run(Run)
    /// `no-run`: must compile.
    case compileOnly
    /// `ignore`: shown, never looked at.
    case ignored
    /// `fail`: must not compile, with this in the message.
    case mustNotCompile(expecting: Located<String>?)
    /// `crash`: must stop while running, with this in the message.
    case mustStop(expecting: Located<String>?, timeout: Int)
    /// `exercise`: the starter, which a learner is to change. It fails a check of the exercise.
    case starter(timeout: Int)
    /// `solution`: the author's answer to the exercise before it, which passes every check.
    case solution(timeout: Int, tolerance: Double?)
    /// `checks`: what is asked of both.
    case checks
  }

  package struct Run: Hashable, Sendable {
    /// Seconds.
    package var timeout: Int
    /// Absolute and relative tolerance of numbers in the expected output.
    package var tolerance: Double?
    package var isLive: Bool
    /// Bytes of printed text that are kept where more is no mistake.
    package var keptOutput: Int?

    package init(
      timeout: Int = 30, tolerance: Double? = nil, isLive: Bool = false, keptOutput: Int? = nil
    ) {
      self.timeout = timeout
      self.tolerance = tolerance
      self.isLive = isLive
      self.keptOutput = keptOutput
    }
  }

  package enum SourceDisplay: Hashable, Sendable { case shown, folded, hidden }

  package enum OutputDisplay: Hashable, Sendable {
    case shown
    /// `asis`: printed text is Markdown of the chapter.
    case markdown
    /// `predict`: folded behind the question.
    case predicted(question: Located<String>)
    case hidden
  }
}

/// A value and the place where the author wrote it.
package struct Located<Value: Sendable>: Sendable {
  package var value: Value
  package var range: SourceRange

  package init(_ value: Value, at range: SourceRange) {
    self.value = value
    self.range = range
  }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
