/// The hyperbolic tangent, `y = tanh x`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy (1 - y²)`
public final class Tanh: Layer {
  /// Element by element, whatever the shape.
  public init() {}

  public var name: String { "Tanh" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.tanh() }

  public var absorbable: Activation { .tanh }
}
