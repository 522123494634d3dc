import SwiftSyntax

/// The top-level items of a cell, in order.
struct CellFacts {
  var items: [ItemFacts]

  init(_ tree: SourceFileSyntax) {
    items = tree.statements.map { item in
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

func byteRange(_ node: Syntax) -> Range<Int> {
  node.positionAfterSkippingLeadingTrivia
    .utf8Offset..<node.endPositionBeforeTrailingTrivia.utf8Offset
}
