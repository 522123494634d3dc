/// Batch normalization, `y = (x - mean) / √(variance + ε) * weight + bias` for each feature.
///
/// While training, mean and biased variance are those of the batch, and the running statistics
/// follow with the unbiased variance: `running += momentum * (batch - running)`. Otherwise the
/// running statistics are used.
///
/// - Shape: `[n, features, …]`, kept
/// - Parameter count: `2 * features`; 0 where not affine
/// - Gradient: see `BatchNormalization`
public final class BatchNorm: Layer {
  /// The size of axis 1; nil until the network tells it.
  public private(set) var features: Int?
  /// `ε`, which keeps the root of a constant feature's variance from 0.
  public let epsilon: Float
  /// How much of a batch the running statistics take in, 0...1.
  public let momentum: Float
  /// Whether weight and bias are there to be trained.
  public let isAffine: Bool
  /// `[features]`, from 1; nil where not affine or while the size is unknown.
  public private(set) var weight: Tensor?
  /// `[features]`, from 0; nil where not affine or while the size is unknown.
  public private(set) var bias: Tensor?
  /// `[features]`, from 0; nil while the size is unknown.
  public private(set) var runningMean: Tensor?
  /// `[features]`, from 1; nil while the size is unknown.
  public private(set) var runningVariance: Tensor?
  private var mode = Mode.inference

  /// A layer whose number of features the network tells.
  public init(epsilon: Float = 1e-5, momentum: Float = 0.1, affine: Bool = true) {
    self.epsilon = epsilon
    self.momentum = momentum
    isAffine = affine
  }

  /// A layer with its number of features stated.
  public init(
    _ features: Int, epsilon: Float = 1e-5, momentum: Float = 0.1, affine: Bool = true
  ) {
    requirePositive(features, "features", in: "BatchNorm(\(features))")
    self.epsilon = epsilon
    self.momentum = momentum
    isAffine = affine
    take(features)
  }

  public var name: String { if let features { "BatchNorm(\(features))" } else { "BatchNorm" } }

  public var parameters: [Parameter] {
    guard let weight, let bias else { return [] }
    return [Parameter("weight", weight), Parameter("bias", bias)]
  }

  public var buffers: [Parameter] {
    guard let runningMean, let runningVariance else { return [] }
    return [Parameter("runningMean", runningMean), Parameter("runningVariance", runningVariance)]
  }

  public var parameterCount: Int { isAffine ? 2 * (features ?? 0) : 0 }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank >= 2 else { throw .rank(expected: 2, got: input) }
    if let features, input[1] != features {
      if input.rank == 2 { throw .width(expected: features, got: input) }
      throw .axis(1, expected: features, got: input)
    }
    return input
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    _ = try outputShape(for: input)
    if features == nil { take(input[1]) }
  }

  public func prepare(for mode: Mode) { self.mode = mode }

  public func keepsSamplesApart(for input: Shape) -> Bool { mode == .inference }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let result = checkedOutputShape(for: input.shape)
    if features == nil { take(input.shape[1]) }
    let values = input.count / Swift.max(input.shape[1], 1)
    if mode == .training && values < 2 && input.count > 0 {
      stop(
        """
        \(name): training needs at least 2 values of each feature, got \(values): \(input.shape); \
        use a larger batch, or a batch size that leaves no last batch of 1 [batch-too-small]
        """)
    }
    return BatchNormalization(self, input, isTraining: mode == .training).result(result)
  }

  private func take(_ features: Int) {
    self.features = features
    runningMean = Tensor([features], repeating: 0)
    runningVariance = Tensor([features], repeating: 1)
    guard isAffine else { return }
    weight = Tensor([features], repeating: 1, needsGradient: true)
    bias = Tensor([features], repeating: 0, needsGradient: true)
  }
}
