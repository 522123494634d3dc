/// The perceptron's threshold, `y = 1` where `x > 0`, `0` where `x < 0`, and a stated value at 0.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = 0`; gradient descent cannot train through it
public final class Step: Layer {
  /// What exactly 0 becomes.
  public let valueAtZero: Float

  /// Rosenblatt's perceptron fires at 0 too; `atZero: 0.5` is Heaviside's function.
  public init(atZero value: Float = 1) { valueAtZero = value }

  public var name: String { valueAtZero == 1 ? "Step" : "Step(atZero: \(valueAtZero))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let step = input.step()
    if valueAtZero == 1 { return step }
    // Both steps are 1 at zero and only there.
    return step - step * (-input).step() * (1 - valueAtZero)
  }
}
