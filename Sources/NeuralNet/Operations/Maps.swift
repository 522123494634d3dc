internal import NeuralNetKernels

/// A function of one value, applied to every element.
final class Map: Operation {
  let function: nn_function
  private let parameter: Float
  private let x: Storage

  @export(interface)
  init(_ function: nn_function, _ parameter: Float, _ x: Tensor) {
    self.function = function
    self.parameter = parameter
    self.x = x.storage
    super.init(inputs: [x], outputCount: x.count)
  }

  @export(interface)
  override func forward() { nn_map(function, x.count, parameter, x.values, output.values) }

  @export(interface)
  override func backward() {
    guard x.needsGradient else { return }
    let dx = x.gradientToWrite()
    nn_map_gradient(
      function, x.count, parameter, x.values, output.values, output.gradient, dx.memory,
      dx.accumulate)
  }
}

extension Tensor {
  @export(interface)
  func mapped(_ function: nn_function, _ parameter: Float = 0) -> Tensor {
    Map(function, parameter, self).result(shape)
  }

  /// `eˣ`
  public func exp() -> Tensor { mapped(NN_EXP) }
  /// The natural logarithm.
  public func log() -> Tensor { mapped(NN_LOG) }
  /// The square root; NaN below 0.
  public func sqrt() -> Tensor { mapped(NN_SQRT) }
  /// `x²`
  public func squared() -> Tensor { mapped(NN_SQUARE) }
  /// The absolute value; its gradient at 0 is 0.
  public func abs() -> Tensor { mapped(NN_ABSOLUTE) }
  /// `1 / x`
  public func reciprocal() -> Tensor { mapped(NN_RECIPROCAL) }
  /// The sine of an angle in radians.
  public func sin() -> Tensor { mapped(NN_SIN) }
  /// The cosine of an angle in radians.
  public func cos() -> Tensor { mapped(NN_COS) }
  /// The hyperbolic tangent, −1...1.
  public func tanh() -> Tensor { mapped(NN_TANH) }
  /// The error function.
  public func erf() -> Tensor { mapped(NN_ERF) }
  /// `1 / (1 + exp(-x))`
  public func sigmoid() -> Tensor { mapped(NN_SIGMOID) }
  /// `max(x, 0)`
  public func relu() -> Tensor { mapped(NN_RELU) }
  /// 1 from zero on, else 0; its gradient is zero.
  public func step() -> Tensor { mapped(NN_STEP) }
  /// `log(1 + exp(x))`
  public func softplus() -> Tensor { mapped(NN_SOFTPLUS) }
}

#if hasFeature(Embedded)

  /// In a module a function is its loops; natively, a number.
  func ~= (pattern: nn_function, function: nn_function) -> Bool { pattern.loops == function.loops }

#endif
