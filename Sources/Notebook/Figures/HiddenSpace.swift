/// The same points at one place in a network, with the grid of the input plane bent along.
public struct HiddenStage {
  let title: String
  let xLabel: String
  let yLabel: String
  /// Where points of the input plane are at this stage.
  let places: ([(Float, Float)]) -> [(Float, Float)]
  let line: (a: Float, b: Float, c: Float)?

  /// - Parameters:
  ///   - title: stands above the plane.
  ///   - x: the label of the plane's first axis.
  ///   - y: the label of its second one.
  ///   - line: the line `a·x + b·y + c = 0` that separates the classes here, if there is one.
  ///   - map: where a point of the input plane is at this stage.
  public init(
    _ title: String, x: String = "", y: String = "", line: (a: Float, b: Float, c: Float)? = nil,
    _ map: @escaping (Float, Float) -> (Float, Float) = { ($0, $1) }
  ) {
    self.title = title
    xLabel = x
    yLabel = y
    places = { points in points.map { map($0.0, $0.1) } }
    self.line = line
  }

  init(
    _ title: String, x: String, y: String,
    placingAll places: @escaping ([(Float, Float)]) -> [(Float, Float)]
  ) {
    self.title = title
    xLabel = x
    yLabel = y
    self.places = places
    line = nil
  }
}

/// Draws points before and after each layer, side by side.
///
/// ```swift
/// hiddenSpace(points, classes: labels, x: 0...1, y: 0...1, [
///   HiddenStage("input"), HiddenStage("hidden") { x, y in (or(x, y), and(x, y)) },
/// ])
/// ```
public func hiddenSpace(
  _ points: [(Float, Float)], classes: [Int] = [], x: ClosedRange<Float>, y: ClosedRange<Float>,
  _ stages: [HiddenStage], title: String = ""
) -> Panels {
  Panels(
    figures: stages.map { stage in
      Figure { size in
        HiddenPanel(stage: stage, points: points, classes: classes, x: x, y: y).drawing(size)
      }
    }, title: title, between: [])
}

private struct HiddenPanel {
  let stage: HiddenStage
  let points: [(Float, Float)]
  let classes: [Int]
  let x: ClosedRange<Float>
  let y: ClosedRange<Float>

  private static let gridLines = 9
  private static let samples = 48

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    var (xs, ys): ([Double], [Double]) = ([], [])
    for place in stage.places(points) {
      xs.append(Double(place.0))
      ys.append(Double(place.1))
    }
    let groups = PointGroups(x: xs, y: ys, classes: classes, names: [])
    let grid = bentGrid()
    var request = PlotFrame.Request(
      size: size, title: stage.title, xAxis: Axis(stage.xLabel), yAxis: Axis(stage.yLabel))
    for line in grid {
      for point in line {
        request.xValues.include(point.x)
        request.yValues.include(point.y)
      }
    }
    for (x, y) in zip(xs, ys) {
      request.xValues.include(x)
      request.yValues.include(y)
    }
    request.xValues = request.xValues.padded(by: 0.06)
    request.yValues = request.yValues.padded(by: 0.06)
    request.xExactly = true
    request.yExactly = true
    request.isPlane = true
    let frame = PlotFrame(request)
    return Drawing(
      width: frame.width, height: frame.height,
      title: stage.title.utf8.isEmpty ? "Points at one stage" : stage.title,
      description: words(groups)
    ) { canvas in
      frame.drawAxes(on: canvas, grid: false)
      frame.clipped(on: canvas) {
        var data = PathData()
        for line in grid {
          let places = line.filter { frame.accepts($0.x, $0.y) }.map { frame.point($0.x, $0.y) }
          data.polyline(straightened(places, tolerance: 0.2))
        }
        canvas.path(data, stroke: .muted, width: 0.6, opacity: 0.7)
        drawSeparator(frame, canvas)
      }
      groups.draw(in: frame, on: canvas, size: groups.size(5.5))
    }
  }

  private func bentGrid() -> [[Point]] {
    let (width, height) = (x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    var sites: [(Float, Float)] = []
    for index in 0..<2 * Self.gridLines {
      let share = Float(index / 2) / Float(Self.gridLines - 1)
      for step in 0...Self.samples {
        let along = Float(step) / Float(Self.samples)
        let (across, up) = index % 2 == 0 ? (along, share) : (share, along)
        sites.append((x.lowerBound + across * width, y.lowerBound + up * height))
      }
    }
    let places = stage.places(sites).map { Point(x: Double($0.0), y: Double($0.1)) }
    let length = Self.samples + 1
    return (0..<2 * Self.gridLines).map { Array(places[$0 * length..<($0 + 1) * length]) }
  }

  private func drawSeparator(_ frame: PlotFrame, _ canvas: Canvas) {
    guard let line = stage.line, line.a != 0 || line.b != 0 else { return }
    let (a, b, c) = (Double(line.a), Double(line.b), Double(line.c))
    // The point of the line nearest to the middle of the panel, and both ways from there.
    let norm = a * a + b * b
    let middle = ((frame.x.lower + frame.x.upper) / 2, (frame.y.lower + frame.y.upper) / 2)
    let off = (a * middle.0 + b * middle.1 + c) / norm
    let (x0, y0) = (middle.0 - off * a, middle.1 - off * b)
    let reach = (frame.x.upper - frame.x.lower + frame.y.upper - frame.y.lower)
    let (dx, dy) = (-b / norm.squareRoot() * reach, a / norm.squareRoot() * reach)
    canvas.line(frame.point(x0 - dx, y0 - dy), frame.point(x0 + dx, y0 + dy), .ink, width: 1.8)
  }

  private func words(_ groups: PointGroups) -> String {
    var text = TextBuffer()
    text.append(groups.words)
    for index in 0..<groups.count where !groups.x[index].isEmpty {
      let (xs, ys) = (DataRange(groups.x[index]), DataRange(groups.y[index]))
      guard !xs.isEmpty, !ys.isEmpty else { continue }
      text.append("; ")
      if groups.isNamed {
        text.append("class ")
        text.append(groups.names[index])
        text.append(" ")
      }
      text.append("lies between (")
      text.appendFigureNumber(xs.lower, digits: 3)
      text.append(", ")
      text.appendFigureNumber(ys.lower, digits: 3)
      text.append(") and (")
      text.appendFigureNumber(xs.upper, digits: 3)
      text.append(", ")
      text.appendFigureNumber(ys.upper, digits: 3)
      text.append(")")
    }
    if stage.line != nil { text.append("; a straight line is drawn between the classes") }
    return text.string
  }
}
