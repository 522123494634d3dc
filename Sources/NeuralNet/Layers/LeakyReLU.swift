/// The rectifier with a slope below zero, `y = x` where `x > 0`, else `slope · x`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy` where `x > 0`, else `slope · dy`
public final class LeakyReLU: Layer {
  /// The slope below 0.
  public let slope: Float

  /// `y = x` from 0 on, `y = slope x` below.
  public init(slope: Float = 0.01) { self.slope = slope }

  public var name: String { "LeakyReLU(slope: \(slope))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.leakyReLU(slope: slope) }
}
