// Marching squares: the outline of the places where a field is at least a threshold.

/// Closed outlines of `{ field >= threshold }`, in grid coordinates; places next to the border end
/// at the border.
func outlines(_ field: Field, from threshold: Double) -> [[Point]] {
  Outlines(field, threshold).loops
}

private struct Outlines {
  private let field: Field
  private let threshold: Double
  /// The grid with a ring of samples below any threshold around it, so that outlines close.
  private let width: Int
  private let height: Int
  private(set) var loops: [[Point]] = []

  init(_ field: Field, _ threshold: Double) {
    self.field = field
    self.threshold = threshold
    width = field.columns + 2
    height = field.rows + 2
    // Edges are numbered: those along a row first, then those along a column.
    var next = [Int32](repeating: -1, count: 2 * width * height)
    for row in 0..<height - 1 {
      for column in 0..<width - 1 { connect(column, row, &next) }
    }
    for start in next.indices where next[start] >= 0 {
      var loop: [Point] = []
      var edge = start
      while next[edge] >= 0 {
        loop.append(crossing(edge))
        let following = Int(next[edge])
        next[edge] = -1
        edge = following
      }
      if loop.count > 2 { loops.append(loop) }
    }
  }

  private func value(_ column: Int, _ row: Int) -> Double {
    guard column > 0, row > 0, column < width - 1, row < height - 1 else { return -.infinity }
    let value = field.values[(row - 1) * field.columns + column - 1]
    return value.isNaN ? -.infinity : value
  }

  private func isInside(_ column: Int, _ row: Int) -> Bool {
    value(column, row) >= threshold
  }

  /// Joins the edges of one cell that the outline crosses. Around the cell, each edge where the
  /// inside ends is joined to one where it begins; the neighbor sees that edge the other way, so
  /// pieces chain into loops.
  private func connect(_ column: Int, _ row: Int, _ next: inout [Int32]) {
    let a = isInside(column, row)
    let b = isInside(column + 1, row)
    let c = isInside(column + 1, row + 1)
    let d = isInside(column, row + 1)
    if a == b, b == c, c == d { return }
    let vertical = width * height
    let top = row * width + column
    let bottom = top + width
    let left = vertical + row * width + column
    let right = left + 1
    if a == c, b == d {
      let mean =
        (value(column, row) + value(column + 1, row) + value(column + 1, row + 1)
          + value(column, row + 1)) / 4
      let isJoined = mean >= threshold
      switch (a, isJoined) {
      case (true, true):
        next[top] = Int32(right)
        next[bottom] = Int32(left)
      case (true, false):
        next[top] = Int32(left)
        next[bottom] = Int32(right)
      case (false, true):
        next[right] = Int32(bottom)
        next[left] = Int32(top)
      case (false, false):
        next[right] = Int32(top)
        next[left] = Int32(bottom)
      }
      return
    }
    let corners = [a, b, c, d]
    let edges = [top, right, bottom, left]
    var exit = 0
    var entry = 0
    for index in 0..<4 where corners[index] != corners[(index + 1) % 4] {
      if corners[index] { exit = edges[index] } else { entry = edges[index] }
    }
    next[exit] = Int32(entry)
  }

  /// Where the outline crosses an edge, by linear interpolation, in grid coordinates.
  private func crossing(_ edge: Int) -> Point {
    let isVertical = edge >= width * height
    let index = isVertical ? edge - width * height : edge
    let (row, column) = index.quotientAndRemainder(dividingBy: width)
    let first = value(column, row)
    let second = isVertical ? value(column, row + 1) : value(column + 1, row)
    var share = (threshold - first) / (second - first)
    if !first.isFinite { share = 1 }
    if !second.isFinite { share = 0 }
    if !share.isFinite { share = 0.5 }
    let x = Double(column - 1) + (isVertical ? 0 : share)
    let y = Double(row - 1) + (isVertical ? share : 0)
    return Point(
      x: min(max(x, 0), Double(field.columns - 1)), y: min(max(y, 0), Double(field.rows - 1)))
  }
}

extension Field {
  /// The area where the field is at least the threshold, as a path in the frame.
  func area(from threshold: Double, in frame: PlotFrame) -> PathData {
    area(from: threshold) { point in
      let place = site(point.x, point.y)
      return frame.point(place.x, place.y)
    }
  }

  /// The same with each point of the grid put where `place` says.
  func area(
    from threshold: Double, tolerance: Double = 0.2, _ place: (Point) -> Point
  ) -> PathData {
    var data = PathData()
    for loop in outlines(self, from: threshold) {
      data.polyline(straightenedLoop(loop.map(place), tolerance: tolerance))
      data.close()
    }
    return data
  }

  /// The lines where the field has a value, without the pieces that only follow the border.
  func line(at threshold: Double, in frame: PlotFrame) -> PathData {
    var data = PathData()
    for loop in outlines(self, from: threshold) {
      var piece: [Point] = []
      // Start where the border is left, so that no line is cut in two.
      let start =
        loop.indices.first { isOnBorder(loop[$0]) && !isOnBorder(loop[($0 + 1) % loop.count]) } ?? 0
      var touches = false
      for offset in 0...loop.count {
        let point = loop[(start + offset) % loop.count]
        let isBorder = isOnBorder(point)
        touches = touches || isBorder
        piece.append(point)
        if isBorder {
          if piece.count > 2 {
            data.polyline(straightened(placed(piece, in: frame), tolerance: 0.2))
          }
          piece = [point]
        }
      }
      if !touches {
        data.polyline(straightenedLoop(placed(loop, in: frame), tolerance: 0.2))
        data.close()
      } else if piece.count > 2 {
        data.polyline(straightened(placed(piece, in: frame), tolerance: 0.2))
      }
    }
    return data
  }

  private func isOnBorder(_ point: Point) -> Bool {
    point.x <= 0 || point.y <= 0 || point.x >= Double(columns - 1) || point.y >= Double(rows - 1)
  }

  private func placed(_ loop: [Point], in frame: PlotFrame) -> [Point] {
    loop.map {
      let place = site($0.x, $0.y)
      return frame.point(place.x, place.y)
    }
  }
}

/// A closed line has no ends to hold on to: it is straightened in two halves.
private func straightenedLoop(_ points: [Point], tolerance: Double) -> [Point] {
  guard points.count > 4 else { return points }
  let middle = points.count / 2
  let first = straightened(Array(points[...middle]), tolerance: tolerance)
  let second = straightened(Array(points[middle...]) + [points[0]], tolerance: tolerance)
  return first + second.dropFirst().dropLast()
}
