/// A matrix of at most `limit` cells a side, each the mean of the finite values that it stands for.
func averaged(_ rows: [[Double]], columns: Int, limit: Int) -> [[Double]] {
  if rows.count <= limit, columns <= limit {
    return rows.map { $0 + [Double](repeating: .nan, count: columns - $0.count) }
  }
  let height = min(rows.count, limit)
  let width = min(columns, limit)
  return (0..<height).map { row in
    let rowRange =
      row * rows.count
      / height..<max((row + 1) * rows.count / height, row * rows.count / height + 1)
    return (0..<width).map { column in
      let first = column * columns / width
      let last = max((column + 1) * columns / width, first + 1)
      var (sum, count) = (0.0, 0.0)
      for source in rowRange {
        for index in first..<last where index < rows[source].count && rows[source][index].isFinite {
          sum += rows[source][index]
          count += 1
        }
      }
      return count > 0 ? sum / count : .nan
    }
  }
}
