extension LinePlot {
  /// The series that carry the names: of several with one name the first line.
  var named: [Int] {
    var kept: [Int] = []
    for (index, one) in series.enumerated() where !one.name.utf8.isEmpty {
      if let place = kept.firstIndex(where: { isSame(series[$0].name, one.name) }) {
        if series[kept[place]].style == .points { kept[place] = index }
      } else {
        kept.append(index)
      }
    }
    return kept
  }

  /// Places along the lines, close enough together that none falls through a label.
  func samples(_ lines: [[[Point]]]) -> [Point] {
    var samples: [Point] = []
    for line in lines {
      for piece in line {
        let points = simplified(piece, columns: 120)
        if let last = points.last { samples.append(last) }
        for (start, end) in zip(points, points.dropFirst()) {
          let length = max((end.x - start.x).magnitude, (end.y - start.y).magnitude)
          let steps = max(Int(length / 5), 1)
          for step in 0..<steps {
            let share = Double(step) / Double(steps)
            samples.append(
              Point(
                x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share))
          }
        }
      }
    }
    return samples
  }

  /// Names stand beside the ends of their lines; where a line ends inside the plot, wherever
  /// they hide the least.
  func drawNames(
    _ named: [Int], _ lines: [[[Point]]], _ colors: [Int], _ frame: PlotFrame, _ canvas: Canvas,
    avoiding places: [Point]
  ) {
    let area = frame.area
    var atEdge: [(index: Int, end: Point)] = []
    for index in named {
      guard var end = lines[index].last?.last else { continue }
      end.y = min(max(end.y, area.y), area.bottom)
      if end.x < area.right - 20 {
        frame.drawLabel(
          series[index].name, beside: end, on: canvas, avoiding: places, .series(colors[index]))
      } else {
        atEdge.append((index, end))
      }
    }
    // The lowest keeps clear of the axis and of the number below it.
    // Lines that end at one place are named in their own order.
    let heights = spread(
      atEdge.map { ($0.end.y / 6).rounded(.down) * 6 + 3 }, spacing: 15, from: area.y,
      to: area.bottom - 7)
    for (item, height) in zip(atEdge, heights) {
      canvas.text(
        series[item.index].name, at: Point(x: min(item.end.x, area.right) + 8, y: height + 4),
        .start, .series(colors[item.index]), halo: item.end.x < area.right - 6)
    }
  }
}
