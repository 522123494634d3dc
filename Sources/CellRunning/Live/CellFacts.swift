import BookModel
import SwiftParser
import SwiftSyntax

/// What one top-level item of a cell declares, mentions, and may change.
struct ItemFacts {
  enum Kind: Hashable {
    case variable
    case function
    /// A type, protocol or alias.
    case type
    /// Also operators and precedence groups: what may only stand at the top of a file.
    case fileLevel
    case importing(String)
    case statement
  }

  var kind: Kind
  /// In the cell's code, in bytes.
  var range: Range<Int>
  var declares: Set<String> = []
  /// Members that an extension adds.
  var addsMembers: Set<String> = []
  var mentions: Set<String> = []
  var memberMentions: Set<String> = []
  /// Names that take part in a call, which may change what they refer to.
  var calls: Set<String> = []
  /// Names that are assigned to, or passed to be changed.
  var assigns: Set<String> = []
  /// Declared names that hold plain values: nothing that happens elsewhere can change them.
  var plainValues: Set<String> = []
  /// Where an error may leave the item, and where it waits, in bytes.
  var throwsAt: Int?
  var awaitsAt: Int?
  /// Where there is a regular expression, and where a random number that no seed decides, in bytes.
  var matchesAt: Int?
  var drawsAt: Int?
}

/// The top-level items of a cell, in order.
struct CellFacts {
  var items: [ItemFacts]

  init(_ code: String) {
    items = Parser.parse(source: code).statements.map { item in
      var facts = ItemFacts(kind: Self.kind(of: item), range: byteRange(Syntax(item)))
      let visitor = MentionVisitor(viewMode: .sourceAccurate)
      visitor.walk(item)
      facts.mentions = visitor.mentions
      facts.memberMentions = visitor.memberMentions
      facts.calls = visitor.calls
      facts.assigns = visitor.assigns
      facts.throwsAt = visitor.throwsAt
      facts.awaitsAt = visitor.awaitsAt
      facts.matchesAt = visitor.matchesAt
      facts.drawsAt = visitor.drawsAt
      Self.declarations(of: item, into: &facts)
      return facts
    }
  }

  private static func kind(of item: CodeBlockItemSyntax) -> ItemFacts.Kind {
    guard case .decl(let declaration) = item.item else { return .statement }
    switch declaration.as(DeclSyntaxEnum.self) {
    case .variableDecl: return .variable
    case .functionDecl: return .function
    case .structDecl, .classDecl, .enumDecl, .actorDecl, .protocolDecl, .typeAliasDecl:
      return .type
    case .importDecl(let declaration):
      return .importing(declaration.path.first?.name.text ?? "")
    case .extensionDecl, .operatorDecl, .precedenceGroupDecl, .macroDecl: return .fileLevel
    default: return .statement
    }
  }

  private static func declarations(of item: CodeBlockItemSyntax, into facts: inout ItemFacts) {
    guard case .decl(let declaration) = item.item else {
      // `guard let x` declares for the rest of the program.
      if case .stmt(let statement) = item.item, let guarded = statement.as(GuardStmtSyntax.self) {
        for condition in guarded.conditions {
          if case .optionalBinding(let binding) = condition.condition {
            facts.declares.formUnion(names(in: binding.pattern))
          }
        }
      }
      return
    }
    switch declaration.as(DeclSyntaxEnum.self) {
    case .variableDecl(let variable):
      for binding in variable.bindings {
        let names = names(in: binding.pattern)
        facts.declares.formUnion(names)
        if variable.bindingSpecifier.text == "let", PlainValue.isPlain(binding) {
          facts.plainValues.formUnion(names)
        }
      }
    case .functionDecl(let function): facts.declares.insert(function.name.text)
    case .extensionDecl(let declaration):
      for member in declaration.memberBlock.members {
        if let function = member.decl.as(FunctionDeclSyntax.self) {
          facts.addsMembers.insert(function.name.text)
        } else if let variable = member.decl.as(VariableDeclSyntax.self) {
          for binding in variable.bindings {
            facts.addsMembers.formUnion(names(in: binding.pattern))
          }
        } else {
          // Initializers and subscripts have no name to look for.
          facts.addsMembers.insert(declaration.extendedType.trimmedDescription)
        }
      }
      if declaration.inheritanceClause != nil {
        facts.addsMembers.insert(declaration.extendedType.trimmedDescription)
      }
    default:
      if let named = declaration.asProtocol(NamedDeclSyntax.self) {
        facts.declares.insert(named.name.text)
      }
    }
  }

  static func names(in pattern: PatternSyntax) -> Set<String> {
    switch pattern.as(PatternSyntaxEnum.self) {
    case .identifierPattern(let name): [name.identifier.text]
    case .tuplePattern(let tuple):
      tuple.elements.reduce(into: []) { $0.formUnion(names(in: $1.pattern)) }
    default: []
    }
  }
}

/// Collects the names in an item, and how they are used.
private final class MentionVisitor: SyntaxVisitor {
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

func byteRange(_ node: Syntax) -> Range<Int> {
  node.positionAfterSkippingLeadingTrivia
    .utf8Offset..<node.endPositionBeforeTrailingTrivia.utf8Offset
}
