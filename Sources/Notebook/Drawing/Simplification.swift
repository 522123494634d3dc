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
  var extremes = ColumnExtremes(width: (last.x - first.x) / Double(columns))
  for point in points { extremes.append(point) }
  return extremes.finished()
}

/// Points that come one by one, of which the first, lowest, highest and last of each column stay.
struct ColumnExtremes {
  private let width: Double
  private var kept: [Point] = []
  private var column = -Double.infinity
  private var first = Point(x: 0, y: 0)
  private var low = Point(x: 0, y: 0)
  private var high = Point(x: 0, y: 0)
  private var last = Point(x: 0, y: 0)
  private var lowIsEarlier = false
  private var count = 0

  /// - Parameter width: of a column; zero keeps every point.
  init(width: Double) { self.width = width }

  @inline(never)
  mutating func append(_ point: Point) {
    let place = width > 0 ? (point.x / width).rounded(.down) : 0
    if place != column || count == 0 || width == 0 {
      flush()
      column = place
      (first, low, high) = (point, point, point)
    } else if point.y < low.y {
      low = point
      lowIsEarlier = false
    } else if point.y > high.y {
      high = point
      lowIsEarlier = true
    }
    last = point
    count += 1
  }

  /// What was kept; the next point begins a new line.
  mutating func finished() -> [Point] {
    flush()
    defer { kept = [] }
    return kept
  }

  private mutating func flush() {
    if count > 0 { kept.append(first) }
    if count > 2 {
      kept.append(lowIsEarlier ? low : high)
      kept.append(lowIsEarlier ? high : low)
    }
    if count > 1 { kept.append(last) }
    count = 0
  }
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
