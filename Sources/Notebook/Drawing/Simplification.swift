// Fewer points for the same picture: a figure stays small whatever the data.

/// Points of one unbroken line, in drawing coordinates, thinned so that nobody sees it: the
/// extremes of each column are kept, then what lies on a straight line is dropped.
func simplified(_ points: [Point], columns: Int, tolerance: Double = 0.12) -> [Point] {
  straightened(columnExtremes(points, columns: columns), tolerance: tolerance)
}

/// First, lowest, highest and last point of each column of equal width.
private func columnExtremes(_ points: [Point], columns: Int) -> [Point] {
  guard points.count > columns * 4, let first = points.first, let last = points.last,
    last.x > first.x
  else { return points }
  let perColumn = (last.x - first.x) / Double(columns)
  var result: [Point] = []
  var index = 0
  while index < points.count {
    let column = ((points[index].x - first.x) / perColumn).rounded(.down)
    let start = index
    var (low, high) = (index, index)
    while index < points.count,
      ((points[index].x - first.x) / perColumn).rounded(.down) == column
    {
      if points[index].y < points[low].y { low = index }
      if points[index].y > points[high].y { high = index }
      index += 1
    }
    var previous = -1
    for kept in [start, min(low, high), max(low, high), index - 1] where kept > previous {
      result.append(points[kept])
      previous = kept
    }
  }
  return result
}

/// Ramer, Douglas and Peucker's method with a list of open pieces instead of recursion.
func straightened(_ points: [Point], tolerance: Double) -> [Point] {
  guard points.count > 2 else { return points }
  var isKept = [Bool](repeating: false, count: points.count)
  isKept[0] = true
  isKept[points.count - 1] = true
  var open = [(0, points.count - 1)]
  while let (start, end) = open.popLast() {
    guard end - start > 1 else { continue }
    let (a, b) = (points[start], points[end])
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = (dx * dx + dy * dy).squareRoot()
    var (worst, distance) = (start, tolerance)
    for index in start + 1..<end {
      let (px, py) = (points[index].x - a.x, points[index].y - a.y)
      let off =
        length > 0 ? (px * dy - py * dx).magnitude / length : (px * px + py * py).squareRoot()
      if off > distance { (worst, distance) = (index, off) }
    }
    guard worst != start else { continue }
    isKept[worst] = true
    open.append((start, worst))
    open.append((worst, end))
  }
  return points.indices.filter { isKept[$0] }.map { points[$0] }
}

/// At most `limit` of the points, so that dots which would cover each other are drawn once.
func thinned(_ points: [Point], limit: Int) -> [Int] {
  var cell = 0.5
  var kept = occupying(points, cell: cell)
  while kept.count > limit {
    cell *= 1.3
    kept = occupying(points, cell: cell)
  }
  return kept
}

/// The index of the first point in each square of a grid.
private func occupying(_ points: [Point], cell: Double) -> [Int] {
  let columns = Int(1000 / cell) + 1
  var isTaken = [Bool](repeating: false, count: columns * columns)
  var kept: [Int] = []
  for (index, point) in points.enumerated() {
    let column = min(max(Int(point.x / cell), 0), columns - 1)
    let row = min(max(Int(point.y / cell), 0), columns - 1)
    if isTaken[row * columns + column] { continue }
    isTaken[row * columns + column] = true
    kept.append(index)
  }
  return kept
}
