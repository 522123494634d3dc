/// Points in the plane in rectangles within rectangles, of the shape of the whole, laid out in the
/// order in which they are walked.
struct QuadTree {
  struct Cell {
    /// The middle of the points that it holds.
    var x: Double
    var y: Double
    /// The square of its longer side.
    var squaredSize: Double
    /// How many points it holds.
    var weight: Double
    /// The place of the cell after this one and all that it holds.
    var next: Int32
    var isLeaf: Bool
  }

  private(set) var cells: [Cell] = []
  /// The points in the order in which their leaves stand, so that near ones stand together.
  private(set) var order: [Int32]

  /// - Parameter positions: x and y of each point in turn.
  init(_ positions: [Double]) {
    let count = positions.count / 2
    order = (0..<Int32(count)).map { $0 }
    cells.reserveCapacity(2 * count)
    var low = (x: Double.infinity, y: Double.infinity)
    var high = (x: -Double.infinity, y: -Double.infinity)
    for point in 0..<count {
      low = (min(low.x, positions[2 * point]), min(low.y, positions[2 * point + 1]))
      high = (max(high.x, positions[2 * point]), max(high.y, positions[2 * point + 1]))
    }
    if count > 0 {
      let size = (x: high.x - low.x, y: high.y - low.y)
      positions.withUnsafeBufferPointer { add($0, 0..<count, low, size, depth: 0) }
    }
  }

  private mutating func add(
    _ positions: UnsafeBufferPointer<Double>, _ range: Range<Int>, _ low: (x: Double, y: Double),
    _ size: (x: Double, y: Double), depth: Int
  ) {
    let place = cells.count
    var (sumX, sumY) = (0.0, 0.0)
    for index in range {
      sumX += positions[2 * Int(order[index])]
      sumY += positions[2 * Int(order[index]) + 1]
    }
    let weight = Double(range.count)
    let longer = max(size.x, size.y)
    // Below this depth points are as good as equal.
    let isLeaf = range.count == 1 || depth == 48 || longer == 0
    cells.append(
      Cell(
        x: sumX / weight, y: sumY / weight, squaredSize: longer * longer, weight: weight, next: 0,
        isLeaf: isLeaf))
    if !isLeaf {
      let half = (x: size.x / 2, y: size.y / 2)
      let middle = (x: low.x + half.x, y: low.y + half.y)
      let upper = partition(positions, range, axis: 1, at: middle.y)
      for (rows, bottom) in [
        (range.lowerBound..<upper, low.y), (upper..<range.upperBound, middle.y),
      ] {
        let right = partition(positions, rows, axis: 0, at: middle.x)
        for (part, left) in [
          (rows.lowerBound..<right, low.x), (right..<rows.upperBound, middle.x),
        ] where !part.isEmpty {
          add(positions, part, (left, bottom), half, depth: depth + 1)
        }
      }
    }
    cells[place].next = Int32(cells.count)
  }

  /// Brings the points below a line to the front; returns where the others begin.
  private mutating func partition(
    _ positions: UnsafeBufferPointer<Double>, _ range: Range<Int>, axis: Int, at line: Double
  ) -> Int {
    var front = range.lowerBound
    for index in range where positions[2 * Int(order[index]) + axis] < line {
      order.swapAt(front, index)
      front += 1
    }
    return front
  }
}
