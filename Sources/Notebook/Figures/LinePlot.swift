/// Draws values against their number, from 1.
///
/// ```swift
/// plot(losses, x: "epoch", y: "loss")
/// ```
public func plot<Y: ShownNumber>(
  _ values: [Y], title: String = "", x: Axis = "", y: Axis = "", marks: [Mark] = []
) -> Figure {
  linePlot([Series("", values)], title: title, x: x, y: y, marks: marks)
}

/// Draws values against `x`.
///
/// ```swift
/// plot(widths, errors, x: "width", y: .log("error"))
/// ```
public func plot<X: ShownNumber, Y: ShownNumber>(
  _ xs: [X], _ ys: [Y], title: String = "", x: Axis = "", y: Axis = "", marks: [Mark] = []
) -> Figure {
  linePlot([Series("", x: xs, y: ys)], title: title, x: x, y: y, marks: marks)
}

/// Draws several series, each with its name at its end.
public func plot(
  _ series: Series..., title: String = "", x: Axis = "", y: Axis = "", marks: [Mark] = []
) -> Figure {
  linePlot(series, title: title, x: x, y: y, marks: marks)
}

/// Draws a list of series.
public func plot(
  _ series: [Series], title: String = "", x: Axis = "", y: Axis = "", marks: [Mark] = []
) -> Figure {
  linePlot(series, title: title, x: x, y: y, marks: marks)
}

/// Draws a function.
///
/// ```swift
/// plot(over: -4...4, y: "σ(x)") { 1 / (1 + exp(-$0)) }
/// plot(over: 0...1, breaks: LinearPieces(of: net, over: 0...1).outputBreakpoints) { … }
/// ```
///
/// - Parameters:
///   - range: what the horizontal axis spans.
///   - samples: at how many equal steps the function is computed.
///   - breaks: where it bends or jumps; it is drawn through these places, too.
///   - title: stands above the plot, and begins its alternative text.
///   - x: the horizontal axis: a label, or how it is divided.
///   - y: the vertical axis; its ends follow from the function unless stated.
///   - marks: lines and points that are drawn in with their names.
///   - function: takes and gives the engine's 32-bit numbers.
public func plot(
  over range: ClosedRange<Float>, samples: Int = 240, breaks: [Double] = [], title: String = "",
  x: Axis = "", y: Axis = "", marks: [Mark] = [], _ function: (Float) -> Float
) -> Figure {
  linePlot(
    [Series(over: range, samples: samples, breaks: breaks, function)], title: title, x: x, y: y,
    marks: marks)
}

func linePlot(_ series: [Series], title: String, x: Axis, y: Axis, marks: [Mark]) -> Figure {
  Figure { size in
    LinePlot(series: series, title: title, xAxis: x, yAxis: y, marks: marks).drawing(size)
  }
}

struct LinePlot {
  let series: [Series]
  let title: String
  let xAxis: Axis
  let yAxis: Axis
  let marks: [Mark]

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    let named = self.named
    let names = named.map { series[$0].name }
    let colors = series.colors
    var widest = 0.0
    for name in names { widest = max(widest, textWidth(name, size: 12)) }
    // Names stand at the ends of the lines while they leave room for the lines.
    let namesAtEnds = !names.isEmpty && widest < size.width * 0.32 && series.count <= 8
    let legend = namesAtEnds ? [] : names

    var request = PlotFrame.Request(size: size, title: title, xAxis: xAxis, yAxis: yAxis)
    let (xLog, yLog) = (xAxis.kind == .log, yAxis.kind == .log)
    for one in series {
      for index in one.x.indices
      where one.x[index].isFinite && one.y[index].isFinite
        && (!xLog || one.x[index] > 0) && (!yLog || one.y[index] > 0)
      {
        request.xValues.include(one.x[index])
        request.yValues.include(one.y[index])
      }
      for bound in one.low + one.high { request.yValues.include(bound, positive: yLog) }
    }
    let isEmpty = request.xValues.isEmpty
    request.xValues.includeX(of: marks, positive: xLog)
    request.yValues.includeY(of: marks, positive: yLog)
    request.right = namesAtEnds ? widest + 16 : 0
    request.above = legendHeight(legend, width: size.width)
    request.xExactly = true
    let frame = PlotFrame(request)
    let lines = series.map { unbroken($0.x, $0.y, frame) }

