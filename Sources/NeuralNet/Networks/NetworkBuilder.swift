/// Lists of layers, with loops and conditions.
@resultBuilder
public enum NetworkBuilder {
  /// A layer on a line of its own.
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  /// Layers that a function or a loop outside has made.
  public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }
  /// The lines of the list, in their order.
  @export(interface)
  public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap { $0 } }
  /// `for _ in 0..<3 { Dense(8) }`: the layers of every turn, all different ones.
  @export(interface)
  public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap { $0 } }
  /// `if` without `else`.
  public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
  /// The layers after `if`.
  public static func buildEither(first part: [any Layer]) -> [any Layer] { part }
  /// The layers after `else`.
  public static func buildEither(second part: [any Layer]) -> [any Layer] { part }
}
