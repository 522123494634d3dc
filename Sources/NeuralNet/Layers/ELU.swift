/// The exponential linear unit, `y = x` where `x > 0`, else `α (exp x − 1)`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy` where `x > 0`, else `dy (y + α)`
public final class ELU: Layer {
  /// Minus the value that the output nears for very negative inputs.
  public let alpha: Float

  /// With 1 the slope has no jump at 0.
  public init(alpha: Float = 1) { self.alpha = alpha }

  public var name: String { "ELU(alpha: \(alpha))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.elu(alpha: alpha) }
}
