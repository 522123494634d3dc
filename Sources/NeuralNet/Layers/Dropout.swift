/// Dropout: while training, each value is 0 with a given probability, and the others grow to keep
/// the mean, `y = mask * x / (1 - rate)`; otherwise `y = x`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = mask * dy / (1 - rate)`
public final class Dropout: Layer {
  /// The probability of a 0.
  public let rate: Float
  private let isSeeded: Bool
  fileprivate var random: RandomSource
  private var mode = Mode.inference

  /// A layer with a seed drops by it in whatever network it stands; without one, by the network's.
  /// Stops for a rate outside 0...1.
  public init(_ rate: Float, seed: Int? = nil) {
    if !(rate >= 0 && rate <= 1) {
      stop("Dropout(\(rate)): the rate must be in 0...1, got \(rate) [value-out-of-range]")
    }
    self.rate = rate
    isSeeded = seed != nil
    random = RandomSource(seed: seed ?? 0)
  }

  public var name: String { "Dropout(\(rate))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    let own = random.split()
    if !isSeeded { self.random = own }
  }

  public func prepare(for mode: Mode) { self.mode = mode }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    mode == .training && rate > 0 ? Thinning(self, input).result(input.shape) : input
  }
}

/// Draws a new mask from the layer's source each time it runs.
final class Thinning: Operation {
  private let layer: Dropout
  private let x: Storage
  private let mask: Storage

  init(_ layer: Dropout, _ x: Tensor) {
    self.layer = layer
    self.x = x.storage
    mask = Storage(count: x.count)
    super.init(inputs: [x], outputCount: x.count)
  }

  override func forward() {
    let scale = layer.rate < 1 ? 1 / (1 - layer.rate) : 0
    for index in 0..<x.count {
      mask.values[index] = layer.random.uniform() < layer.rate ? 0 : scale
      output.values[index] = x.values[index] * mask.values[index]
    }
  }

  override func backward() {
    guard x.needsGradient else { return }
    let dx = x.gradientToAddTo()
    for index in 0..<x.count { dx[index] += output.gradient[index] * mask.values[index] }
  }
}
