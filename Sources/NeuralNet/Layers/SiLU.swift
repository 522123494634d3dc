/// The sigmoid-weighted linear unit, also called swish, `y = x σ(x)`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy (σ(x) + x σ(x) (1 − σ(x)))`
public final class SiLU: Layer {
  /// Element by element, whatever the shape.
  public init() {}

  public var name: String { "SiLU" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.silu() }
}
