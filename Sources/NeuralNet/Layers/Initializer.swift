/// How a weight array gets its first values, given how many values an output is summed from
/// (`fanIn`) and how many outputs a value goes to (`fanOut`).
///
///     Dense(784, 128, initializer: .heNormal)
///     Initializer.xavierUniform.distribution(fanIn: 784, fanOut: 128)   // .uniform(bound: 0.0811…)
public struct Initializer {
  /// What the values are drawn from.
  public enum Distribution: Equatable, Sendable {
    /// Evenly from `-bound ..< bound`.
    case uniform(bound: Double)
    /// From a normal distribution around 0.
    case normal(deviation: Double)
    /// Always the same value.
    case constant(Float)
    /// A matrix whose rows, or columns if they are fewer, are at right angles and of this length.
    case orthogonal(gain: Double)
  }

  /// Which of the two counts a rule divides by.
  public enum Fan: Sendable {
    /// Keeps the variance of values on their way forward.
    case input
    /// Keeps the variance of gradients on their way back.
    case output
  }

  /// As tables and figures call it.
  public let name: String
  private let rule: (_ fanIn: Int, _ fanOut: Int) -> Distribution
  private let biasRule: (_ fanIn: Int, _ fanOut: Int) -> Distribution
  private let draw: ((_ fanIn: Int, _ fanOut: Int, _ random: inout RandomSource) -> Float)?
  private let fill: Fill

  /// Draws a whole array from a distribution.
  typealias Fill = (Distribution, Shape, inout RandomSource) -> [Float]

  /// An initializer that draws every value alone.
  public init(
    _ name: String,
    draw: @escaping (_ fanIn: Int, _ fanOut: Int, _ random: inout RandomSource) -> Float
  ) {
    self.name = name
    self.draw = draw
    rule = { _, _ in .constant(0) }
    biasRule = { _, _ in .constant(0) }
    fill = { distribution, shape, _ in distribution.constants(shape) }
  }

  /// An initializer by distributions; without one of their own, biases start at 0.
  public init(
    _ name: String,
    bias: @escaping (_ fanIn: Int, _ fanOut: Int) -> Distribution = { _, _ in .constant(0) },
    distribution: @escaping (_ fanIn: Int, _ fanOut: Int) -> Distribution
  ) {
    self.init(name, bias: bias, fill: { $0.values($1, &$2) }, distribution: distribution)
  }

  /// - Parameter fill: what draws from the distributions that these rules give. A module for the
  ///   browser has only the ways of drawing that its initializers name.
  init(
    _ name: String,
    bias: @escaping (_ fanIn: Int, _ fanOut: Int) -> Distribution = { _, _ in .constant(0) },
    fill: @escaping Fill,
    distribution: @escaping (_ fanIn: Int, _ fanOut: Int) -> Distribution
  ) {
    self.name = name
    self.fill = fill
    rule = distribution
    biasRule = bias
    draw = nil
  }

  /// What weights of these fans are drawn from; nil where a closure draws them.
  public func distribution(fanIn: Int, fanOut: Int) -> Distribution? {
    draw == nil ? rule(fanIn, fanOut) : nil
  }

  /// What biases beside weights of these fans are drawn from; nil where a closure draws them.
  public func biasDistribution(fanIn: Int, fanOut: Int) -> Distribution? {
    draw == nil ? biasRule(fanIn, fanOut) : nil
  }

  /// A weight array.
  public func tensor(
    _ shape: Shape, fanIn: Int, fanOut: Int, random: inout RandomSource
  ) -> Tensor {
    tensor(shape, fanIn, fanOut, rule(fanIn, fanOut), &random)
  }

  /// A weight array from a seed.
  public func tensor(_ shape: Shape, fanIn: Int, fanOut: Int, seed: Int) -> Tensor {
    var random = RandomSource(seed: seed)
    return tensor(shape, fanIn: fanIn, fanOut: fanOut, random: &random)
  }

  /// The bias array beside weights of these fans.
  public func bias(_ shape: Shape, fanIn: Int, fanOut: Int, random: inout RandomSource) -> Tensor {
    tensor(shape, fanIn, fanOut, biasRule(fanIn, fanOut), &random)
  }

  private func tensor(
    _ shape: Shape, _ fanIn: Int, _ fanOut: Int, _ distribution: Distribution,
    _ random: inout RandomSource
  ) -> Tensor {
    var values: [Float] = []
    if let draw {
      values = (0..<shape.count).map { _ in draw(fanIn, fanOut, &random) }
    } else {
      values = fill(distribution, shape, &random)
    }
    return Tensor(shape, values, needsGradient: true)
  }
}

extension Initializer.Distribution {
  @export(interface)
  func values(_ shape: Shape, _ random: inout RandomSource) -> [Float] {
    switch self {
    case .uniform: uniforms(shape, &random)
    case .normal(let deviation):
      (0..<shape.count).map { _ in random.normal(deviation: Float(deviation)) }
    case .constant: constants(shape)
    case .orthogonal(let gain): orthogonalMatrix(shape, gain: gain, &random)
    }
  }

  /// Even draws; what else there may be is a constant.
  @export(interface)
  func uniforms(_ shape: Shape, _ random: inout RandomSource) -> [Float] {
    guard case .uniform(let bound) = self else { return constants(shape) }
    let range = -Float(bound)..<Float(bound)
    return (0..<shape.count).map { _ in random.uniform(in: range) }
  }

  /// The same value everywhere, 0 for what is not a constant.
  func constants(_ shape: Shape) -> [Float] {
    var repeated: Float = 0
    if case .constant(let value) = self { repeated = value }
    return Array(repeating: repeated, count: shape.count)
  }

  /// The standard deviation of what is drawn.
  public var deviation: Double {
    switch self {
    case .uniform(let bound): bound / 3.0.squareRoot()
    case .normal(let deviation): deviation
    case .constant, .orthogonal: 0
    }
  }
}
