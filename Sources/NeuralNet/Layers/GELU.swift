/// The Gaussian error linear unit, `y = x Φ(x)`, Φ being the normal distribution function.
///
/// The approximation is `y = x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy (Φ(x) + x φ(x))`, φ being the normal density
public final class GELU: Layer {
  /// Two ways to compute it, which differ by less than 0.001.
  public enum Formula: Sendable {
    /// Through the error function.
    case exact
    /// Through the hyperbolic tangent.
    case tanh
  }

  /// How it is computed, here and in the gradient.
  public let formula: Formula

  /// GPT-2 was trained with `.tanh`; most else with the exact one.
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
