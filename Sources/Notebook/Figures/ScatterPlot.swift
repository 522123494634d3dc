/// Draws points; with classes, each in its own color and shape.
///
/// ```swift
/// scatter(x1, x2, classes: labels, names: ["moon", "sun"], x: "x₁", y: "x₂")
/// ```
///
/// - Parameters:
///   - xs: the first coordinate of each point.
///   - ys: the second one; the longer array is cut.
///   - classes: a class from 0 for each point, or none.
///   - names: of the classes, for the legend.
///   - title: stands above the plot, and begins its alternative text.
///   - x: the horizontal axis: a label, or how it is divided.
///   - y: the vertical axis.
///   - marks: lines and points that are drawn in with their names.
///   - dotSize: how large dots are across, 1...30; left out, 6, or 11 for a handful.
///   - opacity: 0.02...1; where transparent dots overlap they are darker.
public func scatter<X: ShownNumber, Y: ShownNumber>(
  _ xs: [X], _ ys: [Y], classes: [Int] = [], names: [String] = [], title: String = "",
  x: Axis = "", y: Axis = "", marks: [Mark] = [], dotSize: Double? = nil, opacity: Double = 1
) -> Figure {
  requireDots(size: dotSize ?? 6, opacity: opacity, in: "scatter")
  let (xs, ys) = (doubles(xs), doubles(ys))
  return Figure { size in
    var groups = PointGroups(x: xs, y: ys, classes: classes, names: names)
    (groups.dotSize, groups.opacity) = (dotSize, opacity)
    return scatterDrawing(groups, size, title: title, x: x, y: y, marks: marks)
  }
}

func scatterDrawing(
  _ groups: PointGroups, _ size: FigureSize, title: String, x: Axis, y: Axis, marks: [Mark]
) -> Drawing {
  var request = PlotFrame.Request(size: size, title: title, xAxis: x, yAxis: y)
  let (xLog, yLog) = (x.kind == .log, y.kind == .log)
  var left = 0
  for index in 0..<groups.count {
    for (xValue, yValue) in zip(groups.x[index], groups.y[index]) {
      guard xValue.isFinite, yValue.isFinite, !xLog || xValue > 0, !yLog || yValue > 0 else {
        left += 1
        continue
      }
      request.xValues.include(xValue)
      request.yValues.include(yValue)
    }
  }
  let isEmpty = request.xValues.isEmpty
  // Room for the marks themselves, and between them and the axes.
  if !xLog { request.xValues = request.xValues.padded(by: 0.04) }
  if !yLog { request.yValues = request.yValues.padded(by: 0.04) }
  request.xValues.includeX(of: marks, positive: xLog)
  request.yValues.includeY(of: marks, positive: yLog)
  let namesOverData = groups.count > 4
  let legend = groups.isNamed && !namesOverData ? groups.names : []
  request.xExactly = true
  request.yExactly = true
  // Two axes of one kind are a map, and so are drawn to one scale.
  let (across, up) = (request.xValues.span, request.yValues.span)
  request.isPlane = !xLog && !yLog && up > 0.4 * across && across > 0.4 * up
  request.above = legendHeight(legend, width: request.isPlane ? size.planeWidth : size.width)
  let frame = PlotFrame(request)

  var words = TextBuffer()
  words.append(groups.words)
  if left > 0 {
    words.append("; not drawn: ")
    words.appendGrouped(left)
  }
  let name = title.utf8.isEmpty ? planeTitle(x, y) : title
  return Drawing(width: frame.width, height: frame.height, title: name, description: words.string) {
    canvas in
    if !legend.isEmpty {
      groups.drawLegend(
        on: canvas, at: Point(x: 2, y: title.utf8.isEmpty ? 14 : 32), width: frame.width)
    }
    frame.drawAxes(on: canvas)
    if isEmpty { frame.drawNothing(on: canvas) }
    groups.draw(in: frame, on: canvas, size: groups.size(6))
    if namesOverData { groups.drawNames(in: frame, on: canvas) }
    frame.draw(marks, on: canvas)
  }
}

/// "y against x", or what there is of it.
func planeTitle(_ x: Axis, _ y: Axis) -> String {
  guard !y.label.utf8.isEmpty else { return "Scatter plot" }
  var text = TextBuffer()
  text.append(y.label)
  if !x.label.utf8.isEmpty {
    text.append(" against ")
    text.append(x.label)
  }
  return text.string
}

extension PlotFrame {
  func drawNothing(on canvas: Canvas) {
    drawNote("no values to draw", on: canvas)
  }

  func drawNote(_ text: String, on canvas: Canvas) {
    canvas.text(
      text,
      at: Point(x: area.x + area.width / 2, y: area.y + area.height / 2), .middle, .muted)
  }
}
