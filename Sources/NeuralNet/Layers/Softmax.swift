/// Probabilities along an axis, `y = exp x / Σ exp x`.
///
/// - Shape: any with the axis, kept
/// - Parameter count: 0
/// - Gradient: `dx = y (dy − Σ dy y)`
public final class Softmax: Layer {
  /// Counted from the back where negative.
  public let axis: Int

  /// Along the last axis unless another one is named, which the input must have. The loss
  /// `.crossEntropy` takes logits: a network trained with it ends without this layer.
  public init(axis: Int = -1) { self.axis = axis }

  public var name: String { axis == -1 ? "Softmax" : "Softmax(axis: \(axis))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard axis < input.rank && axis >= -input.rank else { throw .noSuchAxis(axis, in: input) }
    return input
  }

  public func keepsSamplesApart(for input: Shape) -> Bool {
    (axis < 0 ? axis + input.rank : axis) > 0
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    _ = checkedOutputShape(for: input.shape)
    return input.softmax(axis: axis)
  }
}
