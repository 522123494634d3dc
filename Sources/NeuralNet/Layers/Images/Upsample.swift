/// Images made larger by a whole factor.
///
/// `.nearest` repeats each pixel. `.bilinear` blends the four nearest ones by their distance, pixels
/// being squares whose centers lie at `(i + ½) / factor - ½`; beyond the outermost centers the value
/// is that of the edge.
///
/// - Shape: `[batch, channels, height, width]` to `[batch, channels, factor height, factor width]`
/// - Parameter count: 0
/// - Gradient: `dy` back to each pixel by the share that it had
public final class Upsample: Layer {
  /// What the pixels between become.
  public enum Mode: Sendable {
    /// The pixel that lies nearest.
    case nearest
    /// A blend of the four nearest pixels.
    case bilinear
  }

  /// How many rows, and columns, one becomes.
  public let factor: Extent
  /// How the new pixels are made.
  public let mode: Mode

  /// `Upsample([1, 2])` makes images wider alone. Stops for a factor below 1.
  public init(_ factor: Extent = 2, mode: Mode = .nearest) {
    factor.requireAtLeast(1, "factor", in: "Upsample(\(factor))")
    self.factor = factor
    self.mode = mode
  }

  public var name: String {
    mode == .nearest ? "Upsample(\(factor))" : "Upsample(\(factor), mode: .bilinear)"
  }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank == 4 else { throw .rank(expected: 4, got: input) }
    return [input[0], input[1], input[2] * factor.height, input[3] * factor.width]
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let shape = checkedOutputShape(for: input.shape)
    let (planes, height, width) = (input.shape[0] * input.shape[1], input.shape[2], input.shape[3])
    switch mode {
    case .nearest:
      return input.reshaped(to: [planes, height, 1, width, 1])
        .expanded(to: [planes, height, factor.height, width, factor.width])
        .reshaped(to: shape.dimensions)
    case .bilinear:
      // Along the rows, then along the columns: two products with a few shares in each column.
      let wide = input.reshaped(to: [planes, height, width])
        .matrixProduct(shares(width, factor.width))
      return wide.transposed().matrixProduct(shares(height, factor.height)).transposed()
        .reshaped(to: shape.dimensions)
    }
  }

  /// `[size, factor * size]`: what each pixel gives to each place.
  private func shares(_ size: Int, _ factor: Int) -> Tensor {
    let width = size * factor
    var values = [Float](repeating: 0, count: size * width)
    for place in 0..<width {
      let center = (Float(place) + 0.5) / Float(factor) - 0.5
      let inside = Swift.min(Swift.max(center, 0), Float(size - 1))
      let first = Int(inside)
      let share = inside - Float(first)
      values[first * width + place] += 1 - share
      if share > 0 { values[(first + 1) * width + place] += share }
    }
    return Tensor([size, width], values)
  }
}
