internal import NeuralNetKernels

/// A matrix with at least as many rows as columns, made bidiagonal by reflections from both sides,
/// `A = L B Pᵀ` (G. Golub and W. Kahan, 1965).
struct Bidiagonal {
  let rows: Int
  let columns: Int
  private(set) var diagonal: [Double]
  /// `above[k]` stands over `diagonal[k]`; `above[0]` is 0.
  private(set) var above: [Double]
  /// Reflection `k` is `I − scale vvᵀ`; its vector begins at row `k`, or at column `k + 1`.
  private var left: [(vector: [Double], scale: Double)] = []
  private var right: [(vector: [Double], scale: Double)] = []

  enum Side {
    case left
    case right
  }

  /// - Parameter matrix: `rows * columns` numbers, row-major
  init(_ matrix: [Double], rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    diagonal = [Double](repeating: 0, count: columns)
    above = [Double](repeating: 0, count: columns)
    var matrix = matrix
    var sums = [Double](repeating: 0, count: Swift.max(rows, columns))
    matrix.withUnsafeMutableBufferPointer { a in
      guard let a = a.baseAddress else { return }
      for k in 0..<columns {
        reflectColumn(k, a, &sums)
        if k + 1 < columns { reflectRow(k, a, &sums) }
      }
    }
  }

  /// The vector and the scale that bring `x` to `(result, 0, 0, …)`.
  private static func reflection(
    _ x: [Double]
  ) -> (vector: [Double], scale: Double, result: Double) {
    var squares = 0.0
    for value in x { squares += value * value }
    // Away from the first element, so that no digits cancel.
    let result = x[0] > 0 ? -squares.squareRoot() : squares.squareRoot()
    let length = squares - x[0] * result
    if length == 0 { return (x, 0, x[0]) }
    var vector = x
    vector[0] -= result
    return (vector, 1 / length, result)
  }

  private mutating func reflectColumn(
    _ k: Int, _ a: UnsafeMutablePointer<Double>, _ sums: inout [Double]
  ) {
    let (vector, scale, result) = Bidiagonal.reflection(
      (k..<rows).map { row in a[row * columns + k] })
    diagonal[k] = result
    left.append((vector, scale))
    let rest = columns - k - 1
    if scale == 0 || rest == 0 { return }
    for j in 0..<rest { sums[j] = 0 }
    let start = a + k * columns + k + 1
    nn_add_rows(rows - k, rest, columns, vector, start, &sums)
    for j in 0..<rest { sums[j] *= scale }
    nn_take_off_outer(rows - k, rest, columns, vector, sums, start)
  }

  private mutating func reflectRow(
    _ k: Int, _ a: UnsafeMutablePointer<Double>, _ sums: inout [Double]
  ) {
    let (vector, scale, result) = Bidiagonal.reflection(
      (k + 1..<columns).map { column in a[k * columns + column] })
    above[k + 1] = result
    right.append((vector, scale))
    let rest = rows - k - 1
    if scale == 0 || rest == 0 { return }
    let start = a + (k + 1) * columns + k + 1
    nn_dot_rows(rest, columns - k - 1, columns, start, vector, &sums)
    for i in 0..<rest { sums[i] *= scale }
    nn_take_off_outer(rest, columns - k - 1, columns, sums, vector, start)
  }

  /// `Lᵀ x` or `Pᵀ x`, in place.
  func take(_ x: inout [Double], from side: Side) {
    for k in reflections(side).indices { apply(k, side, &x) }
  }

  /// `L x` or `P x`, in place.
  func put(_ x: inout [Double], to side: Side) {
    for k in reflections(side).indices.reversed() { apply(k, side, &x) }
  }

  private func reflections(_ side: Side) -> [(vector: [Double], scale: Double)] {
    side == .left ? left : right
  }

  private func apply(_ k: Int, _ side: Side, _ x: inout [Double]) {
    let (vector, scale) = reflections(side)[k]
    let start = side == .left ? k : k + 1
    var sum = 0.0
    for i in vector.indices { sum += vector[i] * x[start + i] }
    sum *= scale
    for i in vector.indices { x[start + i] -= sum * vector[i] }
  }
}
