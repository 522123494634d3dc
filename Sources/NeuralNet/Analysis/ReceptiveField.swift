/// How many input places along one axis one output place of stacked convolutions can see.
///
/// With kernel sizes `k_i`, strides `s_i` and dilations `d_i` the field is
/// `1 + Σ_i (k_i − 1) d_i Π_{j<i} s_j`.
public struct ReceptiveField: Sendable {
  /// One convolution or pooling of the stack.
  public struct Step: Sendable {
    /// `k`: how many places one output is computed from.
    public let kernelSize: Int
    /// `s`: how many places further the next output looks.
    public let stride: Int
    /// `d`: how many places lie from one tap of the kernel to the next.
    public let dilation: Int

    /// A pooling of size 2 is `Step(kernelSize: 2, stride: 2)`.
    public init(kernelSize: Int, stride: Int = 1, dilation: Int = 1) {
      requirePositive(kernelSize, "kernel size", in: "ReceptiveField")
      requirePositive(stride, "stride", in: "ReceptiveField")
      requirePositive(dilation, "dilation", in: "ReceptiveField")
      self.kernelSize = kernelSize
      self.stride = stride
      self.dilation = dilation
    }
  }

  /// The field after each step.
  public let sizes: [Int]
  /// The field after the last step; 1 without steps.
  public var size: Int { sizes.last ?? 1 }

  /// Steps in the order in which the input passes them.
  @export(interface)
  public init(_ steps: [Step]) {
    var size = 1
    var jump = 1
    var sizes: [Int] = []
    for step in steps {
      size += (step.kernelSize - 1) * step.dilation * jump
      jump *= step.stride
      sizes.append(size)
    }
    self.sizes = sizes
  }
}

extension Network {
  /// The input numbers that one output number depends on at a given input, found by its gradient.
  ///
  /// - Returns: for each number of one input row whether the gradient is other than zero
  public func receptiveField(ofOutput output: Int, at input: Tensor) -> [Bool] {
    let x = Tensor(input.shape, input.values, needsGradient: true)
    let answer = self(x)
    if output < 0 || output >= answer.count {
      stop("receptiveField: output \(output) is outside 0..<\(answer.count) [index-out-of-range]")
    }
    answer.reshaped(answer.count).slice(axis: 0, output..<output + 1).sum().backward()
    forgetGradients()
    return (x.gradient?.values ?? [Float](repeating: 0, count: x.count)).map { $0 != 0 }
  }
}
