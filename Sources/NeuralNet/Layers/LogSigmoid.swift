/// The logarithm of the logistic function, `y = −log(1 + exp(−x))`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy σ(−x)`
public final class LogSigmoid: Layer {
  /// Computed without overflow, unlike the logarithm of a sigmoid.
  public init() {}

  public var name: String { "LogSigmoid" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.logSigmoid() }
}
