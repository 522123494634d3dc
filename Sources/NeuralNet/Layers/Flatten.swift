/// All axes of a sample in one row.
///
/// - Shape: `[n, …]` to `[n, elements of a sample]`
/// - Parameter count: 0
/// - Gradient: `dx = dy`, in the input's shape
public final class Flatten: Layer {
  /// The sizes follow from the input; axis 0 stays.
  public init() {}

  public var name: String { "Flatten" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank >= 1 else { throw .rank(expected: 2, got: input) }
    return [input[0], input.dimensions.dropFirst().reduce(1) { $0 * $1 }]
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.reshaped(to: checkedOutputShape(for: input.shape).dimensions)
  }
}
