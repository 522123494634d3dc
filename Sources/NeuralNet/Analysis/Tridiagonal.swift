internal import NeuralNetKernels

/// A symmetric matrix on its way from full to tridiagonal to diagonal.
struct Tridiagonal {
  private let size: Int
  /// The matrix at first; then, right of the diagonal in row `k`, the vector of reflection `k`.
  private(set) var reflections: [Double]
  private(set) var scales: [Double]
  private(set) var diagonal: [Double]
  /// `beside[k]` stands between `diagonal[k]` and the next.
  private var beside: [Double]

  init(_ matrix: [Double], _ size: Int) {
    self.size = size
    reflections = matrix
    scales = [Double](repeating: 0, count: max(size - 2, 0))
    diagonal = [Double](repeating: 0, count: size)
    beside = [Double](repeating: 0, count: size)
    for row in 0..<size {
      for column in 0..<row {
        reflections[column * size + row] = reflections[row * size + column]
      }
    }
    for k in scales.indices { reflect(k) }
    for k in 0..<size { diagonal[k] = reflections[k * size + k] }
    if size >= 2 { beside[size - 2] = reflections[(size - 2) * size + size - 1] }
  }

  /// Makes row and column `k` zero beyond the element beside the diagonal.
  private mutating func reflect(_ k: Int) {
    let (size, rest) = (self.size, (k + 1)..<self.size)
    var squares = 0.0
    for j in rest { squares += reflections[k * size + j] * reflections[k * size + j] }
    let first = reflections[k * size + k + 1]
    // Away from `first`, so that no digits cancel.
    beside[k] = first > 0 ? -squares.squareRoot() : squares.squareRoot()
    let length = 2 * (squares - first * beside[k])
    if length == 0 { return }
    let scale = 2 / length
    scales[k] = scale
    reflections[k * size + k + 1] = first - beside[k]

    // With p = scale A v, the rest becomes A − v wᵀ − w vᵀ, w = p − (scale / 2) (pᵀv) v.
    var w = [Double](repeating: 0, count: size)
    var factors = [Double](repeating: 0, count: size)
    reflections.withUnsafeMutableBufferPointer { a in
      w.withUnsafeMutableBufferPointer { w in
        guard let a = a.baseAddress, let w = w.baseAddress else { return }
        let v = a + k * size
        for i in rest { factors[i - k - 1] = scale * v[i] }
        nn_add_rows(
          rest.count, rest.count, size, factors, a + (k + 1) * size + k + 1, w + k + 1)
        var product = 0.0
        for j in rest { product += w[j] * v[j] }
        let half = scale / 2 * product
        for j in rest { w[j] -= half * v[j] }
        for i in rest {
          let (vi, wi, row) = (v[i], w[i], a + i * size)
          for j in rest { row[j] -= vi * w[j] + wi * v[j] }
        }
      }
    }
  }

  /// Leaves the eigenvalues on the diagonal, in no order; returns the eigenvectors, one a row.
  mutating func diagonalize() -> [Double] {
    var vectors = [Double](repeating: 0, count: size * size)
    for k in 0..<size { vectors[k * size + k] = 1 }
    var turns = Turns(size)
    for start in 0..<size {
      // Three rounds are common; the bound only ends what rounding may keep going.
      for _ in 0..<60 {
        let end = endOfBlock(from: start)
        if end == start { break }
        chase(start, end, &turns)
        turns.apply(to: &vectors, size, end)
      }
    }
    return vectors
  }

  /// The first place from `start` on after which nothing stands beside the diagonal.
  private func endOfBlock(from start: Int) -> Int {
    var end = start
    while end < size - 1 {
      let scale = abs(diagonal[end]) + abs(diagonal[end + 1])
      if abs(beside[end]) <= scale * 0x1p-53 { break }
      end += 1
    }
    return end
  }

  /// One shifted QL step on the block from `start` to `end`: a rotation at its end makes an element
  /// that does not belong there, and the others drive it up and out.
  private mutating func chase(_ start: Int, _ end: Int, _ turns: inout Turns) {
    var g = (diagonal[start + 1] - diagonal[start]) / (2 * beside[start])
    let root = (g * g + 1).squareRoot()
    g = diagonal[end] - diagonal[start] + beside[start] / (g < 0 ? g - root : g + root)
    var (sine, cosine, shift) = (1.0, 1.0, 0.0)
    turns.first = end
    for i in (start..<end).reversed() {
      let (f, b) = (sine * beside[i], cosine * beside[i])
      let length = (f * f + g * g).squareRoot()
      beside[i + 1] = length
      if length == 0 {
        // The block has fallen apart here.
        diagonal[i + 1] -= shift
        beside[end] = 0
        return
      }
      (sine, cosine) = (f / length, g / length)
      g = diagonal[i + 1] - shift
      let turned = (diagonal[i] - g) * sine + 2 * cosine * b
      shift = sine * turned
      diagonal[i + 1] = g + shift
      g = cosine * turned - b
      (turns.sines[i], turns.cosines[i], turns.first) = (sine, cosine, i)
    }
    diagonal[start] -= shift
    beside[start] = g
    beside[end] = 0
  }

  /// The rotations of one step: number `i` turns rows `i` and `i + 1` of the eigenvectors.
  private struct Turns {
    var sines: [Double]
    var cosines: [Double]
    /// The last that was made: they go from the end of the block to its start.
    var first = 0

    init(_ size: Int) {
      sines = [Double](repeating: 0, count: size)
      cosines = sines
    }

    func apply(to vectors: inout [Double], _ size: Int, _ end: Int) {
      sines.withUnsafeBufferPointer { sines in
        cosines.withUnsafeBufferPointer { cosines in
          vectors.withUnsafeMutableBufferPointer { vectors in
            guard first < end, let vectors = vectors.baseAddress, let sines = sines.baseAddress,
              let cosines = cosines.baseAddress
            else { return }
            nn_rotate_rows(
              end - first, size, size, sines + first, cosines + first, vectors + first * size)
          }
        }
      }
    }
  }
}
