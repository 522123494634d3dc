internal import NeuralNetKernels

extension Loss {
  /// Binary cross-entropy of `σ(x)`, computed from `x` so that nothing overflows.
  ///
  /// - Shape: logits and target equal, to `[]`
  /// - Gradient: `dx = (σ(x) - t) / count`
  public static var binaryCrossEntropyWithLogits: Loss {
    binaryCrossEntropyWithLogits(reduction: .mean)
  }

  /// `max(x, 0) - x t + log(1 + exp(-|x|))` for logits `x`, reduced.
  public static func binaryCrossEntropyWithLogits(reduction: Reduction) -> Loss {
    Loss(
      "binary cross-entropy with logits", threshold: 0,
      check: { (logits, target) throws(LossError) in
        try requireAlike(logits, target)
        try requireUnitInterval(target, .target)
      },
      body: { logits, target in
        BinaryCrossEntropyWithLogits("binary cross-entropy with logits", logits, target, reduction)
          .loss(logits.shape)
      })
  }
}

final class BinaryCrossEntropyWithLogits: PointwiseLoss {
  override var isOfDifference: Bool { false }

  override func checkTarget() { requireUnitTarget(target, in: name) }

  @export(interface)
  override func writeTerms(_ terms: UnsafeMutablePointer<Float>) {
    let n = prediction.count
    for index in 0..<n { terms[index] = -abs(prediction.values[index]) }
    nn_map(NN_SOFTPLUS, n, 0, terms, terms)
    for index in 0..<n {
      let x = prediction.values[index]
      terms[index] += max(x, 0) - x * target.values[index]
    }
  }

  override func writeSlopes(_ slopes: UnsafeMutablePointer<Float>) {
    nn_map(NN_SIGMOID, prediction.count, 0, prediction.values, slopes)
    for index in 0..<prediction.count { slopes[index] -= target.values[index] }
  }
}
