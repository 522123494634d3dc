/// A smooth rectifier, `y = log(1 + exp(β x)) / β`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy σ(β x)`
public final class Softplus: Layer {
  /// How sharp the bend is; the larger, the nearer to the rectifier.
  public let beta: Float

  /// Stops for a beta that is not above 0.
  public init(beta: Float = 1) {
    if !(beta > 0) { stop("Softplus: beta must be above 0, got \(beta) [value-out-of-range]") }
    self.beta = beta
  }

  public var name: String { beta == 1 ? "Softplus" : "Softplus(beta: \(beta))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.softplus(beta: beta) }
}
