/// The rectified linear unit, `y = max(x, 0)`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy` where `y > 0`, else `0`
public final class ReLU: Layer {
  /// Element by element, whatever the shape.
  public init() {}

  public var name: String { "ReLU" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.relu() }

  public var absorbable: Activation { .relu }
}
