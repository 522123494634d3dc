/// Normalizes each feature, over the batch and any further axes, or by running statistics.
///
/// - Gradient: with `d = dy * weight` and `z` the normalized values of a feature,
///   `dx = (d - mean(d) - z mean(d z)) / √(variance + ε)` while training, else
///   `dx = d / √(variance + ε)`
final class BatchNormalization: Operation {
  private let layer: BatchNorm
  private let x: Storage
  private let weight: Storage?
  private let bias: Storage?
  private let samples: Int
  private let features: Int
  private let inner: Int
  private let isTraining: Bool
  private let normalized: Storage
  private let inverses: Storage

  init(_ layer: BatchNorm, _ x: Tensor, isTraining: Bool) {
    self.layer = layer
    self.x = x.storage
    weight = layer.weight?.storage
    bias = layer.bias?.storage
    samples = x.shape[0]
    features = x.shape[1]
    inner = x.shape.dimensions.dropFirst(2).reduce(1) { $0 * $1 }
    self.isTraining = isTraining
    normalized = Storage(count: x.count)
    inverses = Storage(count: x.shape[1])
    var inputs = [x]
    if let weight = layer.weight { inputs.append(weight) }
    if let bias = layer.bias { inputs.append(bias) }
    super.init(inputs: inputs, outputCount: x.count)
  }

  private var count: Float { Float(samples * inner) }

  override func forward() {
    if output.count == 0 { return }
    let (source, target, middle) = (x.values, output.values, normalized.values)
    for feature in 0..<features {
      let (mean, variance) = statistics(feature)
      let inverse = 1 / (variance + layer.epsilon).squareRoot()
      inverses.values[feature] = inverse
      let scale = weight?.values[feature] ?? 1
      let shift = bias?.values[feature] ?? 0
      visit(feature) { place in
        let z = (source[place] - mean) * inverse
        middle[place] = z
        target[place] = z * scale + shift
      }
    }
  }

  override func backward() {
    let (dy, z) = (output.gradient, normalized.values)
    for feature in 0..<features {
      var (sum, along): (Float, Float) = (0, 0)
      visit(feature) { place in
        sum += dy[place]
        along += dy[place] * z[place]
      }
      if let weight, weight.needsGradient { weight.gradientToAddTo()[feature] += along }
      if let bias, bias.needsGradient { bias.gradientToAddTo()[feature] += sum }
      guard x.needsGradient else { continue }
      let dx = x.gradientToAddTo()
      let scale = (weight?.values[feature] ?? 1) * inverses.values[feature]
      let (mean, slope) = isTraining ? (sum / count, along / count) : (0, 0)
      visit(feature) { place in
        dx[place] += scale * (dy[place] - mean - z[place] * slope)
      }
    }
  }

  /// Mean and variance to normalize by; while training the running ones take a step.
  private func statistics(_ feature: Int) -> (mean: Float, variance: Float) {
    guard let means = layer.runningMean?.storage, let variances = layer.runningVariance?.storage
    else { return (0, 1) }
    guard isTraining else { return (means.values[feature], variances.values[feature]) }
    let source = x.values
    var sum: Float = 0
    visit(feature) { place in sum += source[place] }
    let mean = sum / count
    var squares: Float = 0
    visit(feature) { place in
      let difference = source[place] - mean
      squares += difference * difference
    }
    let keep = 1 - layer.momentum
    means.values[feature] = keep * means.values[feature] + layer.momentum * mean
    variances.values[feature] =
      keep * variances.values[feature] + layer.momentum * (squares / (count - 1))
    return (mean, squares / count)
  }

  @inline(__always)
  private func visit(_ feature: Int, _ body: (_ place: Int) -> Void) {
    for sample in 0..<samples {
      let start = (sample * features + feature) * inner
      for place in start..<(start + inner) { body(place) }
    }
  }
}
