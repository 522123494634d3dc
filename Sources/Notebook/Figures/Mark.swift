/// Something pointed out in a plot.
public struct Mark: Sendable {
  enum Place: Sendable {
    case point(Double, Double)
    case vertical(Double)
    case horizontal(Double)
  }

  let place: Place
  let label: String
  var color = Ink.ink

  /// A ring around a point, with its name beside it.
  public static func point<X: ShownNumber, Y: ShownNumber>(_ x: X, _ y: Y, _ label: String = "")
    -> Mark
  {
    Mark(place: .point(x._double, y._double), label: label)
  }

  /// A dashed line across the plot at one value of x.
  public static func vertical<X: ShownNumber>(_ x: X, _ label: String = "") -> Mark {
    Mark(place: .vertical(x._double), label: label)
  }

  /// A dashed line across the plot at one value of y.
  public static func horizontal<Y: ShownNumber>(_ y: Y, _ label: String = "") -> Mark {
    Mark(place: .horizontal(y._double), label: label)
  }
}

extension DataRange {
  /// Lets a scale cover what is pointed out.
  mutating func includeX(of marks: [Mark], positive: Bool) {
    for mark in marks {
      switch mark.place {
      case .point(let x, _), .vertical(let x): include(x, positive: positive)
      case .horizontal: break
      }
    }
  }

  mutating func includeY(of marks: [Mark], positive: Bool) {
    for mark in marks {
      switch mark.place {
      case .point(_, let y), .horizontal(let y): include(y, positive: positive)
      case .vertical: break
      }
    }
  }
}

extension PlotFrame {
  /// Draws marks; the names of points go where they hide the fewest of the points to `avoid`.
  func draw(_ marks: [Mark], on canvas: Canvas, avoiding avoid: [Point] = []) {
    var avoid = avoid
    for mark in marks {
      switch mark.place {
      case .vertical(let value):
        guard x.accepts(value) else { continue }
        let position = x(value)
        canvas.line(
          Point(x: position, y: area.y), Point(x: position, y: area.bottom), .ink, dashed: true)
        let fits = position + 5 + textWidth(mark.label, size: 12) < width
        canvas.text(
          mark.label, at: Point(x: fits ? position + 5 : position - 5, y: area.y + 11),
          fits ? .start : .end, .muted, halo: true)
      case .horizontal(let value):
        guard y.accepts(value) else { continue }
        let position = y(value)
        canvas.line(
          Point(x: area.x, y: position), Point(x: area.right, y: position), .ink, dashed: true)
        drawLabel(mark.label, along: position, on: canvas, avoiding: avoid)
      case .point(let xValue, let yValue):
        guard accepts(xValue, yValue) else { continue }
        let center = point(xValue, yValue)
        canvas.circle(center, radius: 4.5, fill: .paper, stroke: mark.color, width: 2)
        let box = drawLabel(
          mark.label, beside: center, on: canvas, avoiding: avoid, mark.color)
        // The next name keeps away from this one.
        for step in 0...8 {
          let x = box.x + box.width * Double(step) / 8
          avoid += [Point(x: x, y: box.y + 3), Point(x: x, y: box.bottom - 3)]
        }
      }
    }
  }

  /// Puts a label at the left, at the right or in the middle of a line across the plot, where it hides
  /// the fewest points.
  private func drawLabel(
    _ label: String, along height: Double, on canvas: Canvas, avoiding avoid: [Point]
  ) {
    let length = textWidth(label, size: 12)
    let isHigh = height - 5 < area.y + 10
    let isLow = height + 14 > area.bottom - 2
    let starts = [area.x + 4, area.right - 4 - length, area.x + (area.width - length) / 2]
    let heights = isHigh ? [14.0] : isLow ? [-5] : [-5, 14]
    var best = Point(x: starts[0], y: height + heights[0])
    var fewest = Int.max
    for dy in heights {
      for x in starts where x >= area.x {
        let y = height + dy
        let hidden = avoid.count {
          $0.x > x - 2 && $0.x < x + length + 2 && $0.y > y - 11 && $0.y < y + 4
        }
        if hidden < fewest { (fewest, best) = (hidden, Point(x: x, y: y)) }
      }
    }
    canvas.text(label, at: best, .start, .muted, halo: true)
  }

  /// Puts a label beside a point, inside the figure and where it hides the fewest points.
  @discardableResult
  func drawLabel(
    _ label: String, beside center: Point, on canvas: Canvas, avoiding avoid: [Point] = [],
    _ color: Ink = .ink
  ) -> Rectangle {
    let length = textWidth(label, size: 12)
    var best = Rectangle(x: 0, y: 0, width: length, height: 15)
    var fewest = Int.max
    for (dx, dy) in [
      (7.0, -21.0), (7.0, 7), (9, -8), (-7 - length, -21), (-7 - length, 7), (-length / 2, -24),
      (-length / 2, 10),
    ] {
      let box = Rectangle(x: center.x + dx, y: center.y + dy, width: length, height: 15)
      guard box.x >= 0, box.right <= width, box.y >= area.y - 12, box.bottom < area.bottom - 2
      else {
        continue
      }
      let hidden = avoid.filter {
        $0.x > box.x - 2 && $0.x < box.right + 2 && $0.y > box.y && $0.y < box.bottom
      }.count
      if hidden < fewest { (fewest, best) = (hidden, box) }
    }
    if fewest == Int.max {
      best.x = min(max(center.x + 7, 0), max(width - length, 0))
      best.y = max(center.y - 21, area.y - 12)
    }
    canvas.text(label, at: Point(x: best.x, y: best.y + 12), .start, color, halo: true)
    return best
  }
}
