/// A convolution over images; the kernel is not flipped.
///
/// `y[o, i, j] = bias[o] + Σ weight[o, c, u, v] x[c, i·stride + u·dilation - padding, …]`
///
/// - Shape: `[batch, in, height, width]` to `[batch, out, height', width']` with
///   `height' = ⌊(height + 2 padding - dilation (kernel - 1) - 1) / stride⌋ + 1`
/// - Parameter count: `out * (in / groups) * kernel height * kernel width + out`
/// - Gradient: see `ConvolutionOperation`
public final class Convolution2D: Layer {
  /// How many channels come in; nil until the network tells.
  public private(set) var inputs: Int?
  /// How many channels go out: the filters of the layer.
  public let outputs: Int
  /// Rows and columns of pixels that one output is summed from.
  public let kernel: Extent
  /// Rows and columns that the kernel moves from one output to the next.
  public let stride: Extent
  /// Rows of zeros above and as many below, columns of zeros on each side.
  public let padding: Extent
  /// Rows and columns from one tap of the kernel to the next; 1 for neighbors.
  public let dilation: Extent
  /// Into how many blocks of channels the work is cut; each sees its own block alone.
  public let groups: Int
  /// Whether a number is added to each output channel.
  public let hasBias: Bool
  private let initializer: Initializer
  /// Whether the values are to stay: drawn by a seed, or by the first network.
  private var isDrawn: Bool
  private var storedWeight: Tensor?
  private var storedBias: Tensor?

  /// A layer whose number of input channels the network tells.
  public convenience init(
    _ outputs: Int, kernel: Extent, stride: Extent = 1, padding: Extent = 0,
    dilation: Extent = 1, groups: Int = 1, bias: Bool = true,
    initializer: Initializer = .uniformFanIn
  ) {
    self.init(
      inputs: nil, outputs, kernel, stride, padding, dilation, groups, bias, initializer, nil)
  }

  /// A layer with both numbers of channels stated.
  public convenience init(
    _ inputs: Int, _ outputs: Int, kernel: Extent, stride: Extent = 1, padding: Extent = 0,
    dilation: Extent = 1, groups: Int = 1, bias: Bool = true,
    initializer: Initializer = .uniformFanIn, seed: Int? = nil
  ) {
    self.init(
      inputs: inputs, outputs, kernel, stride, padding, dilation, groups, bias, initializer, seed)
  }

  private init(
    inputs: Int?, _ outputs: Int, _ kernel: Extent, _ stride: Extent, _ padding: Extent,
    _ dilation: Extent, _ groups: Int, _ bias: Bool, _ initializer: Initializer, _ seed: Int?
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    hasBias = bias
    self.initializer = initializer
    isDrawn = seed != nil
    if let inputs { requirePositive(inputs, "input channels", in: name) }
    requirePositive(outputs, "output channels", in: name)
    requirePositive(groups, "groups", in: name)
    window.check(in: name)
    requireDivisible(outputs, "output")
    if let inputs {
      requireDivisible(inputs, "input")
      var random = RandomSource(seed: seed ?? 0)
      draw(inputs, &random)
    }
  }

  var window: SlidingWindow {
    SlidingWindow(kernel: kernel, stride: stride, padding: padding, dilation: dilation)
  }

  /// `[outputs, inputs / groups, kernel height, kernel width]`
  public var weight: Tensor {
    guard let storedWeight else {
      stop("\(name): has no weights before a network tells its input channels [unknown-width]")
    }
    return storedWeight
  }

  /// `[outputs]`
  public var bias: Tensor? { storedBias }

  public var name: String {
    if let inputs {
      "Convolution2D(\(inputs), \(outputs), kernel: \(kernel))"
    } else {
      "Convolution2D(\(outputs), kernel: \(kernel))"
    }
  }

  public var parameters: [Parameter] {
    guard let storedWeight else { return [] }
    guard let storedBias else { return [Parameter("weight", storedWeight)] }
    return [Parameter("weight", storedWeight), Parameter("bias", storedBias)]
  }

  public var parameterCount: Int {
    guard let inputs else {
      stop("\(name): has no parameters before a network tells its input channels [unknown-width]")
    }
    return Convolution2D.parameterCount(
      inputs: inputs, outputs: outputs, kernel: kernel, groups: groups, bias: hasBias)
  }

  /// The formula alone, for layers too large to make.
  public static func parameterCount(
    inputs: Int, outputs: Int, kernel: Extent, groups: Int = 1, bias: Bool = true
  ) -> Int {
    outputs * (inputs / groups) * kernel.height * kernel.width + (bias ? outputs : 0)
  }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank == 4 else { throw .rank(expected: 4, got: input) }
    if let inputs, input[1] != inputs { throw .axis(1, expected: inputs, got: input) }
    let size = try window.output(for: input)
    return [input[0], outputs, size.height, size.width]
  }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    _ = try outputShape(for: input)
    var own = random.split()
    if inputs == nil { requireDivisible(input[1], "input") }
    if isDrawn && inputs != nil { return }
    draw(input[1], &own)
    isDrawn = true
  }

  public func multiplyAdds(for input: Shape) -> Int {
    checkedOutputShape(for: input).count * (input[1] / groups) * kernel.height * kernel.width
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let shape = checkedOutputShape(for: input.shape)
    return ConvolutionOperation(self, input, Extent(shape[2], shape[3])).result(shape)
  }

  private func draw(_ inputs: Int, _ random: inout RandomSource) {
    self.inputs = inputs
    let cells = kernel.height * kernel.width
    let (fanIn, fanOut) = (inputs / groups * cells, outputs * cells)
    storedWeight = initializer.tensor(
      [outputs, inputs / groups, kernel.height, kernel.width], fanIn: fanIn, fanOut: fanOut,
      random: &random)
    storedBias =
      hasBias
      ? initializer.bias([outputs], fanIn: fanIn, fanOut: fanOut, random: &random) : nil
  }

  private func requireDivisible(_ channels: Int, _ what: StaticString) {
    if channels % groups != 0 {
      stop(
        """
        \(name): the groups must divide the \(what) channels, got \(channels) channels and \
        \(groups) groups [groups-do-not-divide]
        """)
    }
  }
}
