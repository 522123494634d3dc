import SwiftSyntax

/// What must be known of a cell's Swift before it can stand in a program.
struct CellSyntax {
  /// Where in the code, in bytes, a last expression begins and ends; nil without one.
  var trailingExpression: Range<Int>?
  /// Byte ranges of declarations that may only stand at the top of a file, and of the types that
  /// they may extend; empty where everything may stand inside braces.
  var topLevelOnly: [Range<Int>]
  /// Of these, the declarations that may not stand inside braces themselves.
  var onlyAtTop: [Range<Int>]
  /// First mistake of the grammar, as byte offset and message.
  var mistakes: [(offset: Int, message: String)]
  /// Uses of names that belong to the program around the cells.
  var reservedNames: [(offset: Int, name: String)]
  /// Attributes that reach beyond the cell: into the program's symbols and sections.
  var reservedAttributes: [(offset: Int, name: String)]
  /// Where directives stand that move the places of messages.
  var sourceLocations: [Int]

  init(_ tree: SourceFileSyntax) {
    mistakes = tree.hasError ? grammarMistakes(in: tree) : []
    trailingExpression = tree.statements.last.flatMap(Self.shownExpression)
    let items = tree.statements.map(\.item)
    topLevelOnly =
      items.contains(where: Self.mustStandAtTop)
      ? items.filter { Self.mustStandAtTop($0) || Self.isType($0) }.map { byteRange(Syntax($0)) }
      : []
    onlyAtTop = items.filter(Self.mustStandAtTop).map { byteRange(Syntax($0)) }
    sourceLocations = tree.tokens(viewMode: .sourceAccurate).filter {
      $0.tokenKind == .poundSourceLocation
    }.map(\.positionAfterSkippingLeadingTrivia.utf8Offset)
    reservedNames = Self.reservedNames(in: tree)
    let finder = AttributeFinder(viewMode: .sourceAccurate)
    finder.walk(tree)
    reservedAttributes = finder.found
  }

  /// Also between back-quotes, which mean the same name.
  static func reservedNames(in tree: SourceFileSyntax) -> [(offset: Int, name: String)] {
    tree.tokens(viewMode: .sourceAccurate).compactMap { token in
      guard case .identifier(let text) = token.tokenKind else { return nil }
      let name = text.drop { $0 == "`" }.prefix { $0 != "`" }
      guard name.hasPrefix("_nnbook") else { return nil }
      return (token.positionAfterSkippingLeadingTrivia.utf8Offset, String(name))
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

private final class AttributeFinder: SyntaxVisitor {
  var found: [(offset: Int, name: String)] = []

  /// With `@c` and the like a cell could stand in for a function of the system, and `@section` puts
  /// bytes where linker and loader look for orders.
  private static let reserved: Set = [
    "_cdecl", "_dynamicReplacement", "_expose", "_extern", "_section", "_silgen_name", "_used", "c",
    "cdecl", "extern", "section", "used",
  ]

  override func visit(_ node: AttributeSyntax) -> SyntaxVisitorContinueKind {
    let name = node.attributeName.trimmedDescription.filter { $0 != "`" }
    if Self.reserved.contains(name) {
      found.append((node.positionAfterSkippingLeadingTrivia.utf8Offset, name))
    }
    return .visitChildren
  }
}
