/// Draws how a number of parameters grows with a size, with one size marked.
///
/// ```swift
/// parameterCurve(over: 1...512, x: "width", at: 128) { width in 784 * width + width + width * 10 + 10 }
/// ```
public func parameterCurve(
  over sizes: ClosedRange<Int>, x: String = "width", at marked: Int? = nil, title: String = "",
  y: Axis = "parameters", _ count: @escaping (Int) -> Int
) -> Figure {
  parameterCurves([("", count)], over: sizes, x: x, at: marked, title: title, y: y)
}

/// Draws several counts against the same size.
public func parameterCurves(
  _ counts: [(name: String, count: (Int) -> Int)], over sizes: ClosedRange<Int>,
  x: String = "width", at marked: Int? = nil, title: String = "", y: Axis = "parameters"
) -> Figure {
  // No more sizes than the width of the figure shows.
  let span = sizes.upperBound - sizes.lowerBound
  let steps = min(span, 240)
  let sampled = (0...max(steps, 0)).map { sizes.lowerBound + (steps == 0 ? 0 : span * $0 / steps) }
  var marks: [Mark] = []
  if let marked {
    let most = counts.reduce(0) { max($0, $1.count(marked)) }
    // A number on the axis would only be in the way of the axis.
    for (index, item) in counts.enumerated().prefix(3) where item.count(marked) > most / 100 {
      var mark = Mark.point(marked, item.count(marked), figureCount(item.count(marked)))
      if counts.count > 1 { mark.color = .series(index) }
      marks.append(mark)
    }
  }
  return linePlot(
    counts.map { item in Series(item.name, x: sampled, y: sampled.map { item.count($0) }) },
    title: title, x: Axis(x), y: y, marks: marks)
}
