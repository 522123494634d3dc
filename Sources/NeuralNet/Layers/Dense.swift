/// A fully connected layer, `y = x W + b`.
///
/// - Shape: `[…, inputs]` to `[…, outputs]`
/// - Parameter count: `inputs * outputs + outputs`; without bias `inputs * outputs`
/// - Gradient: `dx = dy Wᵀ`, `dW = xᵀ dy`, `db` = column sums of `dy`
public final class Dense: Layer {
  /// How many numbers come in; nil until the first network that holds the layer knows.
  public private(set) var inputs: Int?
  /// How many numbers go out: the units of the layer.
  public let outputs: Int
  /// Whether `b` is there; its values then start as the initializer has it for biases.
  public let hasBias: Bool
  private let initializer: Initializer
  /// What the values were drawn from, where they are to stay: by a seed, or by the first network.
  private var own: RandomSource?
  private var storedWeight: Tensor?
  private var storedBias: Tensor?

  // The one initializer that the table of the class names, and that every module for the browser
  // has therefore.
  private init(
    inputs: Int?, outputs: Int, hasBias: Bool, initializer: Initializer, own: RandomSource?
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.hasBias = hasBias
    self.initializer = initializer
    self.own = own
  }

  /// A layer whose input width the network tells.
  @export(interface)
  public convenience init(
    _ outputs: Int, bias: Bool = true, initializer: Initializer = .uniformFanIn
  ) {
    requirePositive(outputs, "outputs", in: "Dense(\(outputs))")
    self.init(inputs: nil, outputs: outputs, hasBias: bias, initializer: initializer, own: nil)
  }

  /// A layer with both widths stated. With a seed it draws its values from a source of its own;
  /// without one, from seed 0, and anew from the source of the first network that takes it up.
  @export(interface)
  public convenience init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, initializer: Initializer = .uniformFanIn,
    seed: Int? = nil
  ) {
    requirePositive(inputs, "inputs", in: "Dense(\(inputs), \(outputs))")
    requirePositive(outputs, "outputs", in: "Dense(\(inputs), \(outputs))")
    self.init(inputs: inputs, outputs: outputs, hasBias: bias, initializer: initializer, own: nil)
    var random = RandomSource(seed: seed ?? 0)
    draw(inputs, &random)
    if seed != nil { own = random }
  }

  /// A layer with given values: `weight [inputs, outputs]`, `bias [outputs]`.
  @export(interface)
  public convenience init(weight: [[Float]], bias: [Float]? = nil) {
    let weight = Tensor(weight, needsGradient: true)
    let (inputs, outputs) = (weight.shape[0], weight.shape[1])
    requirePositive(inputs, "inputs", in: "Dense(weight:)")
    requirePositive(outputs, "outputs", in: "Dense(weight:)")
    if let bias, bias.count != outputs {
      stop(
        """
        Dense(weight:bias:): \(outputs) outputs need as many biases, got \(bias.count) \
        [element-count]
        """)
    }
    self.init(
      inputs: inputs, outputs: outputs, hasBias: bias != nil, initializer: .constant(0),
      own: RandomSource(seed: 0))
    storedWeight = weight
    storedBias = bias.map { values in Tensor(values, needsGradient: true) }
  }

  /// `[inputs, outputs]`
  public var weight: Tensor {
    @export(interface) get {
      guard let storedWeight else {
        stop("\(name): has no weights before a network tells its input width [unknown-width]")
      }
      return storedWeight
    }
  }

  /// `[outputs]`
  public var bias: Tensor? { storedBias }

  public var name: String {
    @export(interface) get {
      if let inputs { "Dense(\(inputs), \(outputs))" } else { "Dense(\(outputs))" }
    }
  }

  public var parameters: [Parameter] {
    @export(interface) get {
      guard let storedWeight else { return [] }
      guard let storedBias else { return [Parameter("weight", storedWeight)] }
      return [Parameter("weight", storedWeight), Parameter("bias", storedBias)]
    }
  }

  public var parameterCount: Int {
    @export(interface) get {
      guard let inputs else {
        stop("\(name): has no parameters before a network tells its input width [unknown-width]")
      }
      return Dense.parameterCount(inputs: inputs, outputs: outputs, bias: hasBias)
    }
  }

  /// The formula alone, for layers too large to make.
  @export(interface)
  public static func parameterCount(inputs: Int, outputs: Int, bias: Bool = true) -> Int {
    inputs * outputs + (bias ? outputs : 0)
  }

  @export(interface)
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank >= 1 else { throw .rank(expected: 2, got: input) }
    if let inputs, input.width != inputs { throw .width(expected: inputs, got: input) }
    return input.withWidth(outputs)
  }

  @export(interface)
  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    _ = try outputShape(for: input)
    var random = random.split()
    if own != nil { return }
    draw(input.width, &random)
    own = random
  }

  @export(interface)
  public func multiplyAdds(for input: Shape) -> Int { input.count * outputs }

  public func keepsSamplesApart(for input: Shape) -> Bool { input.rank > 1 }

  @export(interface)
  public func callAsFunction(_ input: Tensor) -> Tensor { apply(to: input, .none) }

  @export(interface)
  public func callAsFunction(_ input: Tensor, absorbing activation: Activation) -> Tensor? {
    apply(to: input, activation)
  }

  private func apply(to input: Tensor, _ activation: Activation) -> Tensor {
    _ = checkedOutputShape(for: input.shape)
    return input.affine(weight: weight, bias: bias, activation: activation)
  }

  private func draw(_ inputs: Int, _ random: inout RandomSource) {
    self.inputs = inputs
    storedWeight = initializer.tensor(
      [inputs, outputs], fanIn: inputs, fanOut: outputs, random: &random)
    storedBias =
      hasBias
      ? initializer.bias([outputs], fanIn: inputs, fanOut: outputs, random: &random) : nil
  }
}
