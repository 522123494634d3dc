import SwiftSyntax

/// Collects the public declarations of one file.
final class DeclarationReader: SyntaxVisitor {
  private(set) var declarations: [PublicDeclaration] = []
  private let path: String
  private let types: TypeTable
  private let places: SourceLocationConverter
  /// The types around, and whether what stands in them needs no `public` of its own.
  private var scope: [(name: String, isProtocol: Bool)] = []

  init(path: String, tree: SourceFileSyntax, types: TypeTable) {
    self.path = path
    self.types = types
    places = SourceLocationConverter(fileName: path, tree: tree)
    super.init(viewMode: .sourceAccurate)
    walk(tree)
  }

  private var fullScope: String { scope.map(\.name).joined(separator: ".") }

  /// How deep in conditions that only Embedded Swift meets.
  private var browserConditions = 0

  override func visit(_ node: IfConfigClauseSyntax) -> SyntaxVisitorContinueKind {
    if isForBrowsers(node) { browserConditions += 1 }
    return .visitChildren
  }
  override func visitPost(_ node: IfConfigClauseSyntax) {
    if isForBrowsers(node) { browserConditions -= 1 }
  }

  private func isForBrowsers(_ clause: IfConfigClauseSyntax) -> Bool {
    let (own, other) = ("hasFeature(Embedded)", "!hasFeature(Embedded)")
    if let condition = clause.condition { return condition.trimmedDescription == own }
    let first = clause.parent?.as(IfConfigClauseListSyntax.self)?.first?.condition
    return first?.trimmedDescription == other
  }

  // MARK: Types

  private func enter(_ node: some DeclGroupSyntax & NamedDeclSyntax, isProtocol: Bool = false)
    -> SyntaxVisitorContinueKind
  {
    let name = node.name.text
    if name.hasPrefix("_")
      || !types.publicTypes.contains((scope.map(\.name) + [name]).joined(separator: "."))
    {
      return .skipChildren
    }
    var head = node.trimmed
    head.memberBlock = MemberBlockSyntax(members: [])
    add(name, .type, at: node, head: DeclSyntax(head))
    return .visitChildren
  }

  override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind {
    defer { scope.append((node.name.text, false)) }
    return enter(node)
  }
  override func visitPost(_ node: ClassDeclSyntax) { scope.removeLast() }
  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind {
    defer { scope.append((node.name.text, false)) }
    return enter(node)
  }
  override func visitPost(_ node: StructDeclSyntax) { scope.removeLast() }
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind {
    defer { scope.append((node.name.text, false)) }
    return enter(node)
  }
  override func visitPost(_ node: EnumDeclSyntax) { scope.removeLast() }
  override func visit(_ node: ProtocolDeclSyntax) -> SyntaxVisitorContinueKind {
    defer { scope.append((node.name.text, true)) }
    return enter(node)
  }
  override func visitPost(_ node: ProtocolDeclSyntax) { scope.removeLast() }
  override func visit(_ node: ExtensionDeclSyntax) -> SyntaxVisitorContinueKind {
    scope.append((node.extendedType.trimmedDescription, false))
    return .visitChildren
  }
  override func visitPost(_ node: ExtensionDeclSyntax) { scope.removeLast() }

  // MARK: Members

