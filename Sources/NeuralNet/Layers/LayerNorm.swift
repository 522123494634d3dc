/// Layer normalization, `y = (x - mean) / √(variance + ε) * weight + bias` over the last axes of
/// each sample; the variance is the biased one.
///
/// - Shape: `[…, shape]`, kept
/// - Parameter count: `2 * features`; 0 where not affine
/// - Gradient: see `RowNormalization`
public final class LayerNorm: Layer {
  /// The axes that are normalized together; nil until the network tells the width.
  public private(set) var shape: Shape?
  /// `ε`, which keeps the root of a constant sample's variance from 0.
  public let epsilon: Float
  /// Whether weight and bias are there to be trained.
  public let isAffine: Bool
  /// In the shape of the normalized axes, from 1; nil where not affine or while the shape is unknown.
  public private(set) var weight: Tensor?
  /// In the shape of the normalized axes, from 0; nil where not affine or while the shape is unknown.
  public private(set) var bias: Tensor?

  /// A layer over the last axis, whose width the network tells.
  public init(epsilon: Float = 1e-5, affine: Bool = true) {
    self.epsilon = epsilon
    isAffine = affine
  }

  /// A layer over the last axis, or over several last ones: `LayerNorm(20)`, `LayerNorm([4, 6])`.
  public convenience init(_ features: Int, epsilon: Float = 1e-5, affine: Bool = true) {
    requirePositive(features, "features", in: "LayerNorm(\(features))")
    self.init([features], epsilon: epsilon, affine: affine)
  }

  /// A layer over as many last axes as the shape has, of these sizes.
  public init(_ shape: Shape, epsilon: Float = 1e-5, affine: Bool = true) {
    requirePositive(shape.count, "features", in: "LayerNorm(\(shape))")
    self.epsilon = epsilon
    isAffine = affine
    take(shape)
  }

  public var name: String {
    guard let shape else { return "LayerNorm" }
    return shape.rank == 1 ? "LayerNorm(\(shape.width))" : "LayerNorm(\(shape))"
  }

  public var parameters: [Parameter] {
    guard let weight, let bias else { return [] }
    return [Parameter("weight", weight), Parameter("bias", bias)]
  }

  public var parameterCount: Int { isAffine ? 2 * (shape?.count ?? 0) : 0 }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard let shape else {
      guard input.rank >= 1 else { throw .rank(expected: 2, got: input) }
      if input.width == 0 { throw .rule("at least 1 feature to normalize", got: 0) }
      return input
    }
    guard input.rank >= shape.rank else { throw .rank(expected: shape.rank + 1, got: input) }
    for axis in 0..<shape.rank {
      let place = input.rank - shape.rank + axis
      guard input[place] == shape[axis] else {
        if shape.rank == 1 { throw .width(expected: shape.width, got: input) }
        throw .axis(place, expected: shape[axis], got: input)
      }
    }
    return input
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    _ = try outputShape(for: input)
    if shape == nil { take([input.width]) }
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { input.rank > (shape?.rank ?? 1) }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let result = checkedOutputShape(for: input.shape)
    return RowNormalization(
      input, size: shape?.count ?? input.shape.width, weight: weight, bias: bias,
      epsilon: epsilon, isCentered: true
    ).result(result)
  }

  private func take(_ shape: Shape) {
    self.shape = shape
    guard isAffine else { return }
    weight = Tensor(shape, repeating: 1, needsGradient: true)
    bias = Tensor(shape, repeating: 0, needsGradient: true)
  }
}
