internal import NeuralNetKernels

/// The directions in which points vary most (K. Pearson, 1901): eigenvectors of their covariance.
///
/// Columns are centered, not scaled. Variances divide by `n − 1`.
///
///     let pca = PrincipalComponents(of: digits.inputs)
///     pca.projection     // two numbers for each row
public struct PrincipalComponents: Sendable {
  /// Of each column, which was taken off before anything else.
  public let mean: [Double]
  /// `[component][column]`, each of length 1, its largest entry positive.
  public let components: [[Double]]
  /// The eigenvalues, largest first: the variance along each component.
  public let explainedVariance: [Double]
  /// Of the variance of all columns.
  public let explainedRatio: [Double]
  /// Of the centered points: `√(explainedVariance (n − 1))`.
  public let singularValues: [Double]
  /// `[row][component]`
  public let projection: [[Double]]

  /// - Shape: points `[n, …]`, at least two rows
  public init(of tensor: Tensor, count: Int = 2) {
    let points = Points(tensor, in: "PrincipalComponents")
    let (rows, columns) = (points.rows, points.columns)
    if rows < 2 {
      stop("PrincipalComponents: needs at least two rows, got \(rows) [value-out-of-range]")
    }
    if count < 1 || count > columns {
      stop(
        """
        PrincipalComponents: count must be in 1...\(columns), the number of columns, got \(count) \
        [value-out-of-range]
        """)
    }
    let mean = points.columnMeans(of: Array(0..<rows))
    var centered = points.values
    for row in 0..<rows {
      for column in 0..<columns { centered[row * columns + column] -= mean[column] }
    }
    var covariance = [Double](repeating: 0, count: columns * columns)
    nn_square(rows, columns, centered, &covariance)
    for index in covariance.indices { covariance[index] /= Double(rows - 1) }
    let eigen = SymmetricEigenvalues(of: covariance, size: columns)
    var total = 0.0
    for value in eigen.values { total += Swift.max(value, 0) }
    self.mean = mean
    let components = (0..<count).map { PrincipalComponents.turned(eigen.vector($0)) }
    self.components = components
    explainedVariance = eigen.values.prefix(count).map { Swift.max($0, 0) }
    explainedRatio = explainedVariance.map { total > 0 ? $0 / total : 0 }
    singularValues = explainedVariance.map { ($0 * Double(rows - 1)).squareRoot() }
    projection = (0..<rows).map { row in
      components.map { component in
        var sum = 0.0
        for column in 0..<columns { sum += centered[row * columns + column] * component[column] }
        return sum
      }
    }
  }

  /// The sign of an eigenvector is arbitrary; this choice makes it reproducible.
  private static func turned(_ vector: [Double]) -> [Double] {
    var largest = 0.0
    for value in vector where abs(value) > abs(largest) { largest = value }
    return largest < 0 ? vector.map { -$0 } : vector
  }
}
