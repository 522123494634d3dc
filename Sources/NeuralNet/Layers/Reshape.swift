/// The elements of each sample in another shape: `Reshape(16, 4, 4)`.
///
/// One size may be -1: what is left.
///
/// - Shape: `[n, …]` to `[n, sizes…]`, of as many elements
/// - Parameter count: 0
/// - Gradient: `dx = dy`, in the input's shape
public final class Reshape: Layer {
  /// The sizes of a sample; -1 for what is left.
  public let sizes: [Int]

  /// The sizes of one sample, without the batch; stops for a size below -1, and for a second -1.
  public init(_ sizes: Int...) {
    self.sizes = sizes
    var open = 0
    for size in sizes {
      if size == -1 { open += 1 }
      if size < -1 || open > 1 {
        stop(
          """
          \(name): sizes must be at least 0, one of them may be -1 for what is left \
          [size-not-positive]
          """)
      }
    }
  }

  public var name: String { "Reshape(\(list(sizes)))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank >= 1 else { throw .rank(expected: 2, got: input) }
    let count = input.dimensions.dropFirst().reduce(1) { $0 * $1 }
    var sizes = sizes
    if let open = sizes.firstIndex(of: -1) {
      let known = sizes.reduce(-1) { $0 * $1 }
      sizes[open] = known == 0 ? 0 : count / known
    }
    let output = Shape([input[0]] + sizes)
    guard sizes.reduce(1, { $0 * $1 }) == count else {
      throw .elementCount(expected: input.count, got: output)
    }
    return output
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.reshaped(to: checkedOutputShape(for: input.shape).dimensions)
  }
}
