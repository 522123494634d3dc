import SwiftSyntax

/// What must be known of a cell's Swift before it can stand in a program.
struct CellSyntax {
  /// Where in the code, in bytes, a last expression begins and ends; nil without one.
  var trailingExpression: Range<Int>?
  /// Byte ranges of declarations that may only stand at the top of a file, and of the types that
  /// they may extend; empty where everything may stand inside braces.
  var topLevelOnly: [Range<Int>]
  /// First mistake of the grammar, as byte offset and message.
  var mistakes: [(offset: Int, message: String)]
  /// Uses of names that belong to the program around the cells.
  var reservedNames: [(offset: Int, name: String)]

  init(_ tree: SourceFileSyntax) {
    mistakes = tree.hasError ? grammarMistakes(in: tree) : []
    trailingExpression = tree.statements.last.flatMap(Self.shownExpression)
    let items = tree.statements.map(\.item)
    topLevelOnly =
      items.contains(where: Self.mustStandAtTop)
      ? items.filter { Self.mustStandAtTop($0) || Self.isType($0) }.map { byteRange(Syntax($0)) }
      : []
    reservedNames = tree.tokens(viewMode: .sourceAccurate).compactMap { token in
      guard case .identifier(let name) = token.tokenKind, name.hasPrefix("_nnbook") else {
        return nil
      }
      return (token.positionAfterSkippingLeadingTrivia.utf8Offset, name)
    }
  }

  static func isExpression(_ tree: SourceFileSyntax) -> Bool {
    guard !tree.hasError, tree.statements.count == 1, let item = tree.statements.first else {
      return false
    }
    return shownExpression(item) != nil
  }

  private static func shownExpression(_ item: CodeBlockItemSyntax) -> Range<Int>? {
    guard case .expr(let expression) = item.item, isShown(expression) else { return nil }
    return byteRange(Syntax(expression))
  }

  /// `if` and `switch` are statements here, and an assignment has no value worth showing.
  private static func isShown(_ expression: ExprSyntax) -> Bool {
    switch expression.as(ExprSyntaxEnum.self) {
    case .ifExpr, .switchExpr, .assignmentExpr, .missingExpr, .macroExpansionExpr,
      .discardAssignmentExpr, .closureExpr:
      false
    case .tryExpr(let inner): isShown(inner.expression)
    case .awaitExpr(let inner): isShown(inner.expression)
    case .sequenceExpr(let sequence): !sequence.elements.contains(where: assigns)
    default: true
    }
  }

  private static func assigns(_ element: ExprSyntax) -> Bool {
    if element.is(AssignmentExprSyntax.self) { return true }
    guard let name = element.as(BinaryOperatorExprSyntax.self)?.operator.text else { return false }
    return assignmentOperators.contains(name)
  }

  private static let assignmentOperators: Set = [
    "+=", "-=", "*=", "/=", "%=", "&+=", "&-=", "&*=", "&=", "|=", "^=", "<<=", ">>=", "&<<=",
    "&>>=", ".&=", ".|=", ".^=",
  ]

  private static func mustStandAtTop(_ item: CodeBlockItemSyntax.Item) -> Bool {
    guard case .decl(let declaration) = item else { return false }
    switch declaration.kind {
    case .extensionDecl, .importDecl, .operatorDecl, .precedenceGroupDecl, .macroDecl: return true
    default: return false
    }
  }

  private static func isType(_ item: CodeBlockItemSyntax.Item) -> Bool {
    guard case .decl(let declaration) = item else { return false }
    switch declaration.kind {
    case .structDecl, .classDecl, .enumDecl, .actorDecl, .protocolDecl, .typeAliasDecl: return true
    default: return false
    }
  }
}
