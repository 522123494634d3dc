/// Something pointed out in a plot.
public struct Mark {
  enum Place {
    case point(Double, Double)
    case vertical(Double)
    case horizontal(Double)
  }

  let place: Place
  let label: String

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

extension Extent {
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
  func draw(_ marks: [Mark], on canvas: Canvas) {
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
        let isHigh = position - 5 < area.y + 10
        canvas.text(
          mark.label, at: Point(x: area.x + 4, y: isHigh ? position + 14 : position - 5), .start,
          .muted, halo: true)
      case .point(let xValue, let yValue):
        guard accepts(xValue, yValue) else { continue }
        let center = point(xValue, yValue)
        canvas.circle(center, radius: 4.5, fill: .paper, stroke: .ink, width: 2)
        drawLabel(mark.label, beside: center, on: canvas)
      }
    }
  }

  /// Puts a label where it stays inside the figure.
  func drawLabel(_ label: String, beside center: Point, on canvas: Canvas) {
    let length = textWidth(label, size: 12)
    let isRight = center.x + 9 + length < width
    // On the side where there is paper, above the point if it is not at the top.
    let y = center.y - 8 < area.y + 10 ? center.y + 16 : center.y - 8
    let x = isRight ? center.x + 6 : max(center.x - 6 - length, 0)
    canvas.text(label, at: Point(x: x, y: y), .start, .ink, halo: true)
  }
}
