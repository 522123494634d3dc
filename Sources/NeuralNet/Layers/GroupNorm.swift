/// Group normalization, `y = (x - mean) / √(variance + ε) * weight + bias`, where mean and biased
/// variance are those of a group of neighboring channels of one sample.
///
/// One group is layer normalization over all channels, as many groups as channels is instance
/// normalization. Unlike batch normalization it does the same while training and afterwards.
///
/// - Shape: `[n, channels, …]`, kept
/// - Parameter count: `2 * channels`; 0 where not affine
/// - Gradient: by composition of `RowNormalization`, a product and a sum
public final class GroupNorm: Layer {
  /// Into how many blocks of neighboring channels a sample is cut; it divides the channels.
  public let groups: Int
  /// The size of axis 1; nil until the network tells it.
  public private(set) var channels: Int?
  /// `ε`, which keeps the root of a constant group's variance from 0.
  public let epsilon: Float
  /// Whether weight and bias are there to be trained.
  public let isAffine: Bool
  /// `[channels]`
  public private(set) var weight: Tensor?
  /// `[channels]`
  public private(set) var bias: Tensor?

  /// A layer whose number of channels the network tells.
  public init(groups: Int, epsilon: Float = 1e-5, affine: Bool = true) {
    requirePositive(groups, "groups", in: "GroupNorm(groups: \(groups))")
    self.groups = groups
    self.epsilon = epsilon
    isAffine = affine
  }

  /// A layer with its number of channels stated; stops where the groups do not divide it.
  public convenience init(
    _ channels: Int, groups: Int, epsilon: Float = 1e-5, affine: Bool = true
  ) {
    self.init(groups: groups, epsilon: epsilon, affine: affine)
    requirePositive(channels, "channels", in: "GroupNorm(\(channels), groups: \(groups))")
    if channels % groups != 0 {
      stop(
        """
        GroupNorm(\(channels), groups: \(groups)): the groups must divide the channels, got \
        \(channels) channels and \(groups) groups [groups-do-not-divide]
        """)
    }
    take(channels)
  }

  public var name: String {
    if let channels {
      "GroupNorm(\(channels), groups: \(groups))"
    } else {
      "GroupNorm(groups: \(groups))"
    }
  }

  public var parameters: [Parameter] {
    guard let weight, let bias else { return [] }
    return [Parameter("weight", weight), Parameter("bias", bias)]
  }

  public var parameterCount: Int { isAffine ? 2 * (channels ?? 0) : 0 }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank >= 2 else { throw .rank(expected: 4, got: input) }
    if let channels, input[1] != channels { throw .axis(1, expected: channels, got: input) }
    guard input[1] > 0, input[1] % groups == 0 else {
      throw .rule("channels that the groups divide", got: input[1])
    }
    return input
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    _ = try outputShape(for: input)
    if channels == nil { take(input[1]) }
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let shape = checkedOutputShape(for: input.shape)
    if channels == nil { take(shape[1]) }
    let size = shape.dimensions.dropFirst().reduce(1) { $0 * $1 } / groups
    if size == 0 { return input }
    let normalized = RowNormalization(
      input, size: size, weight: nil, bias: nil, epsilon: epsilon, isCentered: true
    ).result(shape)
    guard let weight, let bias else { return normalized }
    var sizes = [shape[1]]
    for _ in 2..<Swift.max(shape.rank, 2) { sizes.append(1) }
    return normalized * weight.reshaped(to: sizes) + bias.reshaped(to: sizes)
  }

  private func take(_ channels: Int) {
    self.channels = channels
    guard isAffine else { return }
    weight = Tensor([channels], repeating: 1, needsGradient: true)
    bias = Tensor([channels], repeating: 0, needsGradient: true)
  }
}
