/// Adds waves that tell each place of a sequence from the others.
///
/// `y[p, 2i] = x[p, 2i] + sin(p / 10000^(2i / width))`, and the cosine at `2i + 1`.
///
/// - Shape: `[batch, length, width]`, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy`
public final class PositionalEncoding: Layer {
  /// Length and width are those of the input, so that one layer serves sequences of any length.
  public init() {}

  public var name: String { "PositionalEncoding" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank == 3 else { throw .rank(expected: 3, got: input) }
    return input
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    _ = checkedOutputShape(for: input.shape)
    return input + PositionalEncoding.table(length: input.shape[1], width: input.shape[2])
  }

  /// The waves themselves, `[length, width]`.
  public static func table(length: Int, width: Int) -> Tensor {
    var values: [Float] = []
    values.reserveCapacity(length * width)
    for place in 0..<length {
      for column in 0..<width {
        let pair = column / 2 * 2
        // ln 10000
        let rate = naturalPower(-9.210_340_371_976_184 * Double(pair) / Double(width))
        let turns = Double(place) * rate / (2 * Double.pi)
        let angle = Float((turns - Double(Int(turns))) * (2 * Double.pi))
        values.append(
          column == pair ? ElementaryFunction.sin(angle) : ElementaryFunction.cos(angle))
      }
    }
    return Tensor([length, width], values)
  }

  /// `exp x` for `-10 < x ≤ 0`, by the series on a thousandth of it, squared ten times: single
  /// precision would blur the angles of far places.
  private static func naturalPower(_ x: Double) -> Double {
    let small = x / 1024
    var (term, sum) = (1.0, 1.0)
    for k in 1...10 {
      term *= small / Double(k)
      sum += term
    }
    for _ in 0..<10 { sum *= sum }
    return sum
  }
}