  private func isPublic(_ modifiers: DeclModifierListSyntax) -> Bool {
    modifiers.isPublic || scope.last?.isProtocol == true
  }

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    if isPublic(node.modifiers) {
      var head = node.trimmed
      head.body = nil
      add(MemberName.all(of: DeclSyntax(node))[0], .function, at: node, head: DeclSyntax(head))
    }
    return .skipChildren
  }

  override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
    if isPublic(node.modifiers) {
      var head = node.trimmed
      head.body = nil
      add(MemberName.all(of: DeclSyntax(node))[0], .function, at: node, head: DeclSyntax(head))
    }
    return .skipChildren
  }

  override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind {
    if isPublic(node.modifiers) {
      var head = node.trimmed
      head.accessorBlock = nil
      add(MemberName.all(of: DeclSyntax(node))[0], .function, at: node, head: DeclSyntax(head))
    }
    return .skipChildren
  }

  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    guard isPublic(node.modifiers) else { return .skipChildren }
    for binding in node.bindings {
      var head = node.trimmed
      var one = binding.trimmed
      one.trailingComma = nil
      one.accessorBlock = nil
      // A value that is stored says its type; where it does not, the value does.
      if one.typeAnnotation != nil { one.initializer = nil }
      head.bindings = [one]
      add(binding.pattern.trimmedDescription, .member, at: node, head: DeclSyntax(head))
    }
    return .skipChildren
  }

  override func visit(_ node: TypeAliasDeclSyntax) -> SyntaxVisitorContinueKind {
    if isPublic(node.modifiers) {
      add(node.name.text, .type, at: node, head: DeclSyntax(node.trimmed))
    }
    return .skipChildren
  }

  override func visit(_ node: EnumCaseDeclSyntax) -> SyntaxVisitorContinueKind {
    guard types.publicTypes.contains(fullScope) else { return .skipChildren }
    for element in node.elements {
      var head = node.trimmed
      var one = element.trimmed
      one.trailingComma = nil
      one.rawValue = nil
      head.elements = [one]
      let labels = element.parameterClause?.parameters.map { ($0.firstName?.text ?? "_") + ":" }
      let name = element.name.text + (labels.map { "(" + $0.joined() + ")" } ?? "")
      add(name, .enumCase, at: node, head: DeclSyntax(head))
    }
    return .skipChildren
  }

  // MARK: Collecting

  private func add(
    _ name: String, _ kind: PublicDeclaration.Kind, at node: some SyntaxProtocol, head: DeclSyntax
  ) {
    if name.hasPrefix("_") || scope.contains(where: { $0.name.hasPrefix("_") }) { return }
    let line = places.location(for: node.positionAfterSkippingLeadingTrivia).line
    declarations.append(
      PublicDeclaration(
        place: "\(path):\(line)", scope: scope.map(\.name), kind: kind, name: name,
        signature: Self.signature(head), documentation: Self.documentation(node.leadingTrivia),
        isWitness: kind != .type && types.isAskedFor(name, in: fullScope)
          && scope.last?.isProtocol != true,
        isForBrowsers: browserConditions > 0))
  }

  /// The lines of the comment that stands right above.
  private static func documentation(_ trivia: Trivia) -> [String] {
    var lines: [String] = []
    for piece in trivia {
      switch piece {
      case .docLineComment(let text): lines.append(String(text.dropFirst(3)))
      // A line of its own tears comment and declaration apart.
      case .newlines(let count) where count > 1: lines = []
      default: break
      }
    }
    return lines.map { $0.first == " " ? String($0.dropFirst()) : $0 }
  }

  private static func signature(_ head: DeclSyntax) -> String {
    let words = SignatureText(head).text
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.replacing("( ", with: "(").replacing(" )", with: ")")
      .replacing(" {}", with: "").replacing(" { }", with: "")
  }
}

/// A declaration without attributes, access and comments.
private final class SignatureText: SyntaxVisitor {
  private(set) var text = ""

  init(_ head: DeclSyntax) {
    super.init(viewMode: .sourceAccurate)
    walk(head)
  }

  override func visit(_ node: AttributeListSyntax) -> SyntaxVisitorContinueKind {
    // Result builders and escaping closures belong to what a caller writes; the rest does not.
    node.parent?.is(FunctionParameterSyntax.self) == true
      || node.parent?.is(AttributedTypeSyntax.self) == true ? .visitChildren : .skipChildren
  }

  override func visit(_ node: DeclModifierSyntax) -> SyntaxVisitorContinueKind {
    ["static", "mutating", "prefix", "indirect"].contains(node.name.text)
      ? .visitChildren : .skipChildren
  }

  override func visit(_ token: TokenSyntax) -> SyntaxVisitorContinueKind {
    if token.tokenKind == .keyword(.escaping) || token.text == "escaping" {
      if text.hasSuffix("@") { text.removeLast() }
      text += " "
      return .skipChildren
    }
    func spaces(_ trivia: Trivia) -> String { trivia.isEmpty ? "" : " " }
    text += spaces(token.leadingTrivia) + token.text + spaces(token.trailingTrivia)
    return .skipChildren
  }
}
