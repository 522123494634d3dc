extension Tensor {
  /// The last two axes with zeros above a diagonal, `x[i, j]` for `j ≤ i + diagonal`.
  ///
  ///     Tensor([n, n], repeating: 1).lowerTriangle()     // what each place of a text may look at
  ///
  /// - Gradient: `dy`, 0 above the diagonal
  public func lowerTriangle(diagonal: Int = 0) -> Tensor {
    triangle("lowerTriangle") { row, column in column <= row + diagonal }
  }

  /// The last two axes with zeros below a diagonal, `x[i, j]` for `j ≥ i + diagonal`.
  ///
  /// - Gradient: `dy`, 0 below the diagonal
  public func upperTriangle(diagonal: Int = 0) -> Tensor {
    triangle("upperTriangle") { row, column in column >= row + diagonal }
  }

  /// Ones on the diagonal and zeros elsewhere, `[size, size]`.
  public static func identity(_ size: Int) -> Tensor {
    requirePositive(size, "size", in: "Tensor.identity")
    let matrix = Tensor([size, size], repeating: 0)
    for place in 0..<size { matrix.storage.values[place * (size + 1)] = 1 }
    return matrix
  }

  @export(interface)
  private func triangle(_ name: StaticString, _ isKept: (Int, Int) -> Bool) -> Tensor {
    guard shape.rank >= 2 else {
      stop("\(name): \(ShapeError.rank(expected: 2, got: shape).description)")
    }
    let (rows, columns) = (shape[shape.rank - 2], shape.width)
    let mask = Tensor([rows, columns], repeating: 0)
    for row in 0..<rows {
      for column in 0..<columns where isKept(row, column) {
        mask.storage.values[row * columns + column] = 1
      }
    }
    return Tensor.where(mask, self, 0)
  }
}
