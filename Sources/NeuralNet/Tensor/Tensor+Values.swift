extension Tensor {
  /// A row of numbers, `[n]`.
  @export(interface)
  public convenience init(_ values: [Float], needsGradient: Bool = false) {
    self.init([values.count], values, needsGradient: needsGradient)
  }

  /// A table of numbers, `[rows, columns]`.
  @export(interface)
  public convenience init(_ rows: [[Float]], needsGradient: Bool = false) {
    let width = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() where row.count != width {
      stop("Tensor: row \(index) has \(row.count) numbers, row 0 has \(width) [ragged-rows]")
    }
    self.init([rows.count, width], rows.flatMap { $0 }, needsGradient: needsGradient)
  }

  /// One number, `[]`.
  @export(interface)
  public convenience init(_ value: Float) { self.init([], [value]) }

  /// All values, row-major: a copy, which a loop takes once, before it begins.
  public var values: [Float] {
    get { storage.copiedValues }
    set {
      guard newValue.count == count else {
        stop("Tensor \(shape): \(newValue.count) values given, it holds \(count) [element-count]")
      }
      storage.put(newValue)
    }
  }

  /// The value of a tensor of one element.
  public var scalar: Float {
    @export(interface) get {
      guard count == 1 else {
        stop("Tensor \(shape): scalar needs exactly one element, it has \(count) [not-a-scalar]")
      }
      return storage.values[0]
    }
  }

  /// One value, by its position along each axis.
  public subscript(position: Int...) -> Float {
    get { storage.values[offset(of: position)] }
    set { storage.valuesToChange[offset(of: position)] = newValue }
  }

  // Of one and two indices no list is made: loops in cells read value by value.

  /// One value of a row.
  public subscript(index: Int) -> Float {
    get { storage.values[offset(index)] }
    set { storage.valuesToChange[offset(index)] = newValue }
  }

  /// One value of a matrix.
  public subscript(row: Int, column: Int) -> Float {
    get { storage.values[offset(row, column)] }
    set { storage.valuesToChange[offset(row, column)] = newValue }
  }

  /// The values as rows; for tensors of rank 2.
  public var matrix: [[Float]] {
    @export(interface) get {
      guard shape.rank == 2 else {
        stop("Tensor.matrix: \(ShapeError.rank(expected: 2, got: shape).description)")
      }
      return (0..<shape[0]).map { row in
        (0..<shape[1]).map { column in storage.values[row * shape[1] + column] }
      }
    }
  }

  /// Whether no value is infinite or NaN.
  public var isFinite: Bool { storage.isFinite }

  private func offset(_ index: Int) -> Int {
    if shape.rank == 1 && index >= 0 && index < count { return index }
    return offset(of: [index])
  }

  private func offset(_ row: Int, _ column: Int) -> Int {
    if shape.rank == 2 && row >= 0 && row < shape[0] && column >= 0 && column < shape[1] {
      return row * shape[1] + column
    }
    return offset(of: [row, column])
  }

  private func offset(of position: [Int]) -> Int {
    guard position.count == shape.rank else {
      stop(
        "Tensor \(shape): \(position.count) indices given, it has \(shape.rank) axes [wrong-rank]")
    }
    var offset = 0
    for (axis, index) in position.enumerated() {
      guard index >= 0 && index < shape[axis] else {
        stop(
          """
          Tensor \(shape): index \(index) is outside axis \(axis), 0..<\(shape[axis]) \
          [index-out-of-range]
          """)
      }
      offset = offset * shape[axis] + index
    }
    return offset
  }
}

extension Tensor: CustomStringConvertible {
  /// Nested rows, as Swift would write them.
  public var description: String {
    var next = 0
    return text(axis: 0, next: &next)
  }

  private func text(axis: Int, next: inout Int) -> String {
    if axis == shape.rank {
      defer { next += 1 }
      return "\(storage.values[next])"
    }
    var text = "["
    for index in 0..<shape[axis] {
      if index > 0 { text += ", " }
      text += self.text(axis: axis + 1, next: &next)
    }
    return text + "]"
  }
}
