/// The solution of `A X = B` that leaves the smallest squares, and among all such the one of smallest
/// length: `X = A⁺ B`, by singular values (one-sided Jacobi; M. Hestenes, 1958), in double precision.
public struct LeastSquares: Sendable {
  /// `[columns of A][columns of B]`
  public let solution: [[Double]]
  /// Singular values of `A`, largest first.
  public let singularValues: [Double]
  /// How many singular values count as other than zero.
  public let rank: Int

  /// - Shape: `A [n, p]`, `B [n, k]`
  /// - Parameter tolerance: singular values below this share of the largest count as zero.
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
    // The side with fewer vectors is made orthogonal: columns of A, or rows where they are fewer.
    let isWide = matrix.columns > matrix.rows
    let count = isWide ? matrix.rows : matrix.columns
    let length = isWide ? matrix.columns : matrix.rows
    var vectors = (0..<count).map { i in
      (0..<length).map { j in isWide ? matrix[i, j] : matrix[j, i] }
    }
    var turns = (0..<count).map { i in (0..<count).map { $0 == i ? 1.0 : 0.0 } }
    LeastSquares.orthogonalize(&vectors, &turns)

    let norms = vectors.map { dot($0, $0).squareRoot() }
    let order = (0..<count).sorted { (norms[$0], $1) > (norms[$1], $0) }
    let largest = order.first.map { norms[$0] } ?? 0
    let kept = order.filter { norms[$0] > tolerance * largest }
    singularValues = order.map { norms[$0] }
    rank = kept.count

    var solution = [[Double]](
      repeating: [Double](repeating: 0, count: right.columns), count: matrix.columns)
    for index in kept {
      let squared = norms[index] * norms[index]
      for k in 0..<right.columns {
        // Left singular vector times B, and the right one times the result.
        var projected = 0.0
        for row in 0..<matrix.rows {
          projected += (isWide ? turns[index][row] : vectors[index][row]) * right[row, k]
        }
        for column in 0..<matrix.columns {
          let direction = isWide ? vectors[index][column] : turns[index][column]
          solution[column][k] += direction * projected / squared
        }
      }
    }
    self.solution = solution
  }

  private static func orthogonalize(_ vectors: inout [[Double]], _ turns: inout [[Double]]) {
    for _ in 0..<60 {
      var isDone = true
      for p in vectors.indices {
        for q in vectors.indices.dropFirst(p + 1) {
          let alpha = dot(vectors[p], vectors[p])
          let beta = dot(vectors[q], vectors[q])
          let gamma = dot(vectors[p], vectors[q])
          if abs(gamma) <= 1e-15 * (alpha * beta).squareRoot() || gamma == 0 { continue }
          isDone = false
          let zeta = (beta - alpha) / (2 * gamma)
          let t = (zeta >= 0 ? 1.0 : -1.0) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
          let c = 1 / (1 + t * t).squareRoot()
          turn(&vectors, p, q, c, c * t)
          turn(&turns, p, q, c, c * t)
        }
      }
      if isDone { return }
    }
  }

  private static func turn(
    _ vectors: inout [[Double]], _ p: Int, _ q: Int, _ c: Double, _ s: Double
  ) {
    for index in vectors[p].indices {
      let (x, y) = (vectors[p][index], vectors[q][index])
      vectors[p][index] = c * x - s * y
      vectors[q][index] = s * x + c * y
    }
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}
