/// The shape of a dot. Groups differ in shape as well as in color.
enum Marker {
  case circle, square, triangle, diamond, cross, plus

  static func number(_ index: Int) -> Marker {
    switch index % 6 {
    case 0: .circle
    case 1: .square
    case 2: .triangle
    case 3: .diamond
    case 4: .cross
    default: .plus
    }
  }
}

extension Canvas {
  /// Many dots of one kind as one path, with a thin edge in the color of the paper where they
  /// overlap.
  func dots(
    _ points: [Point], _ marker: Marker, _ color: Ink, size: Double, edge: Bool = true,
    opacity: Double = 1
  ) {
    guard !points.isEmpty else { return }
    if opacity < 1 { return layered(points, marker, color, size, opacity) }
    var data = PathData()
    let r = size / 2
    for point in points {
      switch marker {
      case .circle:
        data.dot(at: point)
      case .square:
        // As long as it is wide: of a line without length, some printers draw no square end.
        data.move(to: Point(x: point.x - r * 0.85, y: point.y))
        data.line(to: Point(x: point.x + r * 0.85, y: point.y))
      case .triangle:
        data.move(to: Point(x: point.x, y: point.y - r * 1.1))
        data.line(to: Point(x: point.x + r * 1.1, y: point.y + r * 0.8))
        data.line(to: Point(x: point.x - r * 1.1, y: point.y + r * 0.8))
        data.close()
      case .diamond:
        data.move(to: Point(x: point.x, y: point.y - r * 1.25))
        data.line(to: Point(x: point.x + r * 1.25, y: point.y))
        data.line(to: Point(x: point.x, y: point.y + r * 1.25))
        data.line(to: Point(x: point.x - r * 1.25, y: point.y))
        data.close()
      case .cross:
        data.move(to: Point(x: point.x - r * 0.8, y: point.y - r * 0.8))
        data.line(to: Point(x: point.x + r * 0.8, y: point.y + r * 0.8))
        data.move(to: Point(x: point.x + r * 0.8, y: point.y - r * 0.8))
        data.line(to: Point(x: point.x - r * 0.8, y: point.y + r * 0.8))
      case .plus:
        data.move(to: Point(x: point.x - r, y: point.y))
        data.line(to: Point(x: point.x + r, y: point.y))
        data.move(to: Point(x: point.x, y: point.y - r))
        data.line(to: Point(x: point.x, y: point.y + r))
      }
    }
    markup.begin("path")
    markup.set("d", raw: data.bytes)
    switch marker {
    case .circle, .square:
      markup.set("stroke", color)
      if marker == .circle { markup.set("stroke-linecap", "round") }
      // A square reaches further than a circle of the same width.
      markup.set("stroke-width", hundredths: marker == .circle ? size : size * 0.85)
    case .triangle, .diamond:
      markup.set("fill", color)
      if edge {
        markup.set("stroke", .paper)
        markup.set("stroke-width", ".5")
      }
    case .cross, .plus:
      markup.set("fill", "none")
      markup.set("stroke", color)
      markup.set("stroke-width", hundredths: max(size / 4, 1.2))
    }
    markup.end()
  }

  /// One letter at many places, as one element.
  func letters(_ letter: String, at points: [Point], _ color: Ink, size: Double) {
    guard !points.isEmpty else { return }
    markup.begin("text")
    for isX in [true, false] {
      var places = TextBuffer()
      for (index, point) in points.enumerated() {
        if index > 0 { places.append(" ") }
        places.append(Int(((isX ? point.x : point.y + size * 0.36)).rounded(.toNearestOrEven)))
      }
      markup.set(isX ? "x" : "y" as StaticString, raw: places.bytes)
    }
    markup.set("text-anchor", "middle")
    markup.set("font-size", size)
    markup.set("font-weight", "600")
    markup.set("fill", color)
    markup.set("class", "nn-halo")
    markup.set("stroke", .paper)
    markup.set("stroke-width", "2")
    for _ in points { markup.text(letter) }
    markup.end()
  }

  /// A row of samples with names, from the left; names that do not fit go to a next row.
  func legend(_ names: [String], at origin: Point, width: Double, sample: (Int, Point) -> Void) {
    var x = origin.x
    var y = origin.y
    for (index, name) in names.enumerated() {
      let needed = textWidth(name, size: 12) + 34
      if x > origin.x, x + needed > origin.x + width {
        x = origin.x
        y += 17
      }
      sample(index, Point(x: x + 8, y: y - 4))
      text(name, at: Point(x: x + 21, y: y))
      x += needed
    }
  }
}

/// How high a legend of these names will be.
func legendHeight(_ names: [String], width: Double) -> Double {
  guard !names.isEmpty else { return 0 }
  var rows = 1.0
  var x = 0.0
  for name in names {
    let needed = textWidth(name, size: 12) + 34
    if x > 0, x + needed > width {
      x = 0
      rows += 1
    }
    x += needed
  }
  return rows * 17 + 3
}
