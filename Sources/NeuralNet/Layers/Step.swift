/// The perceptron's threshold, `y = 1` where `x ≥ 0`, else `0`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = 0`; gradient descent cannot train through it
public final class Step: Layer {
  public init() {}

  public var name: String { "Step" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.step() }
}
