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
    var room = Room(matrix, rows, columns)
    for k in 0..<columns {
      reflectColumn(k, &room)
      if k + 1 < columns { reflectRow(k, &room) }
    }
    room.release()
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

  // A reflection changes the rows not at once but when the next one reads them: a large matrix passes
  // through the caches half as often.

  /// Carries out the reflection of the row above, whose products are `down`, and finds the one of column
  /// `k`, with its products in `across`.
  private mutating func reflectColumn(_ k: Int, _ room: inout Room) {
    let formerScale = right.last?.scale ?? 0
    let (down, across, turn) = (room.down, room.across, room.turn)
    var column = (k..<rows).map { row in room.row(row)[k] }
    if formerScale != 0 {
      for i in column.indices { column[i] -= down[k + i] * turn[k] }
    }
    let (vector, scale, result) = Bidiagonal.reflection(column)
    diagonal[k] = result
    left.append((vector, scale))
    for j in 0..<columns { across[j] = 0 }
    vector.withUnsafeBufferPointer { vector in
      guard let vector = vector.baseAddress else { return }
      visit(from: k, columns - k) { first, count in
        if formerScale != 0 { room.takeOff(first, count, down, turn, from: k) }
        if scale != 0 { room.add(first, count, vector - k, from: k + 1) }
      }
    }
    for j in (k + 1)..<Swift.max(columns, k + 1) { across[j] *= scale }
  }

  /// Carries out the reflection of column `k`, whose products are `across`, and finds the one of row `k`,
  /// with its products in `down`.
  private mutating func reflectRow(_ k: Int, _ room: inout Room) {
    let (former, formerScale) = left[k]
    let (down, across, turn) = (room.down, room.across, room.turn)
    former.withUnsafeBufferPointer { former in
      guard let start = former.baseAddress else { return }
      let former = start - k
      let row = room.row(k)
      if formerScale != 0 { room.takeOff(k, 1, former, across, from: k + 1) }
      let (vector, scale, result) = Bidiagonal.reflection((k + 1..<columns).map { row[$0] })
      above[k + 1] = result
      right.append((vector, scale))
      for j in k + 1..<columns { turn[j] = vector[j - k - 1] }
      visit(from: k + 1, columns - k) { first, count in
        if formerScale != 0 { room.takeOff(first, count, former, across, from: k + 1) }
        if scale != 0 {
          nn_dot_rows(
            count, columns - k - 1, room.pitch, room.row(first) + k + 1, turn + k + 1, down + first)
        }
      }
      for i in (k + 1)..<Swift.max(rows, k + 1) { down[i] *= scale }
    }
  }

  /// Calls `body` with a few rows at a time, of which the nearest cache holds so many columns.
  private func visit(from start: Int, _ width: Int, _ body: (_ first: Int, _ count: Int) -> Void) {
    let most = Swift.max(4, 2048 / width / 4 * 4)
    var first = start
    while first < rows {
      body(first, Swift.min(most, rows - first))
      first += most
    }
  }

  /// The matrix on its way, with rows that start where vectors do.
  private struct Room {
    let pitch: Int
    let matrix: UnsafeMutablePointer<Double>
    /// Of each column, of each row, and the vector of the last row's reflection.
    let across: UnsafeMutablePointer<Double>
    let down: UnsafeMutablePointer<Double>
    let turn: UnsafeMutablePointer<Double>

    init(_ values: [Double], _ rows: Int, _ columns: Int) {
      let pitch = (columns + 7) / 8 * 8
      let memory = UnsafeMutableRawPointer.allocate(
        byteCount: 8 * ((rows + 2) * pitch + rows), alignment: 64)
      matrix = memory.assumingMemoryBound(to: Double.self)
      (across, turn) = (matrix + rows * pitch, matrix + (rows + 1) * pitch)
      down = matrix + (rows + 2) * pitch
      self.pitch = pitch
      values.withUnsafeBufferPointer { values in
        for row in 0..<rows {
          for column in 0..<columns { self.row(row)[column] = values[row * columns + column] }
          for column in columns..<pitch { self.row(row)[column] = 0 }
        }
      }
      for column in 0..<pitch { (across[column], turn[column]) = (0, 0) }
    }

    func release() { UnsafeMutableRawPointer(matrix).deallocate() }

    func row(_ row: Int) -> UnsafeMutablePointer<Double> { matrix + row * pitch }

    // Columns before `column` are done with: what they become does not matter, and a vector may begin there.

    /// Takes `factors[row] * x` off so many rows.
    func takeOff(
      _ first: Int, _ count: Int, _ factors: UnsafePointer<Double>, _ x: UnsafePointer<Double>,
      from column: Int
    ) {
      let start = column & ~3
      nn_take_off_outer(
        count, pitch - start, pitch, factors + first, x + start, row(first) + start)
    }

    /// Adds `factors[row] * row` of so many rows to `across`.
    func add(_ first: Int, _ count: Int, _ factors: UnsafePointer<Double>, from column: Int) {
      let start = column & ~3
      if start < pitch {
        nn_add_rows(
          count, pitch - start, pitch, factors + first, row(first) + start, across + start)
      }
    }
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
