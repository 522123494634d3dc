/// How two shapes stretch to a common one: axes align at the end, and an axis of size 1 repeats.
///
/// The work is cut into runs that are contiguous in the result; within a run each operand either
/// advances or stands still.
struct Broadcasting {
  let shape: Shape
  /// Elements in a run.
  let run: Int
  /// 1 where the operand advances within a run, 0 where it stands still.
  let firstStride: Int
  let secondStride: Int
  /// Where each run starts in each operand.
  let firstStarts: [Int]
  let secondStarts: [Int]

  init(_ first: Shape, _ second: Shape) throws(ShapeError) {
    shape = try first.broadcast(with: second)
    Storage.requireRoom(for: shape)
    let sizes = shape.dimensions
    let a = Broadcasting.strides(of: first, in: shape)
    let b = Broadcasting.strides(of: second, in: shape)

    // The run takes in trailing axes as long as both operands go on as they began.
    var axis = sizes.count
    var run = 1
    var (advanceFirst, advanceSecond) = (true, true)
    while axis > 0 {
      let size = sizes[axis - 1]
      if size != 1 {
        let (goesFirst, goesSecond) = (a[axis - 1] != 0, b[axis - 1] != 0)
        if run > 1 && (goesFirst != advanceFirst || goesSecond != advanceSecond) { break }
        (advanceFirst, advanceSecond) = (goesFirst, goesSecond)
        run *= size
      }
      axis -= 1
    }
    self.run = run
    firstStride = advanceFirst ? 1 : 0
    secondStride = advanceSecond ? 1 : 0

    firstStarts = Broadcasting.starts(sizes[..<axis], a)
    secondStarts = Broadcasting.starts(sizes[..<axis], b)
  }

  /// Whether an operand is the same row in every one of many runs.
  func isRow(_ starts: [Int], _ stride: Int) -> Bool {
    stride == 1 && starts.count > 1 && starts.allSatisfy { $0 == 0 }
  }

  /// Where the runs start, one for each place along the outer axes.
  private static func starts(_ sizes: ArraySlice<Int>, _ strides: [Int]) -> [Int] {
    var starts = [0]
    for (axis, size) in sizes.enumerated() where size != 1 {
      var next: [Int] = []
      next.reserveCapacity(starts.count * size)
      for start in starts {
        for index in 0..<size { next.append(start + index * strides[axis]) }
      }
      starts = next
    }
    return starts
  }

  /// Distances in the operand per step along each axis of the result; 0 along repeated axes.
  private static func strides(of operand: Shape, in shape: Shape) -> [Int] {
    let missing = shape.rank - operand.rank
    let own = operand.strides
    return (0..<shape.rank).map { axis in
      axis < missing || operand[axis - missing] == 1 ? 0 : own[axis - missing]
    }
  }
}

extension Shape {
  /// The shape that this and another stretch to.
  public func broadcast(with other: Shape) throws(ShapeError) -> Shape {
    let rank = max(self.rank, other.rank)
    var sizes = [Int](repeating: 1, count: rank)
    for back in 1..<(rank + 1) {
      let a = back <= self.rank ? self[self.rank - back] : 1
      let b = back <= other.rank ? other[other.rank - back] : 1
      guard a == b || a == 1 || b == 1 else { throw .notBroadcastable(self, other) }
      sizes[rank - back] = a == 1 ? b : a
    }
    return Shape(sizes)
  }
}
