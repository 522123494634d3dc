/// Brings every column to mean 0 and standard deviation 1, as measured on one data set.
///
/// Measure on the training part only, then apply to both parts.
public struct Standardizer: Sendable {
  /// The mean of each number of a sample, over all samples.
  public let means: [Float]
  /// Population standard deviations; 1 for a column that never changes.
  public let deviations: [Float]

  /// Takes means and deviations from the inputs, in double precision.
  public init(measuring data: Dataset) {
    let width = data.inputs.count / data.count
    let values = data.inputs.values
    var means: [Float] = []
    var deviations: [Float] = []
    for column in 0..<width {
      var sum = 0.0
      for row in 0..<data.count { sum += Double(values[row * width + column]) }
      let mean = sum / Double(data.count)
      var squares = 0.0
      for row in 0..<data.count {
        let distance = Double(values[row * width + column]) - mean
        squares += distance * distance
      }
      let deviation = (squares / Double(data.count)).squareRoot()
      means.append(Float(mean))
      deviations.append(deviation > 0 ? Float(deviation) : 1)
    }
    self.means = means
    self.deviations = deviations
  }

  /// `(x − mean) / deviation` for every column; stops for samples of another size.
  public func callAsFunction(_ data: Dataset) -> Dataset {
    let width = data.inputs.count / data.count
    guard width == means.count else {
      stop(
        "Standardizer: measured \(means.count) columns, got data with \(width) [wrong-width]")
    }
    var values = data.inputs.values
    for index in values.indices {
      values[index] = (values[index] - means[index % width]) / deviations[index % width]
    }
    return Dataset(data.name, inputs: Tensor(data.inputs.shape, values), targets: data.targets)
      .withNames(of: data)
  }
}

extension Dataset {
  /// Every column with mean 0 and standard deviation 1.
  public var standardized: Dataset { Standardizer(measuring: self)(self) }

  /// All inputs multiplied by one number, such as 1/16 for pixels of 0 to 16.
  public func scaled(by factor: Float) -> Dataset {
    Dataset(name, inputs: Tensor(inputs.shape, inputs.values.map { $0 * factor }), targets: targets)
      .withNames(of: self)
  }

  /// The same numbers, each sample in another shape, such as `[1, 8, 8]`.
  public func reshaped(_ sample: Shape) -> Dataset {
    Dataset(
      name, inputs: inputs.reshaped(to: [count] + sample.dimensions), targets: targets
    ).withNames(of: self)
  }
}
