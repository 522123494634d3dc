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
    centered.withUnsafeMutableBufferPointer { centered in
      mean.withUnsafeBufferPointer { mean in
        guard var row = centered.baseAddress, let mean = mean.baseAddress else { return }
        for _ in 0..<rows {
          for column in 0..<columns { row[column] -= mean[column] }
          row += columns
        }
      }
    }
    var covariance = [Double](repeating: 0, count: columns * columns)
    nn_square(rows, columns, centered, &covariance)
    covariance.withUnsafeMutableBufferPointer { covariance in
      for index in covariance.indices { covariance[index] /= Double(rows - 1) }
    }
    let eigen = SymmetricEigenvalues(of: covariance, size: columns)
    var total = 0.0
    for value in eigen.values { total += Swift.max(value, 0) }
    self.mean = mean
    let components = (0..<count).map { PrincipalComponents.turned(eigen.vector($0)) }
    self.components = components
    explainedVariance = eigen.values.prefix(count).map { Swift.max($0, 0) }
    explainedRatio = explainedVariance.map { total > 0 ? $0 / total : 0 }
    singularValues = explainedVariance.map { ($0 * Double(rows - 1)).squareRoot() }
    let places = components.map { PrincipalComponents.project(centered, rows, columns, $0) }
    projection = (0..<rows).map { row in places.map { $0[row] } }
  }

  /// The place of each point along one component.
  private static func project(
    _ points: [Double], _ rows: Int, _ columns: Int, _ component: [Double]
  ) -> [Double] {
    var places = [Double](repeating: 0, count: rows)
    points.withUnsafeBufferPointer { points in
      component.withUnsafeBufferPointer { component in
        guard let points = points.baseAddress, let component = component.baseAddress else { return }
        // Four rows side by side: each sum is a chain, in which every step waits for the one before.
        var row = 0
        while row + 4 <= rows {
          var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
          let start = row * columns
          for column in 0..<columns {
            let weight = component[column]
            a += points[start + column] * weight
            b += points[start + columns + column] * weight
            c += points[start + 2 * columns + column] * weight
            d += points[start + 3 * columns + column] * weight
          }
          (places[row], places[row + 1], places[row + 2], places[row + 3]) = (a, b, c, d)
          row += 4
        }
        for row in row..<rows {
          for column in 0..<columns {
            places[row] += points[row * columns + column] * component[column]
          }
        }
      }
    }
    return places
  }

  /// The sign of an eigenvector is arbitrary; this choice makes it reproducible.
  private static func turned(_ vector: [Double]) -> [Double] {
    var largest = 0.0
    for value in vector where abs(value) > abs(largest) { largest = value }
    return largest < 0 ? vector.map { -$0 } : vector
  }
}
