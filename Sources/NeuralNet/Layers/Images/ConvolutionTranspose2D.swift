/// A transposed convolution: what a convolution does to gradients, as a layer that makes images larger.
///
/// Each input pixel adds its value times the kernel to the output, `stride` apart:
/// `y[o, i·stride + u·dilation - padding, …] += weight[c, o, u, v] x[c, i, j]`, from the bias on.
///
/// - Shape: `[batch, in, height, width]` to `[batch, out, height', width']` with
///   `height' = (height - 1) stride - 2 padding + dilation (kernel - 1) + outputPadding + 1`
/// - Parameter count: `in * (out / groups) * kernel height * kernel width + out`
/// - Gradient: see `TransposedConvolution`
public final class ConvolutionTranspose2D: Layer {
  /// How many channels come in; nil until the network tells.
  public private(set) var inputs: Int?
  /// How many channels go out.
  public let outputs: Int
  /// Rows and columns of pixels that one input adds to.
  public let kernel: Extent
  /// Rows and columns between what two neighboring inputs add.
  public let stride: Extent
  /// Rows that are cut off above and as many below, columns on each side.
  public let padding: Extent
  /// Rows and columns more at the end, which tell apart the sizes that a convolution's stride makes equal.
  public let outputPadding: Extent
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
    outputPadding: Extent = 0, dilation: Extent = 1, groups: Int = 1, bias: Bool = true,
    initializer: Initializer = .uniformFanIn
  ) {
    self.init(
      inputs: nil, outputs, kernel, stride, padding, outputPadding, dilation, groups, bias,
      initializer, nil)
  }

  /// A layer with both numbers of channels stated.
  public convenience init(
    _ inputs: Int, _ outputs: Int, kernel: Extent, stride: Extent = 1, padding: Extent = 0,
    outputPadding: Extent = 0, dilation: Extent = 1, groups: Int = 1, bias: Bool = true,
    initializer: Initializer = .uniformFanIn, seed: Int? = nil
  ) {
    self.init(
      inputs: inputs, outputs, kernel, stride, padding, outputPadding, dilation, groups, bias,
      initializer, seed)
  }

  private init(
    inputs: Int?, _ outputs: Int, _ kernel: Extent, _ stride: Extent, _ padding: Extent,
    _ outputPadding: Extent, _ dilation: Extent, _ groups: Int, _ bias: Bool,
    _ initializer: Initializer, _ seed: Int?
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
    self.dilation = dilation
    self.groups = groups
    hasBias = bias
    self.initializer = initializer
    isDrawn = seed != nil
    if let inputs { requirePositive(inputs, "input channels", in: name) }
    requirePositive(outputs, "output channels", in: name)
    requirePositive(groups, "groups", in: name)
    window.check(in: name)
    outputPadding.requireAtLeast(0, "output padding", in: name)
    if outputPadding.height >= Swift.max(stride.height, dilation.height)
      || outputPadding.width >= Swift.max(stride.width, dilation.width)
    {
      stop(
        """
        \(name): the output padding must be smaller than the stride or the dilation, got \
        \(outputPadding) with stride \(stride) and dilation \(dilation) [padding-too-large]
        """)
    }
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

  /// `[inputs, outputs / groups, kernel height, kernel width]`
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
      "ConvolutionTranspose2D(\(inputs), \(outputs), kernel: \(kernel))"
    } else {
      "ConvolutionTranspose2D(\(outputs), kernel: \(kernel))"
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
    return ConvolutionTranspose2D.parameterCount(
      inputs: inputs, outputs: outputs, kernel: kernel, groups: groups, bias: hasBias)
  }

  /// The formula alone, for layers too large to make.
  public static func parameterCount(
    inputs: Int, outputs: Int, kernel: Extent, groups: Int = 1, bias: Bool = true
  ) -> Int {
    inputs * (outputs / groups) * kernel.height * kernel.width + (bias ? outputs : 0)
  }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank == 4 else { throw .rank(expected: 4, got: input) }
    if let inputs, input[1] != inputs { throw .axis(1, expected: inputs, got: input) }
    func size(
      _ size: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ more: Int, _ dilation: Int
    ) throws(ShapeError) -> Int {
      let result = (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + more + 1
      guard size >= 1, result >= 1 else {
        throw .rule("an output of at least 1 pixel along each axis", got: result)
      }
      return result
    }
    return [
      input[0], outputs,
      try size(
        input[2], kernel.height, stride.height, padding.height, outputPadding.height,
        dilation.height),
      try size(
        input[3], kernel.width, stride.width, padding.width, outputPadding.width, dilation.width),
    ]
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
    input.count * (outputs / groups) * kernel.height * kernel.width
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let shape = checkedOutputShape(for: input.shape)
    return TransposedConvolution(self, input, Extent(shape[2], shape[3])).result(shape)
  }

  private func draw(_ inputs: Int, _ random: inout RandomSource) {
    self.inputs = inputs
    let cells = kernel.height * kernel.width
    // PyTorch counts the second axis of the weight as what comes in, here as for a convolution.
    let (fanIn, fanOut) = (outputs / groups * cells, inputs * cells)
    storedWeight = initializer.tensor(
      [inputs, outputs / groups, kernel.height, kernel.width], fanIn: fanIn, fanOut: fanOut,
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