    return Drawing(
      width: frame.width, height: frame.height, title: wordsForTitle, description: words
    ) { canvas in
      if !legend.isEmpty {
        let top = title.utf8.isEmpty ? 14.0 : 32
        canvas.legend(legend, at: Point(x: 2, y: top), width: size.width) { index, point in
          let (one, color) = (series[named[index]], colors[named[index]])
          let sample = [Point(x: point.x - 8, y: point.y), Point(x: point.x + 8, y: point.y)]
          draw(one, one.style == .points ? [[point]] : [sample], color, 4, canvas)
        }
      }
      frame.drawAxes(on: canvas)
      if isEmpty { frame.drawNothing(on: canvas) }
      let content = {
        for (index, one) in series.enumerated() { drawBand(one, colors[index], frame, canvas) }
        let columns = max(Int(frame.area.width) / max(series.count / 2, 1) / 2, 16)
        for (index, one) in series.enumerated() {
          draw(one, lines[index], colors[index], columns, canvas)
        }
      }
      if xAxis.hasFixedRange || yAxis.hasFixedRange {
        let hasDots = series.contains { $0.style == .points || $0.style == .pointsAndLine }
        frame.clipped(on: canvas, margin: hasDots ? 4 : 0, content)
      } else {
        content()
      }
      let places = marks.isEmpty && !namesAtEnds ? [] : samples(lines)
      frame.draw(marks, on: canvas, avoiding: places)
      if namesAtEnds { drawNames(named, lines, colors, frame, canvas, avoiding: places) }
    }
  }

  private func draw(
    _ one: Series, _ pieces: [[Point]], _ number: Int, _ columns: Int, _ canvas: Canvas
  ) {
    let color = Ink.series(number)
    if one.style != .points {
      var data = PathData()
      for piece in pieces where piece.count > 1 {
        data.polyline(simplified(piece, columns: columns))
      }
      // A second cue besides color, from the second line on.
      let dash: StaticString? =
        one.style == .dashed ? "6 4" : number % 6 == 3 ? "9 3" : number % 6 == 4 ? "2 3" : nil
      canvas.markup.begin("g")
      canvas.markup.set("stroke-linejoin", "round")
      // Many lines of one name, such as one for each seed, are a bundle.
      let isBundle = !one.name.utf8.isEmpty && series.count { isSame($0.name, one.name) } > 2
      canvas.path(
        data, stroke: color, width: isBundle ? 1.2 : 2, dash: dash,
        opacity: one.opacity < 1 ? one.opacity : isBundle ? 0.7 : 1)
      canvas.markup.end()
    }
    // A point between gaps has no line to be seen by.
    var single: [Point] = []
    for piece in pieces
    where one.style == .points || one.style == .pointsAndLine || piece.count == 1 {
      single += piece
    }
    let kept = thinned(single, limit: 1500 / max(series.count, 1))
    canvas.dots(
      kept.map { single[$0] }, Marker.number(number), color, size: one.dotSize,
      opacity: one.opacity)
  }

  private func drawBand(_ one: Series, _ index: Int, _ frame: PlotFrame, _ canvas: Canvas) {
    let count = min(one.low.count, one.high.count, one.x.count)
    guard count > 1 else { return }
    let columns = max(Int(frame.area.width) / 4, 16)
    let low = unbroken(Array(one.x.prefix(count)), one.low, frame)
    let high = unbroken(Array(one.x.prefix(count)), one.high, frame)
    guard let first = high.first, let second = low.first else { return }
    var data = PathData()
    let above = simplified(first, columns: columns)
    let below = simplified(second, columns: columns)
    data.polyline(above + below.reversed())
    data.close()
    canvas.path(data, fill: .series(index), opacity: 0.18)
  }

  /// The points that can be drawn, split where one in between cannot. Of very many those are kept
  /// that are seen.
  private func unbroken(_ x: [Double], _ y: [Double], _ frame: PlotFrame) -> [[Point]] {
    let count = min(x.count, y.count)
    var extremes = ColumnExtremes(width: count > 4000 ? 0.5 : 0)
    var pieces: [[Point]] = []
    for index in 0...count {
      if index < count, frame.accepts(x[index], y[index]) {
        extremes.append(frame.point(x[index], y[index]))
      } else {
        let piece = extremes.finished()
        if !piece.isEmpty { pieces.append(piece) }
      }
    }
    return pieces
  }
}
