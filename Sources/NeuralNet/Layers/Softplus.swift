/// A smooth rectifier, `y = log(1 + exp(β x)) / β`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy σ(β x)`
public final class Softplus: Layer {
  public let beta: Float

  public init(beta: Float = 1) {
    if !(beta > 0) { stop("Softplus: beta must be above 0, got \(beta) [value-out-of-range]") }
    self.beta = beta
  }

  public var name: String { beta == 1 ? "Softplus" : "Softplus(beta: \(beta))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.softplus(beta: beta) }
}
