/// Draws the pieces into which the units of a ReLU network cut the plane, one color of line for
/// each layer.
///
/// ```swift
/// linearRegions(x: -2...2, y: -2...2) { x, y in [first(x, y), second(x, y)] }
/// ```
///
/// - Parameters:
///   - xRange: what the horizontal axis spans: the network's first input.
///   - yRange: what the vertical axis spans: its second input.
///   - title: stands above the plot, and begins its alternative text.
///   - xLabel: of the horizontal axis.
///   - yLabel: of the vertical axis.
///   - sums: for each layer the sums of its units before the ReLU; a unit's line is where its sum
///     is zero.
public func linearRegions(
  x xRange: ClosedRange<Float>, y yRange: ClosedRange<Float>, title: String = "",
  xLabel: String = "x₁", yLabel: String = "x₂", _ sums: @escaping (Float, Float) -> [[Float]]
) -> Figure {
  Figure { size in
    let grid = Field.grid(
      x: Double(xRange.lowerBound)...Double(xRange.upperBound),
      y: Double(yRange.lowerBound)...Double(yRange.upperBound),
      resolution: size == .full ? 96 : 64)
    let samples = grid.sites.map { sums(Float($0.x), Float($0.y)) }
    return LinearRegionPlot(
      grid: grid, samples: samples, title: title, xLabel: xLabel, yLabel: yLabel
    )
    .drawing(size)
  }
}

struct LinearRegionPlot {
  let grid: Field
  let samples: [[[Float]]]
  let title: String
  let xLabel: String
  let yLabel: String
  /// Of a network whose pieces can be found exactly.
  var pieces: [Piece]?

  /// A polygon on which the network is one affine function.
  struct Piece {
    var corners: [(x: Double, y: Double)]
    /// How many of the units are above zero there. Neighbors differ by one.
    var active: Int
  }

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    var request = PlotFrame.Request(
      size: size, title: title, xAxis: Axis(xLabel), yAxis: Axis(yLabel))
    request.xValues = DataRange([grid.x.lowerBound, grid.x.upperBound])
    request.yValues = DataRange([grid.y.lowerBound, grid.y.upperBound])
    request.xExactly = true
    request.yExactly = true
    request.isPlane = true
    let layerCount = samples.first?.count ?? 0
    let names = (0..<layerCount).map { index in
      var text = TextBuffer()
      text.append("layer ")
      text.append(index + 1)
      return text.string
    }
    let legend = layerCount > 1 ? names : []
    request.above = legendHeight(legend, width: size.planeWidth)
    let frame = PlotFrame(request)
    let regions = pieces?.count ?? regionCount
    let units = samples.first?.reduce(0) { $0 + $1.count } ?? 0
    var words = TextBuffer()
    words.appendGrouped(regions)
    words.append(regions == 1 ? " region" : " regions" as StaticString)
    if pieces == nil {
      words.append(" seen on a grid of ")
      words.append(grid.columns)
      words.append(" × ")
      words.append(grid.rows)
      words.append(" points")
    }
    words.append(", cut by ")
    words.append(units)
    words.append(" units")
    if pieces != nil { words.append("; the darker a region, the more of them are on") }
    return Drawing(
      width: frame.width, height: frame.height,
      title: title.utf8.isEmpty ? "Linear regions" : title, description: words.string
    ) { canvas in
      if !legend.isEmpty {
        canvas.legend(
          legend, at: Point(x: 2, y: title.utf8.isEmpty ? 14 : 32), width: frame.width
        ) { index, point in
          canvas.line(
            Point(x: point.x - 8, y: point.y), Point(x: point.x + 8, y: point.y), .series(index),
            width: 2 - 0.5 * Double(min(index, 2)), dashed: index % 2 == 1)
        }
      }
      if let pieces { draw(pieces, units: units, frame, canvas) }
      frame.drawAxes(on: canvas, grid: false)
      drawLines(frame, canvas, layerCount)
    }
  }

  /// One path for each number of active units.
  private func draw(_ pieces: [Piece], units: Int, _ frame: PlotFrame, _ canvas: Canvas) {
    var shades = [PathData](repeating: PathData(), count: units + 1)
    var bytes = 0
    for piece in pieces where bytes < 14_000 && (1...units).contains(piece.active) {
      for (index, corner) in piece.corners.enumerated() {
        let point = frame.point(corner.x, corner.y)
        if index == 0 { shades[piece.active].move(to: point) }
        if index > 0 { shades[piece.active].line(to: point) }
      }
      shades[piece.active].close()
      bytes += 11 * piece.corners.count
    }
    for (active, path) in shades.enumerated() where !path.isEmpty {
      canvas.path(path, fill: .blue, opacity: 0.04 + 0.34 * Double(active) / Double(units))
    }
  }

  private func drawLines(_ frame: PlotFrame, _ canvas: Canvas, _ layerCount: Int) {
    var bytes = 0
    for layer in (0..<layerCount).reversed() {
      var data = PathData()
      for unit in 0..<(samples.first?[layer].count ?? 0) where bytes < 18_000 {
        let field = grid.with(
          samples.map { unit < $0[layer].count ? Double($0[layer][unit]) : .nan })
        let line = field.line(at: 0, in: frame)
        bytes += line.bytes.count
        data.append(line)
      }
      canvas.path(
        data, stroke: .series(layer), width: 2 - 0.5 * Double(min(layer, 2)),
        dash: layer % 2 == 1 ? "4 3" : nil)
    }
  }

  /// How many different patterns of active units there are among the samples. Each pattern is
  /// mixed into 64 bits, in which two of a few thousand do not meet by chance.
  private var regionCount: Int {
    var patterns = samples.map { layers in
      var mixed: UInt64 = 0xCBF2_9CE4_8422_2325
      for units in layers {
        for unit in units { mixed = (mixed ^ (unit > 0 ? 1 : 2)) &* 0x100_0000_01B3 }
      }
      return mixed
    }
    patterns.sort()
    var count = patterns.isEmpty ? 0 : 1
    for (one, next) in zip(patterns, patterns.dropFirst()) where one != next { count += 1 }
    return count
  }
}
