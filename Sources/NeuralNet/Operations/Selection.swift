/// Elements of one tensor where a mask is not 0, of another where it is.
///
/// - Gradient: `dy` to the one that was taken
final class Selection: Operation {
  private let mask: Storage
  private let a: Storage
  private let b: Storage

  /// - Parameters: three tensors of one shape.
  init(_ mask: Tensor, _ a: Tensor, _ b: Tensor) {
    self.mask = mask.storage
    self.a = a.storage
    self.b = b.storage
    super.init(inputs: [mask, a, b], outputCount: mask.count)
    // Nothing flows to the mask.
    output.needsGradient = a.needsGradient || b.needsGradient
  }

  override func forward() {
    for index in 0..<output.count {
      output.values[index] = mask.values[index] != 0 ? a.values[index] : b.values[index]
    }
  }

  override func backward() {
    let dy = output.gradient
    if a.needsGradient {
      let da = a.gradientToAddTo()
      for index in 0..<output.count where mask.values[index] != 0 { da[index] += dy[index] }
    }
    if b.needsGradient {
      let db = b.gradientToAddTo()
      for index in 0..<output.count where mask.values[index] == 0 { db[index] += dy[index] }
    }
  }
}

/// `x` brought into a range; NaN stays.
///
/// - Gradient: `dy` where `x` is inside the range, 0 at its ends and outside, as PyTorch has it
final class Clamping: Operation {
  private let x: Storage
  private let low: Float
  private let high: Float

  init(_ x: Tensor, _ low: Float, _ high: Float) {
    self.x = x.storage
    self.low = low
    self.high = high
    super.init(inputs: [x], outputCount: x.count)
  }

  override func forward() {
    for index in 0..<output.count {
      let value = x.values[index]
      output.values[index] = value < low ? low : value > high ? high : value
    }
  }

  override func backward() {
    guard x.needsGradient else { return }
    let dx = x.gradientToAddTo()
    for index in 0..<output.count where x.values[index] > low && x.values[index] < high {
      dx[index] += output.gradient[index]
    }
  }
}

extension Tensor {
  /// `a` where the mask is not 0, `b` where it is; all three broadcast.
  ///
  ///     Tensor.where(x .> 0, x, 0.1 * x)
  ///
  /// What is not taken counts for nothing, NaN and infinity included, forward and backward.
  @export(interface)
  public static func `where`(_ mask: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    let shape = commonShape("where", mask, commonShape("where", a, b))
    return Selection(mask.expanded(to: shape), a.expanded(to: shape), b.expanded(to: shape))
      .result(shape)
  }

  /// `a` where the mask is not 0, else one number.
  public static func `where`(_ mask: Tensor, _ a: Tensor, _ b: Float) -> Tensor {
    Tensor.where(mask, a, Tensor(b))
  }

  /// One number where the mask is not 0, else `b`.
  public static func `where`(_ mask: Tensor, _ a: Float, _ b: Tensor) -> Tensor {
    Tensor.where(mask, Tensor(a), b)
  }

  /// One of two numbers; the result has the mask's shape.
  public static func `where`(_ mask: Tensor, _ a: Float, _ b: Float) -> Tensor {
    Tensor.where(mask, Tensor(a), Tensor(b))
  }

  /// Each element brought into a range; a side that is left out has no limit, and NaN stays.
  ///
  /// - Gradient: `dy` where the element is inside the range, 0 at its ends and outside, as PyTorch has it
  public func clamp(min: Float = -.infinity, max: Float = .infinity) -> Tensor {
    if !(min <= max) {
      stop("clamp: min must not be above max, got \(min) and \(max) [value-out-of-range]")
    }
    return Clamping(self, min, max).result(shape)
  }
}
