/// The pull between neighbors in t-SNE: the symmetric probabilities `P`, row after row without the
/// zeros.
struct Attraction {
  private var starts: [Int] = [0]
  private var others: [Int32] = []
  private var shares: [Double] = []

  /// `p_ij = (p_j|i + p_i|j) / 2n`
  init(_ conditional: NeighborProbabilities) {
    var rows = [[(other: Int32, share: Double)]](repeating: [], count: conditional.rows)
    for (index, neighbor) in conditional.neighbors.enumerated() {
      let (point, share) = (index / conditional.perRow, conditional.shares[index])
      rows[point].append((neighbor, share))
      rows[Int(neighbor)].append((Int32(point), share))
    }
    for row in rows {
      let sorted = row.sorted { ($0.other, $0.share) < ($1.other, $1.share) }
      for entry in sorted {
        if others.count > starts[starts.count - 1], others[others.count - 1] == entry.other {
          shares[shares.count - 1] += entry.share
        } else {
          others.append(entry.other)
          shares.append(entry.share)
        }
      }
      starts.append(others.count)
    }
    var total = 0.0
    for share in shares { total += share }
    for index in shares.indices { shares[index] /= total }
  }

  /// `Σ_j p_ij (y_i − y_j) / (1 + |y_i − y_j|²)` for every point.
  func forces(_ positions: [Double]) -> [Double] {
    var forces = [Double](repeating: 0, count: positions.count)
    let edges = others.count / Swift.max(starts.count - 1, 1)
    forces.withUnsafeMutableBufferPointer { forces in
      let forces = forces
      Threads.run(starts.count - 1, cost: 100 * edges) { points in
        addForces(to: points, positions, forces)
      }
    }
    return forces
  }

  private func addForces(
    to points: Range<Int>, _ positions: [Double], _ forces: UnsafeMutableBufferPointer<Double>
  ) {
    positions.withUnsafeBufferPointer { positions in
      others.withUnsafeBufferPointer { others in
        shares.withUnsafeBufferPointer { shares in
          for point in points {
            let (x, y) = (positions[2 * point], positions[2 * point + 1])
            var (sumX, sumY) = (0.0, 0.0)
            for index in starts[point]..<starts[point + 1] {
              let other = Int(others[index])
              let (dx, dy) = (x - positions[2 * other], y - positions[2 * other + 1])
              let weight = shares[index] / (1 + dx * dx + dy * dy)
              sumX += weight * dx
              sumY += weight * dy
            }
            forces[2 * point] = sumX
            forces[2 * point + 1] = sumY
          }
        }
      }
    }
  }

  /// `Σ p log(p / q)`, `q_ij = 1 / (1 + |y_i − y_j|²) / total`.
  func divergence(_ positions: [Double], total: Double) -> Double {
    var sum = 0.0
    for point in 0..<starts.count - 1 {
      for index in starts[point]..<starts[point + 1] where shares[index] > 0 {
        let other = Int(others[index])
        let dx = positions[2 * point] - positions[2 * other]
        let dy = positions[2 * point + 1] - positions[2 * other + 1]
        let q = 1 / (1 + dx * dx + dy * dy) / total
        sum += shares[index] * Double(ElementaryFunction.log(Float(shares[index] / q)))
      }
    }
    return sum
  }
}
