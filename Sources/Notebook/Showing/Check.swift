#if !hasFeature(Embedded)

  /// One condition of an exercise: what a learner's code must do, and what to tell a learner whose code
  /// does not. It stands in a cell with the word `checks`; the book's author meets it as an error where
  /// the solution fails it.
  ///
  ///     check(loss(after: 100) < loss(after: 1), "The loss should fall: did you forget the minus sign?")
  ///
  /// - Parameters:
  ///   - condition: whether the code is right in this.
  ///   - sentence: one sentence for the learner, for the case that it is not.
  ///   - line: where the condition stands; left out.
  public func check(_ condition: Bool, _ sentence: String, line: Int = #line) {
    var payload = TextBuffer()
    payload.append(condition ? "1\n" : "0\n" as StaticString)
    payload.append(line)
    payload.append("\n")
    payload.append(bytes: Array(sentence.utf8))
    OutputChannel.send(.check, payload.bytes)
  }

  /// What comes after this is said by the checks, and not by what they check.
  public func _nnbookChecks() {
    OutputChannel.send(.check, [])
  }

#endif
