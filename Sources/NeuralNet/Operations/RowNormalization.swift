internal import NeuralNetKernels

/// `(x - mean) / √(variance + ε) * weight + bias` over rows, or without the mean and the bias.
///
/// - Gradient: with `d = dy * weight` and `z` the normalized row,
///   `dx = (d - mean(d) - z mean(d z)) / √(variance + ε)`; without the mean, `mean(d)` is left out
final class RowNormalization: Operation {
  private let x: Storage
  private let weight: Storage?
  private let bias: Storage?
  private let size: Int
  private let rows: Int
  private let epsilon: Float
  private let isCentered: Bool
  private let normalized: Storage
  private let inverses: Storage
  private lazy var line = Storage(count: size)

  init(
    _ x: Tensor, size: Int, weight: Tensor?, bias: Tensor?, epsilon: Float, isCentered: Bool
  ) {
    self.x = x.storage
    self.weight = weight?.storage
    self.bias = bias?.storage
    self.size = size
    self.epsilon = epsilon
    self.isCentered = isCentered
    rows = x.count / size
    normalized = Storage(count: x.count)
    inverses = Storage(count: rows)
    var inputs = [x]
    if let weight { inputs.append(weight) }
    if let bias { inputs.append(bias) }
    super.init(inputs: inputs, outputCount: x.count)
  }

  override func forward() {
    for row in 0..<rows {
      let z = normalized.values + row * size
      let y = output.values + row * size
      var mean: Float = isCentered ? nn_sum(size, x.values + row * size) / Float(size) : 0
      nn_combine(NN_MINUS, size, x.values + row * size, 1, &mean, 0, z)
      let variance = nn_sum_of_products(size, z, z) / Float(size)
      inverses.values[row] = 1 / (variance + epsilon).squareRoot()
      nn_combine(NN_TIMES, size, z, 1, inverses.values + row, 0, z)
      if let weight {
        nn_combine(NN_TIMES, size, z, 1, weight.values, 1, y)
      } else {
        nn_copy(size, z, y)
      }
      if let bias { nn_add_scaled(size, 1, bias.values, y) }
    }
  }

  override func backward() {
    if let weight, weight.needsGradient {
      let gradient = weight.gradientToWrite()
      nn_sum_columns_of_products(
        rows, size, output.gradient, normalized.values, gradient.memory, gradient.accumulate)
    }
    if let bias, bias.needsGradient {
      let gradient = bias.gradientToWrite()
      nn_sum_columns(rows, size, output.gradient, gradient.memory, gradient.accumulate)
    }
    guard x.needsGradient else { return }
    let dx = x.gradientToAddTo()
    for row in 0..<rows { flow(row, dx + row * size) }
  }

  private func flow(_ row: Int, _ dx: UnsafeMutablePointer<Float>) {
    let z = normalized.values + row * size
    let dy = output.gradient + row * size
    let d = line.values
    if let weight {
      nn_combine(NN_TIMES, size, dy, 1, weight.values, 1, d)
    } else {
      nn_copy(size, dy, d)
    }
    var mean = isCentered ? nn_sum(size, d) / Float(size) : 0
    var along = -(nn_sum_of_products(size, d, z) / Float(size))
    if isCentered { nn_combine(NN_MINUS, size, d, 1, &mean, 0, d) }
    nn_multiply_add(size, z, 1, &along, 0, d)
    nn_multiply_add(size, d, 1, inverses.values + row, 0, dx)
  }
}
