/// Points in the plane in squares within squares, laid out in the order in which they are walked.
struct QuadTree {
  struct Cell {
    /// The middle of the points that it holds.
    var x: Double
    var y: Double
    var squaredSize: Double
    /// How many points it holds.
    var weight: Double
    /// The place of the cell after this one and all that it holds.
    var next: Int32
    var isLeaf: Bool
  }

  private(set) var cells: [Cell] = []
  private var order: [Int32]

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
    let size = max(high.x - low.x, high.y - low.y)
    if count > 0 {
      positions.withUnsafeBufferPointer { add($0, 0..<count, low.x, low.y, size, depth: 0) }
    }
  }

  private mutating func add(
    _ positions: UnsafeBufferPointer<Double>, _ range: Range<Int>, _ x: Double, _ y: Double,
    _ size: Double, depth: Int
  ) {
    let place = cells.count
    var (sumX, sumY) = (0.0, 0.0)
    for index in range {
      sumX += positions[2 * Int(order[index])]
      sumY += positions[2 * Int(order[index]) + 1]
    }
    let weight = Double(range.count)
    // Below this depth points are as good as equal.
    let isLeaf = range.count == 1 || depth == 48 || size == 0
    cells.append(
      Cell(
        x: sumX / weight, y: sumY / weight, squaredSize: size * size, weight: weight, next: 0,
        isLeaf: isLeaf))
    if !isLeaf {
      let half = size / 2
      let middleY = partition(positions, range, axis: 1, at: y + half)
      for (rows, bottom) in [
        (range.lowerBound..<middleY, y), (middleY..<range.upperBound, y + half),
      ] {
        let middleX = partition(positions, rows, axis: 0, at: x + half)
        for (part, left) in [(rows.lowerBound..<middleX, x), (middleX..<rows.upperBound, x + half)]
        where !part.isEmpty {
          add(positions, part, left, bottom, half, depth: depth + 1)
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
