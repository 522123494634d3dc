internal import NeuralNetKernels

extension Loss {
  /// `mean((p - t)²)` over all elements.
  ///
  /// - Shape: prediction and target equal, to `[]`
  /// - Gradient: `dp = 2 (p - t) / count`
  public static var meanSquaredError: Loss {
    Loss("mean squared error") { prediction, target in
      MeanSquaredError(prediction, target).result([])
    }
  }

  /// `(p - t)²`, reduced.
  public static func squaredError(reduction: Reduction) -> Loss {
    if reduction == .mean { return meanSquaredError }
    return Loss("squared error") { prediction, target in
      SquaredError("squared error", prediction, target, reduction).loss(prediction.shape)
    }
  }
}

final class SquaredError: PointwiseLoss {
  override func writeTerms(_ terms: UnsafeMutablePointer<Float>) {
    nn_combine(NN_MINUS, prediction.count, prediction.values, 1, target.values, 1, terms)
    nn_map(NN_SQUARE, prediction.count, 0, terms, terms)
  }

  override func writeSlopes(_ slopes: UnsafeMutablePointer<Float>) {
    nn_scaled_difference(
      prediction.count, 2, prediction.values, target.values, slopes, false)
  }
}

/// The loss that small networks spend their time on, without a pass of its own over the terms.
final class MeanSquaredError: Operation {
  private let prediction: Storage
  private let target: Storage

  init(_ prediction: Tensor, _ target: Tensor) {
    self.prediction = prediction.storage
    self.target = target.storage
    super.init(inputs: [prediction, target], outputCount: 1)
  }

  @export(interface)
  override func forward() {
    let sum = nn_sum_of_squared_differences(prediction.count, prediction.values, target.values)
    if !sum.isFinite { requireFiniteTarget(target, in: "mean squared error") }
    output.values[0] = sum / Float(prediction.count)
  }

  @export(interface)
  override func backward() {
    let scale = output.gradient[0] * (2 / Float(prediction.count))
    if prediction.needsGradient { flow(prediction, target, scale) }
    if target.needsGradient { flow(target, prediction, scale) }
  }

  private func flow(_ to: Storage, _ from: Storage, _ scale: Float) {
    let gradient = to.gradientToWrite()
    nn_scaled_difference(
      to.count, scale, to.values, from.values, gradient.memory, gradient.accumulate)
  }
}
