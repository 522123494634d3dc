/// Mish, `y = x tanh(log(1 + exp x))`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: by composition
public final class Mish: Layer {
  /// Element by element, whatever the shape.
  public init() {}

  public var name: String { "Mish" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.mish() }
}
