import NeuralNet

/// How a space of any number of units is seen on a page of two dimensions.
struct PlaneView {
  let xLabel: String
  let yLabel: String
  private let mean: [Double]
  private let first: [Double]
  private let second: [Double]

  /// One unit lies on a line, two are drawn as they are, more along the two directions in which the
  /// points differ most.
  init(of points: Tensor) {
    let width = points.count / points.shape[0]
    let values = points.values.map { Double($0) }
    guard width > 2 else {
      mean = [Double](repeating: 0, count: width)
      first = width > 0 ? [1] + [Double](repeating: 0, count: width - 1) : []
      second = width == 2 ? [0, 1] : [Double](repeating: 0, count: width)
      xLabel = "h₁"
      yLabel = width == 2 ? "h₂" : ""
      return
    }
    var mean = [Double](repeating: 0, count: width)
    let count = points.shape[0]
    for index in values.indices { mean[index % width] += values[index] / Double(count) }
    var covariance = [[Double]](repeating: mean.map { _ in 0 }, count: width)
    for sample in 0..<count {
      for row in 0..<width {
        let off = values[sample * width + row] - mean[row]
        for column in 0..<width {
          covariance[row][column] += off * (values[sample * width + column] - mean[column])
        }
      }
    }
    self.mean = mean
    first = PlaneView.direction(of: covariance, besides: nil)
    second = PlaneView.direction(of: covariance, besides: first)
    xLabel = "1st direction"
    yLabel = "2nd direction"
  }

  /// Where each sample of a batch is seen.
  func places(of points: Tensor) -> [(Float, Float)] {
    let values = points.values
    let width = first.count
    return (0..<points.shape[0]).map { sample in
      var (x, y) = (0.0, 0.0)
      for index in 0..<width {
        let off = Double(values[sample * width + index]) - mean[index]
        x += off * first[index]
        y += off * second[index]
      }
      return (Float(x), Float(y))
    }
  }

  /// The direction of the largest spread, by repeated multiplication; at right angles to `other`.
  private static func direction(of matrix: [[Double]], besides other: [Double]?) -> [Double] {
    // A start that is not at right angles to any axis, the same in every run.
    var vector = matrix.indices.map { 1 + Double($0 % 7) / 10 }
    for _ in 0..<200 {
      var next = matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
      if let other {
        let along = zip(next, other).reduce(0) { $0 + $1.0 * $1.1 }
        for index in next.indices { next[index] -= along * other[index] }
      }
      let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { break }
      vector = next.map { $0 / length }
    }
    // The sign is free; the largest part points up.
    var largest = 0.0
    for part in vector where part.magnitude > largest.magnitude { largest = part }
    return largest < 0 ? vector.map { -$0 } : vector
  }
}
