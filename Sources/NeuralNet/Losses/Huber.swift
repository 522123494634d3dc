extension Loss {
  /// `e² / 2` where `|e| ≤ delta`, else `delta (|e| - delta / 2)`, with `e = p - t`.
  ///
  /// - Shape: prediction and target equal, to `[]`, or to their shape where not reduced
  /// - Gradient: `dp = e`, at most `±delta`, divided by the count where it is the mean
  public static func huber(delta: Float = 1, reduction: Reduction = .mean) -> Loss {
    requireAboveZero(delta, "delta", in: "Huber loss")
    return Loss("Huber loss") { prediction, target in
      HuberLoss("Huber loss", prediction, target, reduction, delta: delta, divisor: 1)
        .loss(prediction.shape)
    }
  }

  /// The Huber loss divided by its threshold: `e² / 2beta` where `|e| < beta`, else `|e| - beta / 2`.
  ///
  /// - Shape: prediction and target equal, to `[]`, or to their shape where not reduced
  /// - Gradient: `dp = e / beta`, at most `±1`, divided by the count where it is the mean
  public static func smoothL1(beta: Float = 1, reduction: Reduction = .mean) -> Loss {
    requireAboveZero(beta, "beta", in: "smooth L1 loss")
    return Loss("smooth L1 loss") { prediction, target in
      HuberLoss("smooth L1 loss", prediction, target, reduction, delta: beta, divisor: beta)
        .loss(prediction.shape)
    }
  }

  private static func requireAboveZero(_ value: Float, _ what: StaticString, in owner: String) {
    if !(value > 0 && value.isFinite) {
      stop("\(owner): \(what) must be above 0 and finite, got \(value) [value-out-of-range]")
    }
  }
}

final class HuberLoss: PointwiseLoss {
  private let delta: Float
  private let divisor: Float

  init(
    _ name: StaticString, _ prediction: Tensor, _ target: Tensor, _ reduction: Reduction,
    delta: Float, divisor: Float
  ) {
    self.delta = delta
    self.divisor = divisor
    super.init(name, prediction, target, reduction)
  }

  override func writeTerms(_ terms: UnsafeMutablePointer<Float>) {
    for index in 0..<prediction.count {
      let error = abs(prediction.values[index] - target.values[index])
      let term = error <= delta ? error * error * 0.5 : delta * (error - delta * 0.5)
      terms[index] = term / divisor
    }
  }

  override func writeSlopes(_ slopes: UnsafeMutablePointer<Float>) {
    for index in 0..<prediction.count {
      let error = prediction.values[index] - target.values[index]
      slopes[index] = max(-delta, min(error, delta)) / divisor
    }
  }
}
