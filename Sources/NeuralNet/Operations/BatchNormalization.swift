internal import NeuralNetKernels

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
  /// For each feature what is taken off, and what the rest is multiplied by.
  private let means: Storage
  private let inverses: Storage
  /// For each feature two sums: of values and squares on the way forward; on the way back of gradients,
  /// and of those times normalized values.
  private let sums: Storage
  private let products: Storage

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
    means = Storage(count: x.shape[1])
    inverses = Storage(count: x.shape[1])
    sums = Storage(count: x.shape[1])
    products = Storage(count: x.shape[1])
    var inputs = [x]
    if let weight = layer.weight { inputs.append(weight) }
    if let bias = layer.bias { inputs.append(bias) }
    super.init(inputs: inputs, outputCount: x.count)
  }

  private var count: Float { Float(samples * inner) }

  override func forward() {
    if output.count == 0 { return }
    takeStatistics()
    let (middle, target) = (normalized.values, output.values)
    let (inverse, scale, shift) = (inverses.values, weight?.values, bias?.values)
    visit { feature, places in
      let (factor, gain, offset) = (inverse[feature], scale?[feature] ?? 1, shift?[feature] ?? 0)
      for place in places {
        let z = middle[place] * factor
        middle[place] = z
        target[place] = z * gain + offset
      }
    }
  }

  override func backward() {
    if output.count == 0 { return }
    let (dy, z) = (output.gradient, normalized.values)
    sum(dy, into: sums)
    sumProducts(dy, z, into: products)
    if let weight, weight.needsGradient {
      nn_add_scaled(features, 1, products.values, weight.gradientToAddTo())
    }
    if let bias, bias.needsGradient {
      nn_add_scaled(features, 1, sums.values, bias.gradientToAddTo())
    }
    guard x.needsGradient else { return }
    let dx = x.gradientToAddTo()
    let (sum, along, inverse, scale) = (
      sums.values, products.values, inverses.values, weight?.values
    )
    visit { feature, places in
      let factor = (scale?[feature] ?? 1) * inverse[feature]
      let (mean, slope) = isTraining ? (sum[feature] / count, along[feature] / count) : (0, 0)
      for place in places { dx[place] += factor * (dy[place] - mean - z[place] * slope) }
    }
  }

  /// Writes the values less their means to `normalized`, and what those are to be multiplied by; while
  /// training the running statistics take a step.
  private func takeStatistics() {
    guard let runningMean = layer.runningMean?.storage,
      let runningVariance = layer.runningVariance?.storage
    else { return }
    if isTraining {
      sum(x.values, into: sums)
      for feature in 0..<features { means.values[feature] = sums.values[feature] / count }
    } else {
      nn_copy(features, runningMean.values, means.values)
    }
    let (source, middle, mean) = (x.values, normalized.values, means.values)
    visit { feature, places in
      let level = mean[feature]
      for place in places { middle[place] = source[place] - level }
    }
    if isTraining {
      sumProducts(middle, middle, into: products)
      let (keep, take) = (1 - layer.momentum, layer.momentum)
      let (former, spread) = (runningMean.valuesToChange, runningVariance.valuesToChange)
      for feature in 0..<features {
        let squares = products.values[feature]
        former[feature] = keep * former[feature] + take * mean[feature]
        spread[feature] = keep * spread[feature] + take * (squares / (count - 1))
        inverses.values[feature] = 1 / (squares / count + layer.epsilon).squareRoot()
      }
    } else {
      for feature in 0..<features {
        inverses.values[feature] =
          1 / (runningVariance.values[feature] + layer.epsilon).squareRoot()
      }
    }
  }

  /// The sum of each feature's values.
  private func sum(_ x: UnsafeMutablePointer<Float>, into target: Storage) {
    if inner == 1 {
      nn_sum_columns(samples, features, x, target.values, false)
    } else {
      addUp(into: target) { start in nn_sum(inner, x + start) }
    }
  }

  private func sumProducts(
    _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>, into target: Storage
  ) {
    if inner == 1 {
      nn_sum_columns_of_products(samples, features, a, b, target.values, false)
    } else {
      addUp(into: target) { start in nn_sum_of_products(inner, a + start, b + start) }
    }
  }

  @inline(__always)
  private func addUp(into target: Storage, _ part: (_ start: Int) -> Float) {
    for feature in 0..<features {
      var sum = 0.0
      for sample in 0..<samples { sum += Double(part((sample * features + feature) * inner)) }
      target.values[feature] = Float(sum)
    }
  }

  /// Calls `body` with runs of places that lie together and belong to one feature.
  @inline(__always)
  private func visit(_ body: (_ feature: Int, _ places: Range<Int>) -> Void) {
    for sample in 0..<samples {
      for feature in 0..<features {
        let start = (sample * features + feature) * inner
        body(feature, start..<(start + inner))
      }
    }
  }
}
