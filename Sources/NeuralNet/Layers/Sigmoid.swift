/// The logistic function, `y = 1 / (1 + exp(-x))`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy y (1 - y)`
public final class Sigmoid: Layer {
  /// Element by element, whatever the shape; for two classes or more, one beside the other, `Softmax`.
  public init() {}

  public var name: String { "Sigmoid" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.sigmoid() }

  public var absorbable: Activation { .sigmoid }
}
