internal import NeuralNetKernels

extension Loss {
  /// `-mean(t log p + (1 - t) log(1 - p))` for probabilities `p`; each logarithm is at least -100.
  ///
  /// - Shape: prediction and target equal, to `[]`
  /// - Gradient: `dp = (p - t) / max(p (1 - p), 1e-12) / count`
  public static var binaryCrossEntropy: Loss { binaryCrossEntropy(reduction: .mean) }

  /// `-(t log p + (1 - t) log(1 - p))` for probabilities `p`, reduced.
  public static func binaryCrossEntropy(reduction: Reduction) -> Loss {
    Loss(
      "binary cross-entropy",
      check: { (prediction, target) throws(LossError) in
        guard prediction.shape == target.shape else {
          throw .differentShapes(prediction: prediction.shape, target: target.shape)
        }
        if prediction.count == 0 { throw .empty }
        try requireUnitInterval(target, .target)
        try requireUnitInterval(prediction, .prediction)
      },
      body: { prediction, target in
        BinaryCrossEntropy("binary cross-entropy", prediction, target, reduction)
          .loss(prediction.shape)
      })
  }
}

final class BinaryCrossEntropy: PointwiseLoss {
  /// Logarithms of `p`, then of `1 - p`.
  private lazy var logs = Storage(count: 2 * prediction.count)

  override var isOfDifference: Bool { false }

  override func checkTarget() { requireUnitTarget(target, in: name) }

  @export(interface)
  override func writeTerms(_ terms: UnsafeMutablePointer<Float>) {
    let n = prediction.count
    let (p, t) = (prediction.values, target.values)
    let (a, b) = (logs.values, logs.values + n)
    for index in 0..<n {
      a[index] = p[index]
      b[index] = 1 - p[index]
    }
    nn_map(NN_LOG, 2 * n, 0, a, a)
    for index in 0..<n {
      terms[index] = -(t[index] * max(a[index], -100) + (1 - t[index]) * max(b[index], -100))
    }
  }

  @export(interface)
  override func writeSlopes(_ slopes: UnsafeMutablePointer<Float>) {
    let (p, t) = (prediction.values, target.values)
    for index in 0..<prediction.count {
      slopes[index] = (p[index] - t[index]) / max(p[index] * (1 - p[index]), 1e-12)
    }
  }
}
