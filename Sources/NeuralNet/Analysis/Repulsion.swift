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

  private mutating func addFarCells(_ positions: [Double], _ angle: Double) {
    let tree = QuadTree(positions)
    let limit = angle * angle
    tree.cells.withUnsafeBufferPointer { cells in
      for point in 0..<positions.count / 2 {
        let (x, y) = (positions[2 * point], positions[2 * point + 1])
        var (sumX, sumY, sum) = (0.0, 0.0, 0.0)
        // Cells stand in the order of a walk, each with the place after all that it holds.
        var index = 0
        while index < cells.count {
          let cell = cells[index]
          let (dx, dy) = (x - cell.x, y - cell.y)
          let squared = dx * dx + dy * dy
          if cell.isLeaf || cell.squaredSize < limit * squared {
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
        forces[2 * point] = sumX
        forces[2 * point + 1] = sumY
        // The point met itself in its own leaf, at distance 0 and with weight 1.
        total += sum - 1
      }
    }
  }
}
