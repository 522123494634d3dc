import BookModel
import SwiftParser
import SwiftSyntax

/// A cell and its Swift, read once for all that has to be known of it.
@dynamicMemberLookup
struct ParsedCell {
  let cell: Cell
  let tree: SourceFileSyntax
  /// What must be known before it can stand in a program.
  let syntax: CellSyntax
  /// What its top-level items declare, mention and change.
  let facts: CellFacts

  init(_ cell: Cell) {
    self.cell = cell
    tree = parsed(cell.code)
    syntax = CellSyntax(tree)
    facts = CellFacts(tree)
  }

  /// A cell with the code of one that was read before.
  init(_ cell: Cell, like known: ParsedCell) {
    self.cell = cell
    (tree, syntax, facts) = (known.tree, known.syntax, known.facts)
  }

  subscript<Value>(dynamicMember path: KeyPath<Cell, Value>) -> Value { cell[keyPath: path] }
}

/// An inline value and its Swift, read once.
@dynamicMemberLookup
struct ParsedInlineValue {
  let value: InlineValue
  let tree: SourceFileSyntax

  init(_ value: InlineValue) {
    self.value = value
    tree = parsed(value.expression)
  }

  /// Whether it is one expression and nothing else.
  var isExpression: Bool { CellSyntax.isExpression(tree) }

  subscript<Member>(dynamicMember path: KeyPath<InlineValue, Member>) -> Member {
    value[keyPath: path]
  }
}

/// A chapter with code that nests too deep has been told so, and does not run; no tree is made of it.
private func parsed(_ code: String) -> SourceFileSyntax {
  Parser.parse(source: CodeNesting(code).excess == nil ? code : "")
}
