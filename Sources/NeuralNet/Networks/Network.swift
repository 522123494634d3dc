/// Layers in a row.
///
///     let net = Network(inputs: 2, seed: 7) {
///       Dense(2)
///       Sigmoid()
///       Dense(1)
///       Sigmoid()
///     }
///     net(Tensor([[0, 1]]))      // [1, 1]
///     net.parameterCount         // 9
///
/// - Shape: the layers' shape rules, one after the other
/// - Parameter count: the sum of the layers', where each array counts once, however often its layer stands
///   in the network
/// - Gradient: by composition
public final class Network: Layer {
  /// In the order in which the input passes them.
  public let layers: [any Layer]
  /// The shape of one sample with a batch of one in front; nil until known.
  public private(set) var inputShape: Shape?
  /// Training or inference, as the last `prepare(for:)` said.
  public private(set) var mode = Mode.inference
  /// Which weights are cut, if any; see `prune`.
  public internal(set) var mask: PruningMask?
  /// Above what a single output means class 1, as the loss of the last training has it.
  var threshold: Float?

  /// A network for rows of `inputs` numbers. The seed decides all initial values.
  @export(interface)
  public convenience init(
    inputs: Int, seed: Int = 0, @NetworkBuilder _ layers: () -> [any Layer]
  ) {
    requirePositive(inputs, "inputs", in: "Network")
    self.init(inputShape: [inputs], seed: seed, layers)
  }

  /// A network whose first layer states its input width, as `Dense(784, 128)` does.
  @export(interface)
  public convenience init(seed: Int = 0, @NetworkBuilder _ layers: () -> [any Layer]) {
    let layers = layers()
    guard let first = layers.first else { stop("Network: has no layers [empty-network]") }
    guard let inputs = (first as? Dense)?.inputs else {
      stop(
        """
        Network: its first layer, \(first.name), does not state an input width; write \
        Network(inputs: …), or Dense(inputs, outputs) first [unknown-width]
        """)
    }
    self.init(inputs: inputs, seed: seed) { layers }
  }

  /// A network for samples of a shape, such as `[1, 8, 8]` for images of one channel.
  @export(interface)
  public convenience init(
    inputShape: Shape, seed: Int = 0, @NetworkBuilder _ layers: () -> [any Layer]
  ) {
    do {
      try self.init(inputShape: inputShape, seed: seed, checking: layers())
    } catch {
      stop("Network: " + error.description)
    }
  }

  /// The throwing twin: reports the first layer that does not fit.
  @export(interface)
  public init(inputShape: Shape, seed: Int = 0, checking layers: [any Layer]) throws(NetworkError) {
    self.layers = layers
    var random = RandomSource(seed: seed)
    try initialize(Shape([1] + inputShape.dimensions), &random)
  }

  /// Layers to be put into another network, or already complete.
  @export(interface)
  public init(_ layers: [any Layer]) { self.layers = layers }

  public var name: String { "Network of \(layers.count) layers" }

  /// The layers' parameters, each array once.
  public var parameters: [Parameter] {
    distinct(layers.flatMap { layer in layer.parameters })
  }

  /// The layers' buffers, each array once.
  public var buffers: [Parameter] { distinct(layers.flatMap { layer in layer.buffers }) }

  public var parameterCount: Int {
    var again = -storedParameterCount
    for layer in layers { for parameter in layer.parameters { again += parameter.tensor.count } }
    return layers.reduce(0) { $0 + $1.parameterCount } - again
  }

  /// How many numbers the stored arrays hold; each array counts once, however many layers share it.
  public var storedParameterCount: Int { parameters.reduce(0) { $0 + $1.tensor.count } }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    var shape = input
    for layer in layers { shape = try layer.outputShape(for: shape) }
    return shape
  }

  /// The shapes after each layer, or which layer does not fit and why.
  @export(interface)
  public func validate(_ input: Shape) throws(NetworkError) -> [Shape] {
    var shapes: [Shape] = []
    for index in layers.indices {
      do {
        shapes.append(try layers[index].outputShape(for: shapes.last ?? input))
      } catch {
        throw misfit(index, error)
      }
    }
    return shapes
  }

  @export(interface)
  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    do {
      try initialize(input, &random)
    } catch {
      throw error.error
    }
  }

  public func prepare(for mode: Mode) {
    self.mode = mode
    for layer in layers { layer.prepare(for: mode) }
  }

  public func keepsSamplesApart(for input: Shape) -> Bool {
    var shape = input
    for layer in layers {
      if !layer.keepsSamplesApart(for: shape) { return false }
      shape = layer.checkedOutputShape(for: shape)
    }
    return true
  }

  /// Runs `body` with layers that do not train, and puts the former mode back.
  func duringInference<Result>(_ body: () -> Result) -> Result {
    let former = mode
    if former == .training { prepare(for: .inference) }
    defer { if former == .training { prepare(for: former) } }
    return body()
  }

  public func multiplyAdds(for input: Shape) -> Int {
    let shapes = [input] + checkedShapes(for: input)
    return zip(layers, shapes).reduce(0) { $0 + $1.0.multiplyAdds(for: $1.1) }
  }

  @export(interface)
  public func callAsFunction(_ input: Tensor) -> Tensor {
    _ = checkedShapes(for: input.shape)
    requireFinite(input)
    return forward(input)
  }

  func requireFinite(_ input: Tensor) {
    if input.isFinite { return }
    let place = input.values.firstIndex { value in !value.isFinite } ?? 0
    stop(
      """
      Network: the input must be finite, element \(place) of \(input.shape) is \
      \(input.storage.values[place]) [not-finite]
      """)
  }

  /// What every layer gives, in order.
  @export(interface)
  public func activations(_ input: Tensor) -> [Tensor] {
    _ = checkedShapes(for: input.shape)
    var outputs: [Tensor] = []
    for layer in layers { outputs.append(layer(outputs.last ?? input)) }
    return outputs
  }

  private func forward(_ input: Tensor) -> Tensor {
    var value = input
    var index = 0
    while index < layers.count {
      let next = index + 1 < layers.count ? layers[index + 1].absorbable : .none
      if next != .none, let both = layers[index].callAsFunction(value, absorbing: next) {
        value = both
        index += 2
      } else {
        value = layers[index](value)
        index += 1
      }
    }
    return value
  }

  private func initialize(_ input: Shape, _ random: inout RandomSource) throws(NetworkError) {
    var shape = input
    for index in layers.indices {
      do {
        try layers[index].initialize(for: shape, random: &random)
        shape = try layers[index].outputShape(for: shape)
      } catch {
        throw misfit(index, error)
      }
    }
    // A network inside of another one may be there before: what it was made for stays.
    if inputShape == nil { inputShape = input }
  }

  /// The shapes after each layer, or a stop.
  @export(interface)
  func checkedShapes(for input: Shape) -> [Shape] {
    stopping("Network") { () throws(NetworkError) in try validate(input) }
  }

  private func misfit(_ index: Int, _ error: ShapeError) -> NetworkError {
    NetworkError(
      layer: layers[index].name, place: index + 1, count: layers.count,
      previous: index > 0 ? layers[index - 1].name : nil, error: error)
  }
}
