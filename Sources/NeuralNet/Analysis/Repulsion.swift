/// The push between all points in t-SNE: `Σ_j w² (y_i − y_j)` with `w = 1 / (1 + |y_i − y_j|²)`, and
/// the total of all `w` that it is divided by.
struct Repulsion {
  private(set) var forces: [Double]
  private(set) var total = 0.0

  init(_ positions: [Double], _ method: TSNE.Method) {
    forces = [Double](repeating: 0, count: positions.count)
    switch method {
    case .exact: addAllPairs(positions)
    case .barnesHut(let angle): addFarCells(positions, angle)
    }
  }

  private mutating func addAllPairs(_ positions: [Double]) {
    let count = positions.count / 2
    for a in 0..<count {
      for b in 0..<a {
        let (dx, dy) = (
          positions[2 * a] - positions[2 * b], positions[2 * a + 1] - positions[2 * b + 1]
        )
        let w = 1 / (1 + dx * dx + dy * dy)
        total += 2 * w
        forces[2 * a] += w * w * dx
        forces[2 * a + 1] += w * w * dy
        forces[2 * b] -= w * w * dx
        forces[2 * b + 1] -= w * w * dy
      }
    }
  }

  /// Eight points that are neighbors in the tree walk it together, and a cell is far where it is far
  /// for all of them: closer to the exact sum than eight walks, and faster.
  private mutating func addFarCells(_ positions: [Double], _ angle: Double) {
    let count = positions.count / 2
    let tree = QuadTree(positions)
    var sums = [Double](repeating: 0, count: count)
    forces.withUnsafeMutableBufferPointer { forces in
      sums.withUnsafeMutableBufferPointer { sums in
        let (forces, sums) = (forces, sums)
        Threads.run((count + 7) / 8, cost: 8 * 10_000) { groups in
          for group in groups {
            let places = 8 * group..<min(8 * group + 8, count)
            Repulsion.walk(tree, places, positions, angle * angle, forces, sums)
          }
        }
      }
    }
    // A point met itself in its own leaf, at distance 0 and with weight 1.
    for sum in sums { total += sum - 1 }
  }

  private static func walk(
    _ tree: QuadTree, _ places: Range<Int>, _ positions: [Double], _ limit: Double,
    _ forces: UnsafeMutableBufferPointer<Double>, _ sums: UnsafeMutableBufferPointer<Double>
  ) {
    var (x, y) = (SIMD8<Double>(), SIMD8<Double>())
    for lane in 0..<8 {
      // The last point also fills the lanes that are left.
      let point = Int(tree.order[min(places.lowerBound + lane, places.upperBound - 1)])
      (x[lane], y[lane]) = (positions[2 * point], positions[2 * point + 1])
    }
    var (sumX, sumY, sum) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
    tree.cells.withUnsafeBufferPointer { cells in
      // Cells stand in the order of a walk, each with the place after all that it holds.
      var index = 0
      while index < cells.count {
        let cell = cells[index]
        let (dx, dy) = (x - cell.x, y - cell.y)
        let squared = dx * dx + dy * dy
        if cell.isLeaf || all(cell.squaredSize .< limit * squared) {
          let w = 1 / (1 + squared)
          let weight = cell.weight * w
          sum += weight
          sumX += weight * w * dx
          sumY += weight * w * dy
          index = Int(cell.next)
        } else {
          index += 1
        }
      }
    }
    for (lane, place) in places.enumerated() {
      let point = Int(tree.order[place])
      forces[2 * point] = sumX[lane]
      forces[2 * point + 1] = sumY[lane]
      sums[point] = sum[lane]
    }
  }
}
