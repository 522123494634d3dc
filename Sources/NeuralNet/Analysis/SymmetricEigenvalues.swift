/// Eigenvalues and eigenvectors of a symmetric matrix: reflections make it tridiagonal (A. Householder,
/// 1958), rotations diagonal (QL with implicit shifts; J. Francis, 1961, and A. Dubrulle, 1970).
struct SymmetricEigenvalues {
  /// Largest first.
  let values: [Double]
  private let size: Int
  /// Reflection `k` is `I − scale vvᵀ`, with `v` to the right of the diagonal in row `k`.
  private let reflections: [Double]
  private let scales: [Double]
  /// Eigenvectors of the tridiagonal matrix, one a row, and where each stands.
  private let turns: [Double]
  private let order: [Int]

  /// - Parameter matrix: `size * size` numbers, row-major; those above the diagonal are not read.
  init(of matrix: [Double], size: Int) {
    var tridiagonal = Tridiagonal(matrix, size)
    self.size = size
    reflections = tridiagonal.reflections
    scales = tridiagonal.scales
    turns = tridiagonal.diagonalize()
    let diagonal = tridiagonal.diagonal
    order = (0..<size).sorted { (diagonal[$0], $1) > (diagonal[$1], $0) }
    values = order.map { diagonal[$0] }
  }

  /// The eigenvector of `values[index]`, of length 1.
  func vector(_ index: Int) -> [Double] {
    var vector = Array(turns[order[index] * size..<(order[index] + 1) * size])
    for k in scales.indices.reversed() where scales[k] != 0 {
      var sum = 0.0
      for j in (k + 1)..<size { sum += reflections[k * size + j] * vector[j] }
      for j in (k + 1)..<size { vector[j] -= scales[k] * sum * reflections[k * size + j] }
    }
    return vector
  }
}
