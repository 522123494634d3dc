internal import NeuralNetKernels

extension Loss {
  /// `-mean(t log p + (1 - t) log(1 - p))` for probabilities `p`; each logarithm is at least -100.
  ///
  /// - Shape: prediction and target equal, to `[]`
  /// - Gradient: `dp = (p - t) / max(p (1 - p), 1e-12) / count`
  public static var binaryCrossEntropy: Loss {
    Loss("binary cross-entropy") { prediction, target in
      requireAlike(prediction, target, "binary cross-entropy")
      requireUnitInterval(target, "target", "binary cross-entropy")
      requireUnitInterval(prediction, "probability", "binary cross-entropy")
      return BinaryCrossEntropy(prediction, target).result([])
    }
  }

  static func requireUnitInterval(_ tensor: Tensor, _ what: StaticString, _ name: StaticString) {
    for value in tensor.values where !(value >= 0 && value <= 1) {
      stop("\(name): \(what) must be in 0...1, got \(value) [not-a-probability]")
    }
  }
}

final class BinaryCrossEntropy: Operation {
  private let prediction: Storage
  private let target: Storage
  /// Logarithms of `p`, then of `1 - p`, then the terms of the sum.
  private let logs: Storage

  init(_ prediction: Tensor, _ target: Tensor) {
    self.prediction = prediction.storage
    self.target = target.storage
    logs = Storage(count: 2 * prediction.count)
    super.init(inputs: [prediction, target], outputCount: 1)
  }

  override func forward() {
    let n = prediction.count
    let (p, t) = (prediction.values, target.values)
    let (a, b) = (logs.values, logs.values + n)
    for index in 0..<n {
      a[index] = p[index]
      b[index] = 1 - p[index]
    }
    nn_map(NN_LOG, 2 * n, 0, a, a)
    for index in 0..<n {
      a[index] = t[index] * max(a[index], -100) + (1 - t[index]) * max(b[index], -100)
    }
    output.values[0] = -nn_sum(n, a) / Float(n)
  }

  override func backward() {
    let scale = output.gradient[0] / Float(prediction.count)
    let (p, t) = (prediction.values, target.values)
    if prediction.needsGradient {
      let gradient = prediction.gradientToAddTo()
      for index in 0..<prediction.count {
        gradient[index] += scale * ((p[index] - t[index]) / max(p[index] * (1 - p[index]), 1e-12))
      }
    }
  }
}
