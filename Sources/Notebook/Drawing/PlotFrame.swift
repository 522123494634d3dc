/// The area of a plot with its axes: scales, grid, ticks and labels.
struct PlotFrame {
  let width: Double
  let height: Double
  let area: Rectangle
  let x: Scale
  let y: Scale
  private let xAxis: Axis
  private let yAxis: Axis
  private let xTicks: [Tick]
  private let yTicks: [Tick]
  private let title: String
  private let isPlane: Bool

  struct Request {
    var size: FigureSize
    var title = ""
    var xAxis: Axis = ""
    var yAxis: Axis = ""
    var xValues = DataRange()
    var yValues = DataRange()
    /// Room that the figure itself needs beside and above the plot.
    var right = 0.0
    var above = 0.0
    /// The scales end at the data, not at round numbers.
    var xExactly = false
    var yExactly = false
    /// One unit is as long on both axes, as in a map of the plane.
    var isPlane = false
  }

  init(_ request: Request) {
    xAxis = request.xAxis
    yAxis = request.yAxis
    title = request.title
    isPlane = request.isPlane
    let size = request.size
    width = request.isPlane ? size.planeWidth : size.width
    let plotHeight =
      switch size.room {
      case .full: 170.0
      case .half: 150.0
      case .third: 130.0
      }

    let y = request.yAxis.scale(
      covering: request.yValues, tickCount: size == .full ? 5 : 4, exactly: request.yExactly)
    var yTicks = y.ticks(count: size == .full ? 5 : 4)
    var left = 12.0
    for tick in yTicks { left = max(left, textWidth(tick.label, size: 12) + 12) }
    let right = max(request.right, 12)
    let above =
      request.above + 8 + (request.title.isEmpty ? 0 : 20)
      + (request.yAxis.label.utf8.isEmpty ? 0 : 20)
    let below = 22 + (request.xAxis.label.utf8.isEmpty ? 0.0 : 17)

    let areaWidth = max(width - left - right, 60)
    // Fewer ticks until their labels stand apart.
    var tickCount = size == .full ? 7 : 5
    var x: Scale
    var xTicks: [Tick]
    repeat {
      x = request.xAxis.scale(
        covering: request.xValues, tickCount: tickCount, exactly: request.xExactly)
      x = x.mapped(from: left, to: left + areaWidth)
      xTicks = x.ticks(count: tickCount)
      tickCount -= 1
    } while tickCount >= 2 && PlotFrame.overlap(xTicks, on: x)

    var areaHeight = plotHeight
    if request.isPlane {
      let ratio = (y.upper - y.lower) / (x.upper - x.lower)
      areaHeight = min(max(areaWidth * ratio, plotHeight * 0.6), areaWidth * 1.5)
      if !(areaHeight.isFinite) { areaHeight = areaWidth }
    }
    if let aspect = size.aspect { areaHeight = areaWidth / aspect }
    area = Rectangle(x: left, y: above, width: areaWidth, height: areaHeight)
    self.x = x
    self.y = y.mapped(from: area.bottom, to: area.y)
    // The lowest tick of a short axis would touch its neighbor.
    if areaHeight / Double(max(yTicks.count - 1, 1)) < 13 {
      yTicks = yTicks.enumerated().filter { $0.offset % 2 == 0 }.map { $0.element }
    }
    self.yTicks = yTicks
    self.xTicks = xTicks
    height = above + areaHeight + below
  }

  @inline(never)
  func point(_ xValue: Double, _ yValue: Double) -> Point {
    Point(x: x(xValue), y: y(yValue))
  }

  func accepts(_ xValue: Double, _ yValue: Double) -> Bool {
    x.accepts(xValue) && y.accepts(yValue)
  }

  /// Grid lines and the numbers at them; drawn before the data.
  func drawAxes(on canvas: Canvas, grid: Bool = true, xLabels: Bool = true) {
    var lines = PathData()
    for tick in yTicks where grid {
      lines.move(to: Point(x: area.x, y: y(tick.value)))
      lines.line(to: Point(x: area.right, y: y(tick.value)))
    }
    canvas.path(lines, stroke: .grid)
    if isPlane {
      canvas.rectangle(area, fill: .none, stroke: .grid)
      if Control.wantsPlane { canvas.plane(area, x: x, y: y) }
    }
    var base = PathData()
    base.move(to: Point(x: area.x, y: area.bottom))
    base.line(to: Point(x: area.right, y: area.bottom))
    for tick in xTicks where xLabels {
      base.move(to: Point(x: x(tick.value), y: area.bottom))
      base.line(to: Point(x: x(tick.value), y: area.bottom + 4))
    }
    canvas.path(base, stroke: .muted)
    canvas.group({ $0.set("fill", .muted) }) {
      for tick in yTicks {
        canvas.text(tick.label, at: Point(x: area.x - 6, y: y(tick.value) + 4), .end)
      }
      for tick in xTicks where xLabels {
        let half = textWidth(tick.label, size: 12) / 2
        let center = min(max(x(tick.value), half), width - half)
        canvas.text(tick.label, at: Point(x: center, y: area.bottom + 17), .middle)
      }
    }
    drawLabels(on: canvas)
  }

  /// The title and the names of the axes, all horizontal.
  private func drawLabels(on canvas: Canvas) {
    canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
    canvas.text(yAxis.label, at: Point(x: 2, y: area.y - 11))
    canvas.text(xAxis.label, at: Point(x: area.right, y: area.bottom + 34), .end)
  }

  /// Shapes drawn in `content` leave the plot by no more than `margin`, which keeps dots at its
  /// edge whole.
  func clipped(on canvas: Canvas, margin: Double = 0, _ content: () -> Void) {
    canvas.markup.begin("clipPath")
    canvas.markup.set("id", ids: "p")
    let room = Rectangle(
      x: area.x - margin, y: area.y - margin, width: area.width + 2 * margin,
      height: area.height + 2 * margin)
    canvas.rectangle(room, fill: .ink)
    canvas.markup.end()
    canvas.group({ $0.set("clip-path", before: "url(#", id: "p", after: ")") }, content)
  }

  private static func overlap(_ ticks: [Tick], on scale: Scale) -> Bool {
    for (left, right) in zip(ticks, ticks.dropFirst()) {
      let space = scale(right.value) - scale(left.value)
      let needed = (textWidth(left.label, size: 12) + textWidth(right.label, size: 12)) / 2 + 8
      if space < needed { return true }
    }
    return false
  }
}
