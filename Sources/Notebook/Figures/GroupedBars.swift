/// Bars of several series, one group below the other, a color for each series.
struct GroupedBars {
  let names: [String]
  let series: [Series]
  let title: String
  let axis: Axis

  /// More bars than this would not be read one by one.
  private static let mostBars = 40

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    var count = names.count
    for one in series { count = min(count, one.y.count) }
    if series.isEmpty { count = 0 }
    let shown = min(count, max(Self.mostBars / max(series.count, 1), 1))
    let barHeight = 15.0
    let groupHeight = Double(max(series.count, 1)) * barHeight + 9
    let legend = series.map { $0.name }
    let legendTop = 6 + (title.utf8.isEmpty ? 0.0 : 20)
    let top =
      legendTop + legendHeight(legend, width: size.width) + (axis.label.utf8.isEmpty ? 0.0 : 20)
    let isCut = shown < count
    let height = top + Double(max(shown, 1)) * groupHeight + (isCut ? 20.0 : 4)

    var (nameWidth, numberWidth) = (0.0, 0.0)
    var extent = DataRange([0])
    for index in 0..<shown {
      nameWidth = max(nameWidth, textWidth(names[index], size: 12))
      for one in series {
        numberWidth = max(numberWidth, textWidth(figureNumber(one.y[index]), size: 12))
        extent.include(one.y[index])
      }
    }
    nameWidth = min(nameWidth + 3, size.width * 0.45)
    let left = nameWidth + 10 + (extent.lower < 0 ? numberWidth + 6 : 0)
    let right = size.width - numberWidth - 8
    let scale = Scale(covering: extent, kind: .linear, exactly: true, tickCount: 5)
      .mapped(from: left, to: max(right, left + 20))
    let colors = series.colors

    return Drawing(
      width: size.width, height: height, title: wordsForTitle, description: words(count)
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      canvas.legend(legend, at: Point(x: 2, y: legendTop + 10), width: size.width) { index, point in
        canvas.rectangle(
          Rectangle(x: point.x - 6, y: point.y - 5, width: 12, height: 10),
          fill: .series(colors[index]))
      }
      canvas.text(axis.label, at: Point(x: left, y: top - 8))
      if shown == 0 {
        canvas.text("no values to draw", at: Point(x: size.width / 2, y: top + 14), .middle, .muted)
        return
      }
      let zero = scale(0)
      func end(_ value: Double) -> Double { scale(min(max(value, -1e300), 1e300)) }
      for (number, one) in series.enumerated() {
        var bars = PathData()
        for index in 0..<shown where one.y[index].isFinite {
          let end = end(one.y[index])
          bars.rectangle(
            Rectangle(
              x: min(zero, end), y: place(index, number, top, groupHeight, barHeight) + 1,
              width: (end - zero).magnitude, height: barHeight - 2))
        }
        canvas.path(bars, fill: .series(colors[number]))
      }
      canvas.line(
        Point(x: zero, y: top), Point(x: zero, y: top + Double(shown) * groupHeight), .muted)
      for index in 0..<shown {
        let middle = top + Double(index) * groupHeight + groupHeight / 2 + 4
        canvas.text(
          shortened(names[index], width: nameWidth), at: Point(x: nameWidth, y: middle), .end)
        for (number, one) in series.enumerated() {
          let value = one.y[index]
          let y = place(index, number, top, groupHeight, barHeight) + barHeight / 2 + 4
          let end = value.isFinite ? end(value) : zero
          canvas.text(
            figureNumber(value), at: Point(x: value < 0 ? end - 5 : end + 5, y: y),
            value < 0 ? .end : .start, .muted)
        }
      }
      if isCut {
        var rest = TextBuffer()
        rest.append("and ")
        rest.appendGrouped(count - shown)
        rest.append(" more")
        canvas.text(rest.string, at: Point(x: left, y: height - 6), .start, .muted)
      }
    }
  }

  private func place(
    _ group: Int, _ number: Int, _ top: Double, _ groupHeight: Double, _ barHeight: Double
  ) -> Double {
    top + Double(group) * groupHeight + 4 + Double(number) * barHeight
  }

  private var wordsForTitle: String {
    if !title.utf8.isEmpty { return title }
    return axis.label.utf8.isEmpty ? "Bar chart" : axis.label
  }

  /// "SGD: train 0.91, test 0.88; Adam: …"
  private func words(_ count: Int) -> String {
    var text = TextBuffer()
    for index in 0..<min(count, 12) {
      if index > 0 { text.append("; ") }
      text.append(names[index])
      for (number, one) in series.enumerated() {
        text.append(number == 0 ? ": " : ", " as StaticString)
        text.append(one.name)
        text.append(" ")
        text.appendFigureNumber(one.y[index])
      }
    }
    if count > 12 {
      text.append("; and ")
      text.appendGrouped(count - 12)
      text.append(" more")
    }
    return count == 0 ? "no values" : text.string
  }
}
