/// Root-mean-square normalization, `y = x / √(mean(x²) + ε) * weight` over the last axis.
///
/// - Shape: `[…, features]`, kept
/// - Parameter count: `features`
/// - Gradient: see `RowNormalization`
public final class RMSNorm: Layer {
  /// The width of the last axis; nil until the network tells it.
  public private(set) var features: Int?
  /// `ε`; unless stated the distance from 1 to the next `Float`, as in PyTorch.
  public let epsilon: Float
  /// `[features]`, from 1; nil while the width is unknown.
  public private(set) var weight: Tensor?

  /// A layer whose width the network tells.
  public init(epsilon: Float = 0x1p-23) { self.epsilon = epsilon }

  /// A layer with its width stated.
  public init(_ features: Int, epsilon: Float = 0x1p-23) {
    requirePositive(features, "features", in: "RMSNorm(\(features))")
    self.epsilon = epsilon
    take(features)
  }

  public var name: String { if let features { "RMSNorm(\(features))" } else { "RMSNorm" } }

  public var parameters: [Parameter] {
    if let weight { [Parameter("weight", weight)] } else { [] }
  }

  public var parameterCount: Int { features ?? 0 }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank >= 1 else { throw .rank(expected: 2, got: input) }
    if input.width == 0 { throw .rule("at least 1 feature to normalize", got: 0) }
    if let features, input.width != features { throw .width(expected: features, got: input) }
    return input
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    _ = try outputShape(for: input)
    if features == nil { take(input.width) }
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { input.rank > 1 }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let result = checkedOutputShape(for: input.shape)
    return RowNormalization(
      input, size: input.shape.width, weight: weight, bias: nil, epsilon: epsilon,
      isCentered: false
    ).result(result)
  }

  private func take(_ features: Int) {
    self.features = features
    weight = Tensor([features], repeating: 1, needsGradient: true)
  }
}
