/// Draws how often values fall into ranges of equal width.
///
/// ```swift
/// histogram(weights, x: "weight")
/// ```
public func histogram<Value: ShownNumber>(
  _ values: [Value], bins: Int? = nil, title: String = "", x: Axis = "", y: Axis = "count",
  marks: [Mark] = []
) -> Figure {
  let values = doubles(values)
  return Figure { size in
    let bins = Bins(values, count: bins)
    return histogramDrawing(bins, size, title: title, x: x, y: y, marks: marks)
  }
}

/// Values counted in ranges of equal width with round ends.
struct Bins {
  private(set) var counts: [Int] = []
  private(set) var lower = 0.0
  private(set) var width = 1.0
  private(set) var extent: DataRange
  private(set) var total = 0
  private(set) var mean = 0.0
  private(set) var notFinite = 0

  var upper: Double { lower + width * Double(counts.count) }

  init(_ values: [Double], count wanted: Int?, covering given: DataRange? = nil) {
    extent = DataRange(values)
    guard !extent.isEmpty else {
      notFinite = values.count
      return
    }
    let range = given ?? extent
    let count = wanted ?? min(max(Int(Double(values.count).squareRoot()), 5), 40)
    let scale = Scale(covering: range, kind: .linear, exactly: true, tickCount: 5)
    let step = TickStep(spanning: scale.upper - scale.lower, count: max(count, 1)).value
    if wanted != nil {
      lower = scale.lower
      width = (scale.upper - scale.lower) / Double(max(count, 1))
    } else {
      lower = (scale.lower / step + 1e-9).rounded(.down) * step
      width = step
    }
    let number = max(Int(((scale.upper - lower) / width - 1e-9).rounded(.up)), 1)
    counts = Array(repeating: 0, count: min(number, 400))
    for value in values {
      guard value.isFinite else {
        notFinite += 1
        continue
      }
      let index = Int(((value - lower) / width).rounded(.down))
      counts[min(max(index, 0), counts.count - 1)] += 1
      total += 1
      mean += (value - mean) / Double(total)
    }
  }
}

func histogramDrawing(
  _ bins: Bins, _ size: FigureSize, title: String, x: Axis, y: Axis, marks: [Mark]
) -> Drawing {
  var request = PlotFrame.Request(size: size, title: title, xAxis: x, yAxis: y)
  request.xValues = DataRange(bins.counts.isEmpty ? [] : [bins.lower, bins.upper])
  request.yValues = DataRange(bins.counts.isEmpty ? [0, 1] : bins.counts.map { Double($0) } + [0])
  request.xValues.includeX(of: marks, positive: false)
  request.xExactly = true
  let frame = PlotFrame(request)
  let name = title.utf8.isEmpty ? (x.label.utf8.isEmpty ? "Histogram" : x.label) : title
  return Drawing(
    width: frame.width, height: frame.height, title: name, description: words(for: bins)
  ) { canvas in
    frame.drawAxes(on: canvas)
    if bins.counts.isEmpty { frame.drawNothing(on: canvas) }
    var data = PathData()
    for (index, count) in bins.counts.enumerated() where count > 0 {
      let left = frame.x(bins.lower + Double(index) * bins.width)
      let right = frame.x(bins.lower + Double(index + 1) * bins.width)
      let top = frame.y(Double(count))
      let gap = right - left > 4 ? 0.5 : 0
      data.rectangle(
        Rectangle(
          x: left + gap, y: top, width: right - left - 2 * gap, height: frame.area.bottom - top))
    }
    canvas.path(data, fill: .blue)
    frame.draw(marks, on: canvas)
  }
}

private func words(for bins: Bins) -> String {
  var text = TextBuffer()
  text.appendGrouped(bins.total)
  text.append(bins.total == 1 ? " value" : " values" as StaticString)
  if bins.total > 0 {
    text.append(" from ")
    text.appendFigureNumber(bins.extent.lower, digits: 3)
    text.append(" to ")
    text.appendFigureNumber(bins.extent.upper, digits: 3)
    text.append(", mean ")
    text.appendFigureNumber(bins.mean, digits: 3)
  }
  if bins.notFinite > 0 {
    text.append("; not finite: ")
    text.appendGrouped(bins.notFinite)
  }
  return text.string
}
