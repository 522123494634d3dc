import BookModel
import SwiftSyntax

/// A value inside a string literal in whose place Embedded Swift writes a remark: a collection, an
/// optional, a type without a description.
///
/// The compiler accepts it, so it is found by what the module shows: the remark, and around it the
/// text of the literal.
struct UnwrittenValue {
  var cell: Cell
  /// In the cell's code, in bytes.
  var offset: Int
  var expression: String

  private static let remark = "(cannot print value in embedded Swift)"

  /// Nil where nothing shown has the remark.
  init?(in outputs: [CellOutput], of slice: LiveSlice) {
    let texts = outputs.map(\.text)
    guard let text = texts.first(where: { $0.contains(Self.remark) }),
      let place = text.ranges(of: Self.remark).first
    else { return nil }
    let (before, after) = (text[..<place.lowerBound], text[place.upperBound...])
    let values = slice.cells.reversed().flatMap { cell in
      let visitor = InterpolationVisitor(viewMode: .sourceAccurate)
      visitor.walk(cell.tree)
      return visitor.values.map { (cell: cell.cell, value: $0) }
    }
    guard
      let found = values.first(where: {
        before.hasSuffix($0.value.before) && after.hasPrefix($0.value.after)
      }) ?? values.first
    else { return nil }
    (cell, offset, expression) = (found.cell, found.value.offset, found.value.expression)
  }

  func diagnostic(_ chapter: Chapter) -> Diagnostic {
    let range = SourceRange(file: chapter.path, start: cell.position(ofByte: offset))
    return Diagnostic(
      .error, .liveUnprintable, at: range,
      "the value of '\(expression)' cannot be written into text in the reader's page: show it with "
        + "show(…), or write out its parts", excerpt: chapter.sourceLine(range.start.line))
  }
}

private final class InterpolationVisitor: SyntaxVisitor {
  struct Value {
    var offset: Int
    var expression: String
    /// What the literal says around the value, as far as it stands there as it is shown.
    var before: String
    var after: String
  }

  var values: [Value] = []

  override func visit(_ node: StringLiteralExprSyntax) -> SyntaxVisitorContinueKind {
    let segments = Array(node.segments)
    for (index, segment) in segments.enumerated() {
      guard case .expressionSegment(let value) = segment else { continue }
      values.append(
        Value(
          offset: value.positionAfterSkippingLeadingTrivia.utf8Offset,
          expression: value.expressions.trimmedDescription,
          before: text(segments[..<index].last).map(afterEscapes) ?? "",
          after: text(segments[(index + 1)...].first).map(beforeEscapes) ?? ""))
    }
    return .visitChildren
  }

  private func text(_ segment: StringLiteralSegmentListSyntax.Element?) -> String? {
    if case .stringSegment(let segment) = segment { segment.content.text } else { nil }
  }

  private func afterEscapes(_ text: String) -> String {
    guard let last = text.lastIndex(of: "\\") else { return text }
    return String(text[last...].dropFirst(2))
  }

  private func beforeEscapes(_ text: String) -> String { String(text.prefix { $0 != "\\" }) }
}
