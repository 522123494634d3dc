/// A convolution over sequences; the kernel is not flipped.
///
/// `y[o, t] = bias[o] + Σ weight[o, c, u] x[c, t·stride + u·dilation - padding]`
///
/// A causal layer pads the front alone, so that no place sees a later one.
///
/// - Shape: `[batch, in, length]` to `[batch, out, length']` with
///   `length' = ⌊(length + 2 padding - dilation (kernel - 1) - 1) / stride⌋ + 1`; where channels are
///   last, `[batch, length, in]` to `[batch, length', out]`, as recurrent layers have them
/// - Parameter count: `out * (in / groups) * kernel + out`
/// - Gradient: that of `Convolution2D` with images of height 1
public final class Convolution1D: Layer {
  /// Places that one output is summed from.
  public let kernel: Int
  /// Zeros before the first place and as many behind the last one; 0 where causal.
  public let padding: Int
  /// Whether all padding, `dilation (kernel - 1)` zeros, stands in front.
  public let isCausal: Bool
  /// Whether sequences are `[batch, length, channels]` instead of `[batch, channels, length]`.
  public let channelsLast: Bool
  private let base: Convolution2D

  /// A layer whose number of input channels the network tells.
  public init(
    _ outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
    groups: Int = 1, causal: Bool = false, channelsLast: Bool = false, bias: Bool = true,
    initializer: Initializer = .uniformFanIn
  ) {
    let name = "Convolution1D(\(outputs), kernel: \(kernel))"
    (self.kernel, self.padding, isCausal, self.channelsLast) = (
      kernel, padding, causal, channelsLast
    )
    Convolution1D.check(name, kernel, stride, padding, dilation, causal)
    base = Convolution2D(
      outputs, kernel: Extent(1, kernel), stride: Extent(1, stride), padding: Extent(0, padding),
      dilation: Extent(1, dilation), groups: groups, bias: bias, initializer: initializer)
  }

  /// A layer with both numbers of channels stated.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1, causal: Bool = false, channelsLast: Bool = false,
    bias: Bool = true, initializer: Initializer = .uniformFanIn, seed: Int? = nil
  ) {
    let name = "Convolution1D(\(inputs), \(outputs), kernel: \(kernel))"
    (self.kernel, self.padding, isCausal, self.channelsLast) = (
      kernel, padding, causal, channelsLast
    )
    Convolution1D.check(name, kernel, stride, padding, dilation, causal)
    base = Convolution2D(
      inputs, outputs, kernel: Extent(1, kernel), stride: Extent(1, stride),
      padding: Extent(0, padding), dilation: Extent(1, dilation), groups: groups, bias: bias,
      initializer: initializer, seed: seed)
  }

  private static func check(
    _ name: String, _ kernel: Int, _ stride: Int, _ padding: Int, _ dilation: Int, _ causal: Bool
  ) {
    requirePositive(kernel, "kernel", in: name)
    requirePositive(stride, "stride", in: name)
    requirePositive(dilation, "dilation", in: name)
    if padding < 0 || causal && padding != 0 {
      stop(
        """
        \(name): padding must be \(causal ? "0 where causal, which pads by itself" : "at least 0"), \
        got \(padding) [value-out-of-range]
        """)
    }
  }

  /// How many channels come in; nil until the network tells.
  public var inputs: Int? { base.inputs }
  /// How many channels go out.
  public var outputs: Int { base.outputs }
  /// How many places the kernel moves from one output to the next.
  public var stride: Int { base.stride.width }
  /// How many places lie from one tap of the kernel to the next.
  public var dilation: Int { base.dilation.width }
  /// Into how many blocks of channels the work is cut; each sees its own block alone.
  public var groups: Int { base.groups }

  /// `[outputs, inputs / groups, kernel]`
  public var weight: Tensor {
    let weight = base.weight
    return weight.reshaped(to: [weight.shape[0], weight.shape[1], kernel])
  }

  /// `[outputs]`
  public var bias: Tensor? { base.bias }

  public var name: String {
    let inputs = if let inputs { "\(inputs), " } else { "" }
    return "Convolution1D(\(inputs)\(outputs), kernel: \(kernel)"
      + (isCausal ? ", causal: true" : "")
      + ")"
  }

  public var parameters: [Parameter] { base.parameters }

  public var parameterCount: Int { base.parameterCount }

  /// The formula alone, for layers too large to make.
  public static func parameterCount(
    inputs: Int, outputs: Int, kernel: Int, groups: Int = 1, bias: Bool = true
  ) -> Int {
    outputs * (inputs / groups) * kernel + (bias ? outputs : 0)
  }

  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank == 3 else { throw .rank(expected: 3, got: input) }
    let (channelAxis, lengthAxis) = channelsLast ? (2, 1) : (1, 2)
    if let inputs, input[channelAxis] != inputs {
      throw .axis(channelAxis, expected: inputs, got: input)
    }
    let output = try base.outputShape(
      for: [input[0], input[channelAxis], 1, input[lengthAxis] + paddingInFront])
    return channelsLast
      ? [input[0], output[3], outputs] : [input[0], outputs, output[3]]
  }

  private var paddingInFront: Int { isCausal ? dilation * (kernel - 1) : 0 }

  public func initialize(for input: Shape, random: inout RandomSource) throws(ShapeError) {
    _ = try outputShape(for: input)
    let (channelAxis, lengthAxis) = channelsLast ? (2, 1) : (1, 2)
    try base.initialize(
      for: [input[0], input[channelAxis], 1, input[lengthAxis] + paddingInFront], random: &random)
  }

  public func multiplyAdds(for input: Shape) -> Int {
    checkedOutputShape(for: input).count * (input[channelsLast ? 2 : 1] / groups) * kernel
  }

  public func keepsSamplesApart(for input: Shape) -> Bool { true }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    _ = checkedOutputShape(for: input.shape)
    var x = channelsLast ? input.transposed(0, 2, 1) : input
    if paddingInFront > 0 {
      let zeros = Tensor([x.shape[0], x.shape[1], paddingInFront], repeating: 0)
      x = Tensor.concatenate([zeros, x], axis: 2)
    }
    let y = base(x.reshaped(to: [x.shape[0], x.shape[1], 1, x.shape[2]]))
    let flat = y.reshaped(to: [y.shape[0], y.shape[1], y.shape[3]])
    return channelsLast ? flat.transposed(0, 2, 1) : flat
  }
}
