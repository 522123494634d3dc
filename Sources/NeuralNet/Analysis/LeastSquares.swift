/// The solution of `A X = B` that leaves the smallest squares, and among all such the one of smallest
/// length: `X = A⁺ B`, by singular values, in double precision.
public struct LeastSquares: Sendable {
  /// `[columns of A][columns of B]`
  public let solution: [[Double]]
  /// Singular values of `A`, largest first.
  public let singularValues: [Double]
  /// How many singular values count as other than zero.
  public let rank: Int

  /// - Shape: `A [n, p]`, `B [n, k]`
  /// - Parameters:
  ///   - a: the matrix `A`, one row for each equation.
  ///   - b: the right sides `B`, one column for each system.
  ///   - tolerance: singular values below this share of the largest count as zero.
  public init(_ a: Tensor, _ b: Tensor, tolerance: Double = 1e-10) {
    let matrix = Points(a, in: "LeastSquares")
    let right = Points(b, in: "LeastSquares")
    if matrix.rows != right.rows {
      stop(
        """
        LeastSquares: both sides need the same number of rows, got \(matrix.rows) and \
        \(right.rows) [different-counts]
        """)
    }
    // The matrix stands upright: its transpose where columns are more.
    let isWide = matrix.columns > matrix.rows
    let (rows, columns) = (
      isWide ? matrix.columns : matrix.rows, isWide ? matrix.rows : matrix.columns
    )
    var upright = matrix.values
    if isWide {
      for row in 0..<rows {
        for column in 0..<columns { upright[row * columns + column] = matrix[column, row] }
      }
    }
    let bidiagonal = Bidiagonal(upright, rows: rows, columns: columns)
    let (near, far): (Bidiagonal.Side, Bidiagonal.Side) = isWide ? (.right, .left) : (.left, .right)
    let turned = (0..<right.columns).map { column in
      var vector = (0..<right.rows).map { row in right[row, column] }
      bidiagonal.take(&vector, from: near)
      return vector
    }
    let system = SingularValues(of: bidiagonal, turning: turned, on: near)

    singularValues = system.values.sorted { $0 > $1 }
    let least = tolerance * (singularValues.first ?? 0)
    rank = singularValues.count { $0 > least }
    var solution = [[Double]](
      repeating: [Double](repeating: 0, count: right.columns), count: matrix.columns)
    for column in 0..<right.columns {
      var vector = [Double](repeating: 0, count: matrix.columns)
      for (index, value) in system.values.enumerated() where value > least {
        vector[index] = system.near[column][index] / value
      }
      system.put(&vector)
      bidiagonal.put(&vector, to: far)
      for row in 0..<matrix.columns { solution[row][column] = vector[row] }
    }
    self.solution = solution
  }
}
