/// Lines of a text that an edit may have changed: those before it are as they were, and so are those behind
/// it, though their numbers may differ.
package struct LineSpan: Equatable, Sendable {
  package var first: Int
  /// Where the lines behind begin, in the text before and after.
  package var oldEnd: Int
  package var newEnd: Int

  /// Lines that the text has more.
  var added: Int { newEnd - oldEnd }

  /// What this edit and one of the text that it made changed together.
  func followed(by next: LineSpan) -> LineSpan {
    let end = max(newEnd, next.oldEnd)
    return LineSpan(
      first: min(first, next.first), oldEnd: end - added, newEnd: end + next.added)
  }
}
