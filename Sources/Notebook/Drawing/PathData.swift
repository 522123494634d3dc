/// The `d` attribute of a path, in relative coordinates and as few bytes as the grammar allows.
struct PathData {
  private(set) var bytes: [UInt8] = []
  private var x = 0
  private var y = 0
  private var startX = 0
  private var startY = 0
  private var command: UInt8 = 0
  private var lastNumberHasPoint = false

  var isEmpty: Bool { bytes.isEmpty }

  @inline(never)
  mutating func move(to point: Point) {
    let (newX, newY) = (tenths(point.x), tenths(point.y))
    if bytes.isEmpty {
      begin(UInt8(ascii: "M"))
      append(newX)
      append(newY)
    } else {
      begin(UInt8(ascii: "m"))
      append(newX - x)
      append(newY - y)
    }
    (x, y) = (newX, newY)
    (startX, startY) = (newX, newY)
    // Numbers that follow a move are lines, so a line command must be spelled again.
    command = 0
  }

  @inline(never)
  mutating func line(to point: Point) {
    let (newX, newY) = (tenths(point.x), tenths(point.y))
    let (dx, dy) = (newX - x, newY - y)
    if dx == 0, dy == 0 { return }
    if dy == 0 {
      begin(UInt8(ascii: "h"))
      append(dx)
    } else if dx == 0 {
      begin(UInt8(ascii: "v"))
      append(dy)
    } else {
      begin(UInt8(ascii: "l"))
      append(dx)
      append(dy)
    }
    (x, y) = (newX, newY)
  }

  @inline(never)
  mutating func curve(_ control1: Point, _ control2: Point, to point: Point) {
    begin(UInt8(ascii: "c"))
    for corner in [control1, control2, point] {
      append(tenths(corner.x) - x)
      append(tenths(corner.y) - y)
    }
    (x, y) = (tenths(point.x), tenths(point.y))
  }

  @inline(never)
  mutating func close() {
    begin(UInt8(ascii: "z"))
    command = 0
    (x, y) = (startX, startY)
  }

  /// A line of no length: a round cap makes it a dot.
  @inline(never)
  mutating func dot(at point: Point) {
    move(to: point)
    begin(UInt8(ascii: "h"))
    append(0)
    command = 0
  }

  @inline(never)
  mutating func polyline(_ points: [Point]) {
    for (index, point) in points.enumerated() {
      if index == 0 { move(to: point) } else { line(to: point) }
    }
  }

  @inline(never)
  mutating func rectangle(_ box: Rectangle) {
    move(to: Point(x: box.x, y: box.y))
    line(to: Point(x: box.right, y: box.y))
    line(to: Point(x: box.right, y: box.bottom))
    line(to: Point(x: box.x, y: box.bottom))
    close()
  }

  /// Adds the pieces of another path after these; its first move is absolute, so it may.
  @inline(never)
  mutating func append(_ other: PathData) {
    if other.isEmpty { return }
    let before = bytes
    self = other
    bytes = before + other.bytes
  }

  @inline(never)
  private mutating func begin(_ letter: UInt8) {
    if command == letter { return }
    bytes.append(letter)
    command = letter
    lastNumberHasPoint = true
    isFirstNumber = true
  }

  private var isFirstNumber = true

  @inline(never)
  private mutating func append(_ value: Int) {
    let startsWithPoint = value > 0 && value < 10
    if !isFirstNumber, value >= 0, !(startsWithPoint && lastNumberHasPoint) {
      bytes.append(UInt8(ascii: " "))
    }
    appendTenths(value, to: &bytes)
    isFirstNumber = false
    lastNumberHasPoint = value % 10 != 0
  }
}
