/// The self-normalizing exponential linear unit, `y = λ x` where `x > 0`, else `λ α (exp x − 1)`, with λ = 1.0507 and α = 1.6733.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: by composition
public final class SELU: Layer {
  /// Element by element, whatever the shape; meant for weights drawn by `.lecunNormal`.
  public init() {}

  public var name: String { "SELU" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor { input.selu() }
}
