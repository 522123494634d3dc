/// What a network with two inputs gives on a grid over the plane.
public struct DecisionGrid: Sendable {
  /// What the columns span: the first input, from the first column's value to the last one's.
  public let x: ClosedRange<Float>
  /// What the rows span: the second input, from the first row's value to the last one's.
  public let y: ClosedRange<Float>
  /// Points along `x`.
  public let columns: Int
  /// Points along `y`.
  public let rows: Int
  /// Numbers for each point.
  public let outputs: Int
  /// Row by row from the smallest `y`, point by point from the smallest `x`.
  public let values: [Float]

  /// The first number that the network gives at a point; row 0 is the smallest `y`.
  public subscript(row: Int, column: Int) -> Float { values[(row * columns + column) * outputs] }
}

extension Network {
  /// The network's answers at `columns * rows` evenly spaced points, ends included.
  public func grid(
    x: ClosedRange<Float>, y: ClosedRange<Float>, columns: Int = 100, rows: Int? = nil
  ) -> DecisionGrid {
    let rows = rows ?? columns
    requireAtLeast(2, columns, "columns", in: "grid")
    requireAtLeast(2, rows, "rows", in: "grid")
    var points = [Float](repeating: 0, count: columns * rows * 2)
    let width = x.upperBound - x.lowerBound
    let height = y.upperBound - y.lowerBound
    for row in 0..<rows {
      let b = y.lowerBound + height * (Float(row) / Float(rows - 1))
      for column in 0..<columns {
        let place = (row * columns + column) * 2
        points[place] = x.lowerBound + width * (Float(column) / Float(columns - 1))
        points[place + 1] = b
      }
    }
    let answer = predict(Tensor([columns * rows, 2], points))
    return DecisionGrid(
      x: x, y: y, columns: columns, rows: rows, outputs: answer.count / (columns * rows),
      values: answer.values)
  }
}
