import SwiftSyntax

/// The names that a piece of Swift uses from around it: those used when it runs, and those that
/// wait in functions, closures and types until somebody calls them.
///
/// A name that the piece binds anywhere, as a parameter, a local variable or a member, counts as its
/// own everywhere in it: what is told from this must never be wrong, and may miss something.
struct NameUses {
  /// Where each name is used first, in bytes.
  private(set) var immediate: [String: Int] = [:]
  private(set) var deferred: Set<String> = []

  /// - Parameter isDeferred: whether all of it waits to be called.
  init(_ node: some SyntaxProtocol, isDeferred: Bool = false) {
    let visitor = UseVisitor(viewMode: .sourceAccurate)
    visitor.waiting = isDeferred ? 1 : 0
    visitor.walk(node)
    immediate = visitor.immediate.filter { !visitor.bound.contains($0.key) }
    deferred = visitor.deferred.subtracting(visitor.bound)
  }

  mutating func remove(_ names: Set<String>) {
    for name in names { immediate[name] = nil }
    deferred.subtract(names)
  }
}

private final class UseVisitor: SyntaxVisitor {
  var immediate: [String: Int] = [:]
  var deferred: Set<String> = []
  var bound: Set<String> = []
  /// How many functions, types and kept closures are around.
  var waiting = 0

  private func use(_ name: TokenSyntax) {
    if waiting > 0 {
      deferred.insert(name.text)
    } else {
      let offset = name.positionAfterSkippingLeadingTrivia.utf8Offset
      immediate[name.text] = min(immediate[name.text] ?? .max, offset)
    }
  }

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    let isMember =
      node.parent?.as(MemberAccessExprSyntax.self)?.declName.id == node.id
      || node.parent?.is(KeyPathPropertyComponentSyntax.self) == true
    if !isMember { use(node.baseName) }
    return .visitChildren
  }

  override func visit(_ node: BinaryOperatorExprSyntax) -> SyntaxVisitorContinueKind {
    use(node.operator)
    return .visitChildren
  }

  /// Which of its branches is compiled is not known here.
  override func visit(_ node: IfConfigDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }

  // MARK: What binds names

  override func visit(_ node: IdentifierPatternSyntax) -> SyntaxVisitorContinueKind {
    bound.insert(node.identifier.text)
    return .visitChildren
  }

  override func visit(_ node: FunctionParameterSyntax) -> SyntaxVisitorContinueKind {
    bind(node.firstName, node.secondName)
  }

  override func visit(_ node: ClosureParameterSyntax) -> SyntaxVisitorContinueKind {
    bind(node.firstName, node.secondName)
  }

  override func visit(_ node: ClosureShorthandParameterSyntax) -> SyntaxVisitorContinueKind {
    bind(node.name)
  }

  override func visit(_ node: ClosureCaptureSyntax) -> SyntaxVisitorContinueKind {
    node.initializer == nil ? .visitChildren : bind(node.name)
  }

  override func visit(_ node: EnumCaseElementSyntax) -> SyntaxVisitorContinueKind {
    bind(node.name)
  }

  override func visit(_ node: AccessorParametersSyntax) -> SyntaxVisitorContinueKind {
    bind(node.name)
  }

  override func visit(_ node: CatchClauseSyntax) -> SyntaxVisitorContinueKind {
    bound.insert("error")
    return .visitChildren
  }

  private func bind(_ names: TokenSyntax?...) -> SyntaxVisitorContinueKind {
    for name in names { if let name { bound.insert(name.text) } }
    return .visitChildren
  }

  // MARK: What waits

  override func visit(_ node: ClosureExprSyntax) -> SyntaxVisitorContinueKind {
    if isKept(node) { waiting += 1 }
    return .visitChildren
  }
  override func visitPost(_ node: ClosureExprSyntax) { if isKept(node) { waiting -= 1 } }

  override func visit(_ node: AccessorBlockSyntax) -> SyntaxVisitorContinueKind {
    bound.formUnion(["newValue", "oldValue"])
    return wait()
  }
  override func visitPost(_ node: AccessorBlockSyntax) { waiting -= 1 }
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    if isInner(node) { bound.insert(node.name.text) }
    return wait()
  }
  override func visitPost(_ node: FunctionDeclSyntax) { waiting -= 1 }
  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind { enter(node) }
  override func visitPost(_ node: StructDeclSyntax) { waiting -= 1 }
  override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind { enter(node) }
  override func visitPost(_ node: ClassDeclSyntax) { waiting -= 1 }
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind { enter(node) }
  override func visitPost(_ node: EnumDeclSyntax) { waiting -= 1 }
  override func visit(_ node: ActorDeclSyntax) -> SyntaxVisitorContinueKind { enter(node) }
  override func visitPost(_ node: ActorDeclSyntax) { waiting -= 1 }

  private func enter(_ node: some NamedDeclSyntax) -> SyntaxVisitorContinueKind {
    if isInner(node) { bound.insert(node.name.text) }
    return wait()
  }

  private func wait() -> SyntaxVisitorContinueKind {
    waiting += 1
    return .visitChildren
  }

  /// A declaration inside the piece, and not the piece itself.
  private func isInner(_ node: some SyntaxProtocol) -> Bool { waiting > 0 || depth(of: node) > 0 }

  /// Blocks around a node, up to the top of the file.
  private func depth(of node: some SyntaxProtocol) -> Int {
    var depth = 0
    var parent = node.parent
    while let current = parent {
      if current.is(CodeBlockSyntax.self) || current.is(MemberBlockSyntax.self)
        || current.is(ClosureExprSyntax.self)
      {
        depth += 1
      }
      parent = current.parent
    }
    return depth
  }

  /// A closure that is passed to a call, or called itself, mostly runs at once; but not a task's.
  private func isKept(_ closure: ClosureExprSyntax) -> Bool {
    var parent = closure.parent
    while let node = parent,
      node.is(LabeledExprSyntax.self) || node.is(LabeledExprListSyntax.self)
        || node.is(MultipleTrailingClosureElementSyntax.self)
        || node.is(MultipleTrailingClosureElementListSyntax.self)
    {
      parent = node.parent
    }
    guard let call = parent?.as(FunctionCallExprSyntax.self) else { return true }
    let called = call.calledExpression.trimmedDescription
    return called == "Task" || called.hasPrefix("Task.") || called.hasSuffix(".async")
  }
}
