import SwiftSyntax

/// Collects the names in an item, and how they are used.
final class MentionVisitor: SyntaxVisitor {
  var mentions: Set<String> = []
  var memberMentions: Set<String> = []
  var calls: Set<String> = []
  var assigns: Set<String> = []
  var throwsAt: Int?
  var awaitsAt: Int?
  var matchesAt: Int?
  var drawsAt: Int?
  /// Functions, closures and `do` blocks that keep errors from leaving the item.
  private var enclosures = 0
  /// Of the functions and closures around: in them the names mean nothing else of the chapter.
  private var parameters: [Set<String>] = []

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    let isMember = node.parent?.as(MemberAccessExprSyntax.self)?.declName.id == node.id
    if isMember {
      memberMentions.insert(node.baseName.text)
    } else if !isParameter(node.baseName.text) {
      mentions.insert(node.baseName.text)
    }
    return .visitChildren
  }

  private func isParameter(_ name: String) -> Bool { parameters.contains { $0.contains(name) } }

  override func visit(_ node: CodeBlockSyntax) -> SyntaxVisitorContinueKind {
    if let function = node.parent?.as(FunctionDeclSyntax.self) {
      parameters.append(Self.names(of: function.signature.parameterClause.parameters))
    }
    return .visitChildren
  }

  override func visitPost(_ node: CodeBlockSyntax) {
    if node.parent?.is(FunctionDeclSyntax.self) == true { parameters.removeLast() }
  }

  override func visit(_ node: CodeBlockItemListSyntax) -> SyntaxVisitorContinueKind {
    if let closure = node.parent?.as(ClosureExprSyntax.self) {
      parameters.append(Self.parameters(of: closure))
    }
    return .visitChildren
  }

  override func visitPost(_ node: CodeBlockItemListSyntax) {
    if node.parent?.is(ClosureExprSyntax.self) == true { parameters.removeLast() }
  }

  private static func parameters(of closure: ClosureExprSyntax) -> Set<String> {
    switch closure.signature?.parameterClause {
    case .simpleInput(let names): Set(names.map(\.name.text))
    case .parameterClause(let clause):
      Set(clause.parameters.map { ($0.secondName ?? $0.firstName).text })
    case nil: []
    }
  }

  private static func names(of parameters: FunctionParameterListSyntax) -> Set<String> {
    Set(parameters.map { ($0.secondName ?? $0.firstName).text })
  }

  override func visit(_ node: IdentifierTypeSyntax) -> SyntaxVisitorContinueKind {
    mentions.insert(node.name.text)
    return .visitChildren
  }

  override func visit(_ node: BinaryOperatorExprSyntax) -> SyntaxVisitorContinueKind {
    mentions.insert(node.operator.text)
    return .visitChildren
  }

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    if drawsAt == nil, drawsWithoutSeed(node) {
      drawsAt = node.positionAfterSkippingLeadingTrivia.utf8Offset
    }
    if !PlainValue.onlyReads(node) { calls.formUnion(names(in: Syntax(node))) }
    return .visitChildren
  }

  override func visit(_ node: SequenceExprSyntax) -> SyntaxVisitorContinueKind {
    for (index, element) in node.elements.enumerated() where isAssignment(element) {
      for target in node.elements.prefix(index) { assigns.formUnion(names(in: Syntax(target))) }
    }
    return .visitChildren
  }

  override func visit(_ node: InOutExprSyntax) -> SyntaxVisitorContinueKind {
    assigns.formUnion(names(in: Syntax(node)))
    return .visitChildren
  }

  override func visit(_ node: TryExprSyntax) -> SyntaxVisitorContinueKind {
    if node.questionOrExclamationMark == nil, enclosures == 0, throwsAt == nil {
      throwsAt = node.positionAfterSkippingLeadingTrivia.utf8Offset
    }
    return .visitChildren
  }

  override func visit(_ node: ThrowStmtSyntax) -> SyntaxVisitorContinueKind {
    if enclosures == 0, throwsAt == nil {
      throwsAt = node.positionAfterSkippingLeadingTrivia.utf8Offset
    }
    return .visitChildren
  }

  override func visit(_ node: AwaitExprSyntax) -> SyntaxVisitorContinueKind {
    if awaitsAt == nil { awaitsAt = node.positionAfterSkippingLeadingTrivia.utf8Offset }
    return .visitChildren
  }

  override func visit(_ node: RegexLiteralExprSyntax) -> SyntaxVisitorContinueKind {
    if matchesAt == nil { matchesAt = node.positionAfterSkippingLeadingTrivia.utf8Offset }
    return .visitChildren
  }

  override func visit(_ node: DoStmtSyntax) -> SyntaxVisitorContinueKind { enter() }
  override func visitPost(_ node: DoStmtSyntax) { enclosures -= 1 }
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { enter() }
  override func visitPost(_ node: FunctionDeclSyntax) { enclosures -= 1 }
  override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind { enter() }
  override func visitPost(_ node: InitializerDeclSyntax) { enclosures -= 1 }
  override func visit(_ node: AccessorDeclSyntax) -> SyntaxVisitorContinueKind { enter() }
  override func visitPost(_ node: AccessorDeclSyntax) { enclosures -= 1 }
  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind { enter() }
  override func visitPost(_ node: ClosureExprSyntax) { enclosures -= 1 }

  /// The standard library's own functions that draw from the system.
  private func drawsWithoutSeed(_ node: FunctionCallExprSyntax) -> Bool {
    guard let access = node.calledExpression.as(MemberAccessExprSyntax.self),
      !node.arguments.contains(where: { $0.label?.text == "using" })
    else { return false }
    switch access.declName.baseName.text {
    case "random":
      let type = access.base?.as(DeclReferenceExprSyntax.self)?.baseName.text ?? ""
      return ["Int", "Float", "Double", "Bool"].contains(type)
    case "shuffled", "shuffle", "randomElement": return node.arguments.isEmpty
    default: return false
    }
  }

  private func enter() -> SyntaxVisitorContinueKind {
    enclosures += 1
    return .visitChildren
  }

  private func isAssignment(_ element: ExprSyntax) -> Bool {
    if element.is(AssignmentExprSyntax.self) { return true }
    guard let name = element.as(BinaryOperatorExprSyntax.self)?.operator.text else { return false }
    return name.hasSuffix("=") && !["==", "!=", "<=", ">=", "===", "!==", "~="].contains(name)
  }

  private func names(in node: Syntax) -> Set<String> {
    let visitor = NameVisitor(viewMode: .sourceAccurate)
    visitor.walk(node)
    return visitor.names.filter { !isParameter($0) }
  }
}

private final class NameVisitor: SyntaxVisitor {
  var names: Set<String> = []

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    if node.parent?.as(MemberAccessExprSyntax.self)?.declName.id != node.id {
      names.insert(node.baseName.text)
    }
    return .visitChildren
  }
}
