/// Draws the levels of a function of two numbers, such as the loss over two weights, with a path
/// across it.
///
/// ```swift
/// contours(x: -2...2, y: -2...2, path: steps, xLabel: "w₁", yLabel: "w₂") { loss(w1: $0, w2: $1) }
/// ```
public func contours(
  x xRange: ClosedRange<Float>, y yRange: ClosedRange<Float>, path: [(Float, Float)] = [],
  title: String = "", xLabel: String = "x", yLabel: String = "y", levels: Int = 9,
  isLogarithmic: Bool = false, _ function: @escaping (Float, Float) -> Float
) -> Figure {
  Figure { size in
    let field = Field(x: xRange, y: yRange, resolution: size == .full ? 72 : 48, function)
    return ContourPlot(
      field: field, path: path.map { Point(x: Double($0.0), y: Double($0.1)) }, title: title,
      xLabel: xLabel, yLabel: yLabel, levelCount: levels, isLogarithmic: isLogarithmic
    ).drawing(size)
  }
}

struct ContourPlot {
  let field: Field
  let path: [Point]
  let title: String
  let xLabel: String
  let yLabel: String
  let levelCount: Int
  let isLogarithmic: Bool

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    var request = PlotFrame.Request(
      size: size, title: title, xAxis: Axis(xLabel), yAxis: Axis(yLabel))
    request.xValues = DataRange([field.x.lowerBound, field.x.upperBound])
    request.yValues = DataRange([field.y.lowerBound, field.y.upperBound])
    request.xExactly = true
    request.yExactly = true
    request.isPlane = true
    let frame = PlotFrame(request)
    let extent = DataRange(field.values, positive: isLogarithmic)
    let levels = self.levels(over: extent)
    return Drawing(
      width: frame.width, height: frame.height, title: title.utf8.isEmpty ? "Contours" : title,
      description: words(extent)
    ) { canvas in
      frame.drawAxes(on: canvas, grid: false)
      if extent.isEmpty { frame.drawNothing(on: canvas) }
      if !extent.isEmpty, levels.isEmpty {
        var text = TextBuffer()
        text.append("the same value everywhere: ")
        text.appendFigureNumber(extent.lower)
        frame.drawNote(text.string, on: canvas)
      }
      var bytes = 0
      for level in levels {
        let area = field.area(from: level, in: frame)
        bytes += area.bytes.count
        if bytes > 14_000 { break }
        // A valley narrower than the grid falls into pieces that are not there.
        if outlines(field, from: level).count > 12 { continue }
        canvas.path(area, fill: .blue, opacity: 0.75 / Double(max(levels.count, 1)))
        canvas.path(
          field.line(at: level, in: frame), stroke: .blue, width: 0.75, opacity: 0.6)
      }
      frame.clipped(on: canvas) { drawPath(frame, canvas) }
    }
  }

  private func drawPath(_ frame: PlotFrame, _ canvas: Canvas) {
    let points = path.filter { $0.x.isFinite && $0.y.isFinite }.map { frame.point($0.x, $0.y) }
    guard let first = points.first, let last = points.last else { return }
    var data = PathData()
    data.polyline(simplified(points, columns: 200))
    canvas.markup.begin("g")
    canvas.markup.set("stroke-linejoin", "round")
    canvas.path(data, stroke: .paper, width: 4)
    canvas.path(data, stroke: .orange, width: 2)
    canvas.markup.end()
    if points.count <= 60 { canvas.dots(points, .circle, .orange, size: 4) }
    canvas.circle(first, radius: 4, fill: .paper, stroke: .orange, width: 2)
    canvas.circle(last, radius: 4.5, fill: .orange, stroke: .paper, width: 1.5)
    frame.drawLabel("start", beside: first, on: canvas)
    if points.count > 1, (first.x - last.x).magnitude + (first.y - last.y).magnitude > 24 {
      frame.drawLabel("end", beside: last, on: canvas)
    }
  }

  private func levels(over extent: DataRange) -> [Double] {
    guard !extent.isEmpty, extent.upper > extent.lower else { return [] }
    if isLogarithmic {
      let (low, high) = (log10(extent.lower), log10(extent.upper))
      // Between two powers of ten the level is found by halving, which needs no exponential.
      return (1...levelCount).map { index in
        let wanted = low + (high - low) * Double(index) / Double(levelCount + 1)
        let whole = wanted.rounded(.down)
        var (lower, upper) = (1.0, 10.0)
        for _ in 0..<40 {
          let middle = (lower + upper) / 2
          if log10(middle) < wanted - whole { lower = middle } else { upper = middle }
        }
        return lower * powerOfTen(Int(whole))
      }
    }
    let step = TickStep(spanning: extent.upper - extent.lower, count: levelCount * 3 / 2).value
    let first = Int((extent.lower / step).rounded(.down)) + 1
    let last = Int((extent.upper / step).rounded(.up)) - 1
    guard first <= last else { return [(extent.lower + extent.upper) / 2] }
    return (first...last).map { Double($0) * step }
  }

  private func words(_ extent: DataRange) -> String {
    var text = TextBuffer()
    if extent.isEmpty {
      text.append("no values to draw")
    } else {
      text.append("values from ")
      text.appendFigureNumber(extent.lower, digits: 3)
      text.append(" to ")
      text.appendFigureNumber(extent.upper, digits: 3)
    }
    if let first = path.first, let last = path.last {
      text.append("; a path of ")
      text.appendGrouped(path.count)
      text.append(" points from (")
      text.appendFigureNumber(first.x, digits: 3)
      text.append(", ")
      text.appendFigureNumber(first.y, digits: 3)
      text.append(") to (")
      text.appendFigureNumber(last.x, digits: 3)
      text.append(", ")
      text.appendFigureNumber(last.y, digits: 3)
      text.append(")")
    }
    return text.string
  }
}
