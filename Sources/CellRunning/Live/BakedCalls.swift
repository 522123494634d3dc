import BookModel
import SwiftParser
import SwiftSyntax

/// Calls of `baked` in a cell: what the page takes from the build, and does not compute.
struct BakedCalls {
  /// Where they stand in the code, in bytes, in order.
  let ranges: [Range<Int>]

  init(_ tree: SourceFileSyntax) {
    let visitor = BakedVisitor(viewMode: .sourceAccurate)
    visitor.walk(tree)
    ranges = visitor.ranges
  }
}

private final class BakedVisitor: SyntaxVisitor {
  private(set) var ranges: [Range<Int>] = []

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    guard let name = node.calledExpression.as(DeclReferenceExprSyntax.self),
      name.baseName.text == "baked", node.arguments.count == 1
    else { return .visitChildren }
    ranges.append(byteRange(Syntax(node)))
    return .skipChildren
  }
}

extension ParsedCell {
  /// Names of the functions that give the baked values of the cell in the page.
  func bakedName(_ place: Int) -> String { "_b\(cell.id.index * 100 + place)" }

  /// The cell as the page has it: functions without arguments stand for what the build computed. Lines
  /// and columns of everything else stay.
  var inPage: ParsedCell {
    let calls = BakedCalls(tree).ranges
    if calls.isEmpty { return self }
    var code = Array(cell.code.utf8)
    for (place, call) in calls.enumerated().reversed() {
      let old = code[call]
      let name = Array("\(bakedName(place))()".utf8)
      // A call over several lines keeps its line ends after the name.
      let rest = old.dropFirst(name.count).map { $0 == 0x0A ? 0x0A : UInt8(0x20) }
      let lost = old.prefix(name.count).filter { $0 == 0x0A }
      code.replaceSubrange(call, with: name + lost + rest.dropLast(lost.count))
    }
    var cell = cell
    cell.code = String(decoding: code, as: UTF8.self)
    return ParsedCell(cell)
  }
}
