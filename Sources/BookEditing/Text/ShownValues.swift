import SwiftParser
import SwiftSyntax

/// Where the value that a cell shows is written: its last statement, if that is an expression. Kept by the
/// code, since to read all cells of a chapter as Swift takes longer than a stroke.
struct ShownValues {
  private var known: [String: Int?] = [:]

  /// Beyond it, all are forgotten.
  private static let most = 2000

  /// The line of the code, from 0.
  mutating func line(in code: String) -> Int? {
    if let known = known[code] { return known }
    if known.count >= Self.most { known = [:] }
    let tree = Parser.parse(source: code)
    var line: Int?
    if let last = tree.statements.last, last.item.is(ExprSyntax.self) {
      let start = last.positionAfterSkippingLeadingTrivia.utf8Offset
      line = code.utf8.prefix(start).count { $0 == 0x0A }
    }
    known[code] = .some(line)
    return line
  }
}
