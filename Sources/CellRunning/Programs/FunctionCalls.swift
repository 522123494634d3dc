import SwiftSyntax

/// Where code names a function of `names` to call it, in bytes: `exit` in `exit(0)`, and all of
/// `Foundation.exit` in `Foundation.exit(0)`.
func functionCalls(of names: Set<String>, in tree: SourceFileSyntax) -> [Range<Int>] {
  let visitor = CallVisitor(names)
  visitor.walk(tree)
  return visitor.found
}

private final class CallVisitor: SyntaxVisitor {
  private let names: Set<String>
  private(set) var found: [Range<Int>] = []

  init(_ names: Set<String>) {
    self.names = names
    super.init(viewMode: .sourceAccurate)
  }

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    let called = node.calledExpression
    let name =
      called.as(DeclReferenceExprSyntax.self)
      ?? called.as(MemberAccessExprSyntax.self).flatMap { member in
        member.base?.is(DeclReferenceExprSyntax.self) == true ? member.declName : nil
      }
    if let name, names.contains(name.baseName.text) {
      let start = called.positionAfterSkippingLeadingTrivia.utf8Offset
      found.append(start..<start + called.trimmedLength.utf8Length)
    }
    return .visitChildren
  }
}
