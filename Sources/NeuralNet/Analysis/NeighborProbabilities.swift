/// The neighbors of every point with probabilities, as t-SNE wants them: a Gaussian around each
/// point, as wide as makes the entropy of its neighbors' shares `log(perplexity)`.
struct NeighborProbabilities {
  let rows: Int
  /// How many neighbors of each point count.
  let perRow: Int
  /// Which, row after row, nearest first.
  let neighbors: [Int32]
  /// The shares of those, each row summing to 1.
  let shares: [Double]

  /// - Parameter neighborCount: how many neighbors of each point count; `rows - 1` for all.
  init(_ points: Points, perplexity: Double, neighborCount: Int) {
    let rows = points.rows
    let entropy = NeighborProbabilities.log(perplexity)
    var neighbors = [Int32](repeating: 0, count: rows * neighborCount)
    var shares = [Double](repeating: 0, count: rows * neighborCount)
    neighbors.withUnsafeMutableBufferPointer { neighbors in
      shares.withUnsafeMutableBufferPointer { shares in
        let (neighbors, shares) = (neighbors, shares)
        Threads.run(rows, cost: rows * (10 * points.columns + 500)) { range in
          for row in range {
            // Distances of a row to all others as one product would lose digits of near points; whole
            // numbers such as pixels stay exact.
            let distances = NeighborProbabilities.squaredDistances(points, from: row)
            let nearest = NeighborProbabilities.smallest(neighborCount, of: distances, except: row)
            let near = NeighborProbabilities.shares(nearest.map { distances[Int($0)] }, entropy)
            for index in 0..<neighborCount {
              neighbors[row * neighborCount + index] = nearest[index]
              shares[row * neighborCount + index] = near[index]
            }
          }
        }
      }
    }
    self.rows = rows
    perRow = neighborCount
    self.neighbors = neighbors
    self.shares = shares
  }

  private static func squaredDistances(_ points: Points, from row: Int) -> [Double] {
    var distances = [Double](repeating: 0, count: points.rows)
    let width = points.columns
    points.values.withUnsafeBufferPointer { values in
      for other in 0..<points.rows {
        var lanes = SIMD8<Double>(repeating: 0)
        var column = 0
        while column + 8 <= width {
          var a = SIMD8<Double>()
          for lane in 0..<8 {
            a[lane] = values[row * width + column + lane] - values[other * width + column + lane]
          }
          lanes += a * a
          column += 8
        }
        var sum = 0.0
        for lane in 0..<8 { sum += lanes[lane] }
        while column < width {
          let difference = values[row * width + column] - values[other * width + column]
          sum += difference * difference
          column += 1
        }
        distances[other] = sum
      }
    }
    return distances
  }

  private static func smallest(
    _ count: Int, of distances: [Double], except row: Int
  ) -> [Int32] {
    func isNearer(_ a: Int32, _ b: Int32) -> Bool {
      (distances[Int(a)], a) < (distances[Int(b)], b)
    }
    var others = (0..<Int32(distances.count)).filter { $0 != row }
    // C. Hoare's selection: the nearest come to the front, unsorted.
    var (low, high) = (0, others.count - 1)
    while low < high && count < others.count {
      let middle = others[(low + high) / 2]
      var (i, j) = (low, high)
      while i <= j {
        while isNearer(others[i], middle) { i += 1 }
        while isNearer(middle, others[j]) { j -= 1 }
        if i <= j {
          others.swapAt(i, j)
          (i, j) = (i + 1, j - 1)
        }
      }
      if count <= j { high = j } else if count >= i { low = i } else { break }
    }
    return others.prefix(count).sorted(by: isNearer)
  }

  /// Bisects the Gaussian's precision until the entropy fits.
  private static func shares(_ distances: [Double], _ entropy: Double) -> [Double] {
    var (low, high) = (0.0, Double.infinity)
    var precision = 1.0
    // Differences to the nearest keep the exponentials in range and cancel in the shares.
    let nearest = distances.first ?? 0
    var shares = distances
    for _ in 0..<100 {
      var sum = 0.0
      var weighted = 0.0
      for (index, distance) in distances.enumerated() {
        let value = exp(-(distance - nearest) * precision)
        shares[index] = value
        sum += value
        weighted += value * (distance - nearest)
      }
      for index in shares.indices { shares[index] /= sum }
      let difference = log(sum) + precision * weighted / sum - entropy
      if abs(difference) < 1e-5 { break }
      if difference > 0 {
        low = precision
        precision = high.isInfinite ? precision * 2 : (precision + high) / 2
      } else {
        high = precision
        precision = (precision + low) / 2
      }
    }
    return shares
  }

  private static func exp(_ x: Double) -> Double { Double(ElementaryFunction.exp(Float(x))) }
  private static func log(_ x: Double) -> Double { Double(ElementaryFunction.log(Float(x))) }
}
