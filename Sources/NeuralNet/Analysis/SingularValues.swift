/// Singular values of a bidiagonal matrix `B = U S Vᵀ`, by QR steps with implicit shifts (G. Golub and
/// C. Reinsch, 1970).
///
/// No singular vector is ever formed. `near` vectors are turned along with one side as it goes, so that
/// they end as `Uᵀ x` (or `Vᵀ x`); the turns of the other side are kept, to be gone through backwards.
struct SingularValues {
  /// Not negative, in no order.
  private(set) var values: [Double]
  /// `above[k]` stands over `values[k]`.
  private var above: [Double]
  private(set) var near: [[Double]]
  private let nearSide: Bidiagonal.Side
  private var turns: [Turn] = []

  private struct Turn {
    var first: Int
    var second: Int
    var cosine: Double
    var sine: Double
  }

  init(of matrix: Bidiagonal, turning near: [[Double]], on side: Bidiagonal.Side) {
    values = matrix.diagonal
    above = matrix.above
    self.near = near
    nearSide = side
    var size = 0.0
    for k in values.indices { size = Swift.max(size, abs(values[k]) + abs(above[k])) }
    let small = size * 0x1p-53
    for last in values.indices.reversed() {
      // Three rounds are common; the bound only ends what rounding may keep going.
      for _ in 0..<60 {
        let start = self.start(of: last, small)
        if start == last { break }
        step(start, last)
      }
      if values[last] < 0 {
        values[last] = -values[last]
        turn(.right, last, last, -1, 0)
      }
    }
  }

  /// `V x` (or `U x`), in place: the kept turns of the far side.
  func put(_ x: inout [Double]) {
    for turn in turns.reversed() {
      let (a, b) = (x[turn.first], x[turn.second])
      x[turn.first] = turn.cosine * a - turn.sine * b
      if turn.first != turn.second { x[turn.second] = turn.sine * a + turn.cosine * b }
    }
  }

  /// Where the block that ends at `last` starts; a zero on the diagonal is split off on the way.
  private mutating func start(of last: Int, _ small: Double) -> Int {
    var start = last
    while start > 0 {
      if abs(above[start]) <= small {
        above[start] = 0
        return start
      }
      if abs(values[start - 1]) <= small {
        splitOff(start, last, small)
        return self.start(of: last, small)
      }
      start -= 1
    }
    return start
  }

  /// Drives the element over `values[start]`, whose row has nothing else, out of the block.
  private mutating func splitOff(_ start: Int, _ last: Int, _ small: Double) {
    values[start - 1] = 0
    var (cosine, sine) = (0.0, 1.0)
    for i in start...last {
      let f = sine * above[i]
      above[i] *= cosine
      if abs(f) <= small { break }
      let length = (f * f + values[i] * values[i]).squareRoot()
      (cosine, sine) = (values[i] / length, -f / length)
      values[i] = length
      turn(.left, start - 1, i, cosine, sine)
    }
    above[start] = 0
  }

  private mutating func step(_ start: Int, _ last: Int) {
    let (y, z, g, h) = (values[last - 1], values[last], above[last - 1], above[last])
    var x = values[start]
    // The shift is the eigenvalue of the last two rows that is nearer to the last.
    let middle = ((y - z) * (y + z) + (g - h) * (g + h)) / (2 * h * y)
    let root = (middle * middle + 1).squareRoot()
    var f =
      ((x - z) * (x + z) + h * (y / (middle < 0 ? middle - root : middle + root) - h)) / x
    var (cosine, sine) = (1.0, 1.0)
    for j in start..<last {
      let i = j + 1
      var (g, h, y) = (cosine * above[i], sine * above[i], values[i])
      var length = (f * f + h * h).squareRoot()
      above[j] = length
      if length != 0 { (cosine, sine) = (f / length, h / length) }
      f = x * cosine + g * sine
      g = g * cosine - x * sine
      h = y * sine
      y *= cosine
      turn(.right, j, i, cosine, sine)
      length = (f * f + h * h).squareRoot()
      values[j] = length
      if length != 0 { (cosine, sine) = (f / length, h / length) }
      f = cosine * g + sine * y
      x = cosine * y - sine * g
      turn(.left, j, i, cosine, sine)
    }
    above[start] = 0
    above[last] = f
    values[last] = x
  }

  private mutating func turn(
    _ side: Bidiagonal.Side, _ first: Int, _ second: Int, _ cosine: Double, _ sine: Double
  ) {
    if side != nearSide {
      turns.append(Turn(first: first, second: second, cosine: cosine, sine: sine))
      return
    }
    for index in near.indices {
      let (a, b) = (near[index][first], near[index][second])
      near[index][first] = cosine * a + sine * b
      if first != second { near[index][second] = cosine * b - sine * a }
    }
  }
}
