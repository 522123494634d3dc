/// How far the nearest neighbors in a picture are near neighbors in the data too (J. Venna and
/// S. Kaski, 2001): 1 where all are.
///
/// `1 − 2 / (n k (2n − 3k − 1)) · Σ_i Σ_j max(0, r(i, j) − k)`, `j` over the `k` nearest of `i` in the
/// embedding and `r` their rank among `i`'s neighbors in the data.
public func trustworthiness(
  of embedding: [[Double]], data tensor: Tensor, neighbors k: Int = 5
) -> Double {
  let points = Points(tensor, in: "trustworthiness")
  let count = points.rows
  guard embedding.count == count, let width = embedding.first?.count else {
    stop(
      """
      trustworthiness: \(count) rows need as many places, got \(embedding.count) \
      [different-counts]
      """)
  }
  if k < 1 || 2 * k >= count {
    stop(
      """
      trustworthiness: neighbors must be in 1..<\((count + 1) / 2), half the rows, got \(k) \
      [value-out-of-range]
      """)
  }
  var penalty = 0.0
  for row in 0..<count {
    let others = (0..<count).filter { $0 != row }
    let distances = (0..<count).map { points.squaredDistance(row, $0) }
    let shown = (0..<count).map { other in
      var sum = 0.0
      for axis in 0..<width {
        let difference = embedding[row][axis] - embedding[other][axis]
        sum += difference * difference
      }
      return sum
    }
    var rank = [Int](repeating: 0, count: count)
    for (place, other) in others.sorted(by: { (distances[$0], $0) < (distances[$1], $1) })
      .enumerated()
    {
      rank[other] = place + 1
    }
    for other in others.sorted(by: { (shown[$0], $0) < (shown[$1], $1) }).prefix(k) {
      penalty += Double(max(0, rank[other] - k))
    }
  }
  let n = Double(count)
  return 1 - 2 / (n * Double(k) * (2 * n - 3 * Double(k) - 1)) * penalty
}
