/// Draws what a network with one output answers over the plane: orange below one half, blue above,
/// the boundary between, and the data on top.
///
/// ```swift
/// decisionRegions(x: -1.5...2.5, y: -1...1.5, points: data, classes: labels) { net(x: $0, y: $1) }
/// ```
@export(interface)
public func decisionRegions(
  x xRange: ClosedRange<Float>, y yRange: ClosedRange<Float>, points: [(Float, Float)] = [],
  classes: [Int] = [], names: [String] = [], boundary: Float = 0.5, title: String = "",
  xLabel: String = "x₁", yLabel: String = "x₂", _ output: @escaping (Float, Float) -> Float
) -> Figure {
  Figure { size in
    let field = Field(
      x: xRange, y: yRange, resolution: size == .full ? 60 : 44, output)
    return RegionPlot(
      fields: [field], boundary: Double(boundary),
      groups: PointGroups(
        x: points.map { Double($0.0) }, y: points.map { Double($0.1) }, classes: classes,
        names: names), names: names, hasPoints: !points.isEmpty, title: title, xLabel: xLabel,
      yLabel: yLabel
    ).drawing(size)
  }
}

/// Draws which class a network with one output per class chooses over the plane.
@export(interface)
public func decisionRegions(
  classCount: Int, x xRange: ClosedRange<Float>, y yRange: ClosedRange<Float>,
  points: [(Float, Float)] = [], classes: [Int] = [], names: [String] = [], title: String = "",
  xLabel: String = "x₁", yLabel: String = "x₂", _ outputs: @escaping (Float, Float) -> [Float]
) -> Figure {
  Figure { size in
    let grid = Field.grid(
      x: Double(xRange.lowerBound)...Double(xRange.upperBound),
      y: Double(yRange.lowerBound)...Double(yRange.upperBound), resolution: size == .full ? 60 : 44)
    let answers = grid.sites.map { outputs(Float($0.x), Float($0.y)) }
    return RegionPlot(
      fields: fields(of: answers, classCount: classCount, on: grid), boundary: 0,
      groups: PointGroups(
        x: points.map { Double($0.0) }, y: points.map { Double($0.1) }, classes: classes,
        names: names, classCount: classCount), names: names, hasPoints: !points.isEmpty,
      title: title, xLabel: xLabel,
      yLabel: yLabel
    ).drawing(size)
  }
}

/// One field per class: by how much its output exceeds every other, so that zero is its border.
@export(interface)
func fields(of answers: [[Float]], classCount: Int, on grid: Field) -> [Field] {
  (0..<classCount).map { one in
    grid.with(
      answers.map { answer in
        guard one < answer.count else { return .nan }
        var rival = -Float.infinity
        for (index, value) in answer.enumerated() where index != one { rival = max(rival, value) }
        return Double(answer[one] - rival)
      })
  }
}

struct RegionPlot {
  let fields: [Field]
  let boundary: Double
  let groups: PointGroups
  let names: [String]
  let hasPoints: Bool
  let title: String
  let xLabel: String
  let yLabel: String

  /// More than this would make a page slow to load.
  private static let mostBytes = 14_000

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    var request = PlotFrame.Request(
      size: size, title: title, xAxis: Axis(xLabel), yAxis: Axis(yLabel))
    let field = fields[0]
    request.xValues = DataRange([field.x.lowerBound, field.x.upperBound])
    request.yValues = DataRange([field.y.lowerBound, field.y.upperBound])
    request.xExactly = true
    request.yExactly = true
    request.isPlane = true
    let legend = hasPoints && groups.isNamed && !names.isEmpty && groups.count <= 4 ? names : []
    request.above = legendHeight(legend, width: size.planeWidth)
    let frame = PlotFrame(request)
    return Drawing(
      width: frame.width, height: frame.height,
      title: title.utf8.isEmpty ? "Decision regions" : title, description: words
    ) { canvas in
      if !legend.isEmpty {
        groups.drawLegend(
          on: canvas, at: Point(x: 2, y: title.utf8.isEmpty ? 14 : 32), width: frame.width)
      }
      frame.drawAxes(on: canvas, grid: false)
      if fields[0].values.allSatisfy({ $0.isNaN }) {
        frame.drawNote("no finite values", on: canvas)
      }
      if fields.count == 1 {
        drawShades(fields[0], frame, canvas)
      } else {
        drawClasses(frame, canvas)
      }
      if hasPoints {
        groups.draw(in: frame, on: canvas, size: groups.size(size == .full ? 6.5 : 5))
      }
    }
  }

  /// Bands of confidence on both sides of the boundary, laid over each other.
  private func drawShades(_ field: Field, _ frame: PlotFrame, _ canvas: Canvas) {
    let below = field.with(field.values.map { -$0 })
    // Outputs between 0 and 1 get bands at tenths; others get bands over their own range.
    let extent = DataRange(field.values)
    let reach = max(max(extent.upper - boundary, boundary - extent.lower), 0)
    let isProbability = boundary == 0.5 && extent.lower >= -0.001 && extent.upper <= 1.001
    let step = isProbability ? 0.1 : reach / 5
    var bytes = 0
    var bands: [(PathData, Ink)] = []
    for level in 0..<5 {
      let distance = Double(level) * step
      for (side, start, color) in [
        (field, boundary + distance, Ink.blue), (below, (distance - boundary).nextUp, .orange),
      ] {
        let band = side.area(from: start, in: frame)
        bytes += band.bytes.count
        // A field that is all noise is drawn with fewer bands, or from fewer samples.
        if bytes > Self.mostBytes {
          if level > 0 { continue }
          return drawShades(field.coarser, frame, canvas)
        }
        bands.append((band, color))
      }
      if step == 0 { break }
    }
    for (band, color) in bands { canvas.path(band, fill: color, opacity: 0.16) }
    let line = field.line(at: boundary, in: frame)
    if line.bytes.count < Self.mostBytes { canvas.path(line, stroke: .ink, width: 1.5) }
  }

  private func drawClasses(_ frame: PlotFrame, _ canvas: Canvas) {
    for (index, field) in fields.enumerated() {
      let region = field.area(from: 0, in: frame)
      canvas.path(
        region, fill: PointGroups.ink(index, of: fields.count), stroke: .paper, width: 1.5,
        opacity: 0.32)
    }
  }

  private var words: String {
    var text = TextBuffer()
    if fields.count == 1 {
      var (above, number) = (0, 0)
      for value in fields[0].values where !value.isNaN {
        number += 1
        if value >= boundary { above += 1 }
      }
      if number == 0 {
        text.append("the output has no finite value here")
      } else {
        text.append("the output is at least ")
        text.appendFigureNumber(boundary)
        text.append(" on ")
        text.append(Int((Double(above) / Double(number) * 100).rounded(.toNearestOrEven)))
        text.append("% of the plane shown")
      }
    } else {
      text.append("shares of the plane shown: ")
      for (index, field) in fields.enumerated() {
        if index > 0 { text.append(", ") }
        text.append(index < names.count ? names[index] : figureNumber(Double(index)))
        let own = field.values.filter { $0 >= 0 }.count
        text.append(" ")
        text.append(
          Int((Double(own) / Double(max(field.values.count, 1)) * 100).rounded(.toNearestOrEven)))
        text.append("%")
      }
    }
    if hasPoints {
      text.append("; ")
      text.append(groups.words)
    }
    return text.string
  }
}
