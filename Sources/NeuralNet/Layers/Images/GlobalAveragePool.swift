/// The mean of each channel over all its places, `y[n, c] = mean of x[n, c, …]`.
///
/// - Shape: `[batch, channels, …]` with at least one further axis to `[batch, channels]`
/// - Parameter count: 0
/// - Gradient: `dy / places` to each place
public final class GlobalAveragePool: Layer {
  /// Images may be of any size, and of different sizes from one batch to the next.
  public init() {}

  public var name: String { "GlobalAveragePool" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank >= 3 else { throw .rank(expected: 4, got: input) }
    let places = input.dimensions.dropFirst(2).reduce(1) { $0 * $1 }
    guard places > 0 else { throw .rule("at least one place in each channel", got: places) }
    return [input[0], input[1]]
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let shape = checkedOutputShape(for: input.shape)
    let places = input.shape.dimensions.dropFirst(2).reduce(1) { $0 * $1 }
    return input.reshaped(to: shape.dimensions + [places]).mean(axis: 2)
  }
}
