/// How a weight array gets its first values.
public struct Initializer {
  public let name: String
  private let draw: (_ fanIn: Int, _ fanOut: Int, _ random: inout RandomSource) -> Float

  /// An initializer that draws every value alone, given how many values an output is summed from
  /// (`fanIn`) and how many outputs a value goes to (`fanOut`).
  public init(
    _ name: String,
    draw: @escaping (_ fanIn: Int, _ fanOut: Int, _ random: inout RandomSource) -> Float
  ) {
    self.name = name
    self.draw = draw
  }

  public func tensor(
    _ shape: Shape, fanIn: Int, fanOut: Int, random: inout RandomSource
  ) -> Tensor {
    Tensor(
      shape, (0..<shape.count).map { _ in draw(fanIn, fanOut, &random) }, needsGradient: true)
  }

  /// Uniform within ±1/√fanIn; what PyTorch's layers start from.
  public static var uniformFanIn: Initializer {
    Initializer("uniform fan-in") { fanIn, _, random in
      let bound = 1 / Float(max(fanIn, 1)).squareRoot()
      return random.uniform(in: -bound..<bound)
    }
  }

  /// Always the same value.
  public static func constant(_ value: Float) -> Initializer {
    Initializer("constant") { _, _, _ in value }
  }
}
