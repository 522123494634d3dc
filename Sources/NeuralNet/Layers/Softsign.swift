/// Softsign, `y = x / (1 + |x|)`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: by composition
public final class Softsign: Layer {
  /// Element by element, whatever the shape.
  public init() {}

  public var name: String { "Softsign" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.softsign() }
}
