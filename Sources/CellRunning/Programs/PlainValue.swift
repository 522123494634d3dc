import SwiftSyntax

/// What can be told of an expression without types: whether its value is a plain one that nothing
/// elsewhere can change, and whether a call only reads.
enum PlainValue {
  /// Types whose values are plain, and functions that give such values.
  private static let makers: Set<String> = [
    "Int", "Float", "Double", "Bool", "String", "Array", "Dataset", "Shape", "stride", "zip", "min",
    "max", "abs", "slider", "stepper", "picker", "toggle", "seed", "button", "player", "points",
  ]

  private static let plainTypes: Set<String> = [
    "Int", "Float", "Double", "Bool", "String", "[Float]", "[Int]", "[[Float]]", "[Double]",
    "[String]", "Dataset", "Shape",
  ]

  /// Functions that look at what they are given and leave it as it is.
  private static let readers: Set<String> = [
    "show", "print", "plot", "scatter", "bars", "histogram", "heatmap", "decisionRegions",
    "diagram",
    "table", "panels", "contour", "image", "markdown", "summary", "predict", "evaluate",
    "activations", "contains", "map", "goal",
  ]

  static func isPlain(_ binding: PatternBindingSyntax) -> Bool {
    if let type = binding.typeAnnotation?.type.trimmedDescription, plainTypes.contains(type) {
      return true
    }
    guard let value = binding.initializer?.value else { return false }
    return isPlain(value)
  }

  private static func isPlain(_ expression: ExprSyntax) -> Bool {
    switch expression.as(ExprSyntaxEnum.self) {
    case .integerLiteralExpr, .floatLiteralExpr, .booleanLiteralExpr, .stringLiteralExpr,
      .binaryOperatorExpr:
      true
    case .prefixOperatorExpr(let prefixed): isPlain(prefixed.expression)
    case .sequenceExpr(let sequence): sequence.elements.allSatisfy(isPlain)
    case .tupleExpr(let tuple): tuple.elements.allSatisfy { isPlain($0.expression) }
    case .arrayExpr(let array): array.elements.allSatisfy { isPlain($0.expression) }
    case .memberAccessExpr(let access): access.base.map(isMaker) ?? false
    case .functionCallExpr(let call): isMaker(call.calledExpression)
    default: false
    }
  }

  private static func isMaker(_ expression: ExprSyntax) -> Bool {
    if let access = expression.as(MemberAccessExprSyntax.self) {
      return access.base.map(isMaker) ?? false
    }
    guard let name = expression.as(DeclReferenceExprSyntax.self) else { return false }
    return makers.contains(name.baseName.text)
  }

  static func onlyReads(_ call: FunctionCallExprSyntax) -> Bool {
    if let access = call.calledExpression.as(MemberAccessExprSyntax.self) {
      return readers.contains(access.declName.baseName.text)
    }
    guard let name = call.calledExpression.as(DeclReferenceExprSyntax.self) else { return false }
    return readers.contains(name.baseName.text)
  }
}
