/// While training, normally distributed numbers added to each value, `y = x + deviation * noise`;
/// otherwise `y = x`.
///
/// - Shape: any, kept
/// - Parameter count: 0
/// - Gradient: `dx = dy`
public final class GaussianNoise: Layer {
  /// In the units of the values that come in.
  public let deviation: Float
  /// Whether the numbers are to stay: those of a seed, or of the first network.
  private var isDrawn: Bool
  private let noise: Noise
  private var mode = Mode.inference

  /// A layer with a seed draws by it in whatever network it stands; without one, by the network's.
  /// Stops for a deviation below 0.
  public init(_ deviation: Float, seed: Int? = nil) {
    requireRange(deviation, "deviation", atLeast: 0, in: "GaussianNoise")
    self.deviation = deviation
    isDrawn = seed != nil
    noise = Noise(seed: seed ?? 0)
  }

  public var name: String { "GaussianNoise(\(deviation))" }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    let own = random.seed()
    if isDrawn { return }
    noise.restart(seed: own)
    isDrawn = true
  }

  public func prepare(for mode: Mode) { self.mode = mode }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    mode == .training && deviation > 0 ? input + noise.normal(like: input) * deviation : input
  }
}
