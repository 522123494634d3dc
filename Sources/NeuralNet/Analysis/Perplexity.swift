/// The neighbors of every point with probabilities, as t-SNE wants them: a Gaussian around each
/// point, as wide as makes the entropy of its neighbors' shares `log(perplexity)`.
struct NeighborProbabilities {
  /// `[point][neighbor]`: which, nearest first.
  let neighbors: [[Int32]]
  /// The shares of those, each row summing to 1.
  let shares: [[Double]]

  /// - Parameter neighborCount: how many neighbors of each point count; `rows - 1` for all.
  init(_ points: Points, perplexity: Double, neighborCount: Int) {
    var neighbors: [[Int32]] = []
    var shares: [[Double]] = []
    let norms = (0..<points.rows).map { row in
      var sum = 0.0
      for column in 0..<points.columns { sum += points[row, column] * points[row, column] }
      return sum
    }
    // Distances of a row to all others as one product would lose digits of near points; whole
    // numbers such as pixels stay exact.
    for row in 0..<points.rows {
      let distances = NeighborProbabilities.squaredDistances(points, norms, from: row)
      let nearest = NeighborProbabilities.smallest(neighborCount, of: distances, except: row)
      neighbors.append(nearest)
      shares.append(
        NeighborProbabilities.shares(
          nearest.map { distances[Int($0)] }, NeighborProbabilities.log(perplexity)))
    }
    self.neighbors = neighbors
    self.shares = shares
  }

  private static func squaredDistances(
    _ points: Points, _ norms: [Double], from row: Int
  ) -> [Double] {
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
    let others = distances.indices.filter { $0 != row }
    return others.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(count)
      .map { Int32($0) }
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
