/// The Gaussian error linear unit, `y = x Φ(x)`, Φ being the normal distribution function.
///
/// The approximation is `y = x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy (Φ(x) + x φ(x))`, φ being the normal density
public final class GELU: Layer {
  public enum Formula: Sendable {
    /// Through the error function.
    case exact
    /// Through the hyperbolic tangent.
    case tanh
  }

  public let formula: Formula

  public init(_ formula: Formula = .exact) { self.formula = formula }

  public var name: String {
    switch formula {
    case .exact: "GELU"
    case .tanh: "GELU(.tanh)"
    }
  }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.gelu(formula) }
}
