import Foundation
import Support
import SwiftParser
import SwiftSyntax

/// What a module offers, read off its sources: both sides of `#if`, names with an underscore left
/// out, which are for the builder.
struct PublicInterface {
  private(set) var declarations: [PublicDeclaration] = []

  /// What Swift's own protocols ask for, and say themselves.
  private static let foreignRequirements: [String: Set<String>] = [
    "CustomStringConvertible": ["description"],
    "Equatable": ["==(_:_:)"],
    "ExpressibleByArrayLiteral": ["init(arrayLiteral:)"],
    "ExpressibleByIntegerLiteral": ["init(integerLiteral:)"],
    "ExpressibleByStringLiteral": ["init(stringLiteral:)"],
    "RandomNumberGenerator": ["next()"],
    // What the compiler alone calls, for `"\(…)"`.
    "DefaultStringInterpolation": ["appendLiteral(_:)", "appendInterpolation(_:)"],
  ]

  /// The sources of modules that know each other's types, by path.
  init(_ sources: [(path: String, text: String)]) {
    let files = sources.map { (path: $0.path, tree: Parser.parse(source: $0.text)) }
    var types = TypeTable(requirements: Self.foreignRequirements)
    for file in files { types.read(file.tree) }
    for file in files {
      let reader = DeclarationReader(path: file.path, tree: file.tree, types: types)
      declarations += reader.declarations
    }
  }

  /// That of the modules that cells import; read once, which takes seconds.
  static let ofCells = Result {
    PublicInterface(
      try ["NeuralNet", "Notebook"]
        .flatMap { Repository.files(below: "Sources/" + $0, endings: [".swift"]) }
        .map { ($0, try Repository.text(of: $0)) })
  }

  /// A sentence for each declaration that says nothing of itself.
  var silences: [String] {
    declarations.filter { !$0.isDocumented && !$0.isWitness }.map {
      """
      \($0.place): \($0.fullName) has no documentation comment; say what its name does not: a shape, a \
      unit, where it stops
      """
    }
  }
}

/// Which types are public, and which protocols they conform to.
struct TypeTable {
  private(set) var publicTypes: Set<String> = []
  private var parents: [String: Set<String>] = [:]
  private var requirements: [String: Set<String>]

  init(requirements: [String: Set<String>]) { self.requirements = requirements }

  mutating func read(_ tree: SourceFileSyntax) {
    let collector = TypeCollector(viewMode: .sourceAccurate)
    collector.walk(tree)
    publicTypes.formUnion(collector.publicTypes)
    parents.merge(collector.parents) { $0.union($1) }
    requirements.merge(collector.requirements) { $0.union($1) }
  }

  /// Whether a protocol that the type conforms to, or that it is, asks for the member.
  func isAskedFor(_ name: String, in type: String) -> Bool {
    var seen: Set<String> = []
    var waiting = [type]
    while let next = waiting.popLast() {
      if !seen.insert(next).inserted { continue }
      if requirements[next]?.contains(name) == true { return true }
      waiting += parents[next] ?? []
    }
    return false
  }
}

private final class TypeCollector: SyntaxVisitor {
  var publicTypes: Set<String> = []
  var parents: [String: Set<String>] = [:]
  var requirements: [String: Set<String>] = [:]
  private var scope: [String] = []

  private func enter(
    _ name: String, _ modifiers: DeclModifierListSyntax?, _ clause: InheritanceClauseSyntax?
  )
    -> SyntaxVisitorContinueKind
  {
    scope.append(name)
    let full = scope.joined(separator: ".")
    if modifiers?.isPublic == true { publicTypes.insert(full) }
    parents[full, default: []].formUnion(
      clause?.inheritedTypes.map { $0.type.trimmedDescription } ?? [])
    return .visitChildren
  }

  override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind {
    enter(node.name.text, node.modifiers, node.inheritanceClause)
  }
  override func visitPost(_ node: ClassDeclSyntax) { scope.removeLast() }
  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind {
    enter(node.name.text, node.modifiers, node.inheritanceClause)
  }
  override func visitPost(_ node: StructDeclSyntax) { scope.removeLast() }
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind {
    enter(node.name.text, node.modifiers, node.inheritanceClause)
  }
  override func visitPost(_ node: EnumDeclSyntax) { scope.removeLast() }
  override func visit(_ node: ExtensionDeclSyntax) -> SyntaxVisitorContinueKind {
    enter(node.extendedType.trimmedDescription, nil, node.inheritanceClause)
  }
  override func visitPost(_ node: ExtensionDeclSyntax) { scope.removeLast() }

  // What a body declares nobody else can name.
  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }

  override func visit(_ node: ProtocolDeclSyntax) -> SyntaxVisitorContinueKind {
    _ = enter(node.name.text, node.modifiers, node.inheritanceClause)
    let names = node.memberBlock.members.flatMap { MemberName.all(of: $0.decl) }
    requirements[scope.joined(separator: "."), default: []].formUnion(names)
    return .visitChildren
  }
  override func visitPost(_ node: ProtocolDeclSyntax) { scope.removeLast() }
}

/// Names as documentation writes them, with the labels of arguments.
enum MemberName {
  /// Those of a declaration, which for a condition are those of both sides.
  static func all(of declaration: DeclSyntax) -> [String] {
    if let condition = declaration.as(IfConfigDeclSyntax.self) {
      return condition.clauses.flatMap { clause -> [String] in
        guard case .decls(let members)? = clause.elements else { return [] }
        return members.flatMap { all(of: $0.decl) }
      }
    }
    if let function = declaration.as(FunctionDeclSyntax.self) {
      return [
        function.name.text
          + labels(function.signature.parameterClause, isOperator: function.isOperator)
      ]
    }
    if let initializer = declaration.as(InitializerDeclSyntax.self) {
      return ["init" + labels(initializer.signature.parameterClause)]
    }
    if let item = declaration.as(SubscriptDeclSyntax.self) {
      return ["subscript" + labels(item.parameterClause, isOperator: true)]
    }
    if let variable = declaration.as(VariableDeclSyntax.self) {
      return variable.bindings.map { $0.pattern.trimmedDescription }
    }
    return []
  }

  /// Operators and subscripts have no labels but those that are written twice.
  static func labels(_ clause: FunctionParameterClauseSyntax, isOperator: Bool = false) -> String {
    let names = clause.parameters.map { parameter in
      isOperator && parameter.secondName == nil ? "_" : parameter.firstName.text
    }
    return "(" + names.map { $0 + ":" }.joined() + ")"
  }
}

extension FunctionDeclSyntax {
  var isOperator: Bool {
    switch name.tokenKind {
    case .binaryOperator, .prefixOperator, .postfixOperator: true
    default: false
    }
  }
}

extension DeclModifierListSyntax {
  var isPublic: Bool {
    contains { ["public", "open"].contains($0.name.text) && $0.detail == nil }
  }
}
