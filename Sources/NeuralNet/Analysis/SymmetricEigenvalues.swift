/// Eigenvalues, largest first, and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations
/// (G. Golub and C. Van Loan, Matrix Computations, 8.5).
struct SymmetricEigenvalues {
  let values: [Double]
  /// One eigenvector after the other, each of length 1.
  let vectors: [[Double]]

  /// - Parameter matrix: `size * size` numbers, row-major.
  init(of matrix: [Double], size: Int) {
    var a = matrix
    var v = [Double](repeating: 0, count: size * size)
    for index in 0..<size { v[index * size + index] = 1 }
    var total = 0.0
    for value in a { total += value * value }
    for _ in 0..<60 {
      var off = 0.0
      for p in 0..<size { for q in 0..<p { off += a[p * size + q] * a[p * size + q] } }
      if off <= 1e-30 * total { break }
      for p in 0..<size {
        for q in (p + 1)..<Swift.max(size, p + 1) {
          SymmetricEigenvalues.rotate(&a, &v, p, q, size)
        }
      }
    }
    let order = (0..<size).sorted { (a[$0 * size + $0], $1) > (a[$1 * size + $1], $0) }
    values = order.map { a[$0 * size + $0] }
    // `v` holds the rotations' product transposed, so an eigenvector is a row.
    vectors = order.map { Array(v[$0 * size..<($0 + 1) * size]) }
  }

  /// Makes `a[p, q]` zero.
  private static func rotate(
    _ a: inout [Double], _ v: inout [Double], _ p: Int, _ q: Int, _ size: Int
  ) {
    let apq = a[p * size + q]
    if apq == 0 { return }
    let theta = (a[q * size + q] - a[p * size + p]) / (2 * apq)
    let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<size {
      let (akp, akq) = (a[k * size + p], a[k * size + q])
      a[k * size + p] = c * akp - s * akq
      a[k * size + q] = s * akp + c * akq
    }
    for k in 0..<size {
      let (apk, aqk) = (a[p * size + k], a[q * size + k])
      a[p * size + k] = c * apk - s * aqk
      a[q * size + k] = s * apk + c * aqk
    }
    for k in 0..<size {
      let (vp, vq) = (v[p * size + k], v[q * size + k])
      v[p * size + k] = c * vp - s * vq
      v[q * size + k] = s * vp + c * vq
    }
  }
}
