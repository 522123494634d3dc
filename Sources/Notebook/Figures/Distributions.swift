/// Draws the distribution of values in each layer, such as activations or gradients, on one scale.
///
/// ```swift
/// distributions(["layer 1", "layer 2"], [first, second], x: "activation")
/// ```
public func distributions<Value: ShownNumber>(
  _ names: [String], _ values: [[Value]], title: String = "", x: Axis = ""
) -> Figure {
  let values = values.map { doubles($0) }
  return Figure { size in
    Distributions(names: names, values: values, title: title, xAxis: x).drawing(size)
  }
}

struct Distributions {
  let names: [String]
  let values: [[Double]]
  let title: String
  let xAxis: Axis

  private static let rowHeight = 40.0
  private static let binCount = 40

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    var extent = DataRange()
    for row in values { for value in row { extent.include(value) } }
    var left = 10.0
    for name in names { left = max(left, textWidth(name, size: 12) + 14) }
    left = min(left, size.width * 0.35)
    // Beside each row stand its mean and spread.
    let notes = values.map { note($0) }
    var right = 10.0
    for note in notes { right = max(right, textWidth(note, size: 12) + 12) }
    if size == .third { right = 10 }
    let top = title.utf8.isEmpty ? 4.0 : 26
    let bottom = top + Double(max(values.count, 1)) * Self.rowHeight
    let scale = Scale(covering: extent, kind: .linear, exactly: true, tickCount: 5)
      .mapped(from: left, to: size.width - right)
    return Drawing(
      width: size.width, height: bottom + (xAxis.label.utf8.isEmpty ? 24 : 40),
      title: title.utf8.isEmpty ? "Distributions by layer" : title, description: words
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      if extent.isEmpty {
        canvas.text(
          "no values to draw", at: Point(x: size.width / 2, y: top + 24), .middle, .muted)
        return
      }
      if scale.lower < 0, scale.upper > 0 {
        canvas.line(Point(x: scale(0), y: top), Point(x: scale(0), y: bottom), .grid)
      }
      for (index, row) in values.enumerated() {
        let base = top + Double(index + 1) * Self.rowHeight - 4
        if index < names.count {
          canvas.text(
            shortened(names[index], width: left - 8), at: Point(x: left - 6, y: base - 8), .end)
        }
        draw(row, scale, base: base, canvas)
        canvas.line(Point(x: left, y: base), Point(x: size.width - right, y: base), .muted)
        if size != .third {
          canvas.text(
            notes[index], at: Point(x: size.width - right + 6, y: base - 8), .start, .muted)
        }
      }
      var previousEnd = -1.0
      for tick in scale.ticks(count: size == .full ? 5 : 3) {
        let half = textWidth(tick.label, size: 12) / 2
        guard scale(tick.value) - half > previousEnd + 4 else { continue }
        previousEnd = scale(tick.value) + half
        canvas.text(tick.label, at: Point(x: scale(tick.value), y: bottom + 14), .middle, .muted)
      }
      canvas.text(xAxis.label, at: Point(x: size.width - right, y: bottom + 32), .end)
    }
  }

  /// A silhouette of counts; each row has its own height, so that narrow ones do not hide others.
  private func draw(_ row: [Double], _ scale: Scale, base: Double, _ canvas: Canvas) {
    var counts = [Int](repeating: 0, count: Self.binCount)
    let width = (scale.upper - scale.lower) / Double(Self.binCount)
    for value in row where value.isFinite {
      counts[min(max(Int((value - scale.lower) / width), 0), Self.binCount - 1)] += 1
    }
    guard let highest = counts.max(), highest > 0 else { return }
    var data = PathData()
    data.move(to: Point(x: scale(scale.lower), y: base))
    for (index, count) in counts.enumerated() {
      let y = base - Double(count) / Double(highest) * (Self.rowHeight - 8)
      data.line(to: Point(x: scale(scale.lower + Double(index) * width), y: y))
      data.line(to: Point(x: scale(scale.lower + Double(index + 1) * width), y: y))
    }
    data.line(to: Point(x: scale(scale.upper), y: base))
    data.close()
    canvas.path(data, fill: .blue, opacity: 0.85)
  }

  private func moments(_ row: [Double]) -> (mean: Double, deviation: Double) {
    var (count, mean, squares) = (0.0, 0.0, 0.0)
    for value in row where value.isFinite {
      count += 1
      let change = value - mean
      mean += change / count
      squares += change * (value - mean)
    }
    return (mean, count > 0 ? (squares / count).squareRoot() : 0)
  }

  private func note(_ row: [Double]) -> String {
    let (mean, deviation) = moments(row)
    var text = TextBuffer()
    text.appendFigureNumber(mean, digits: 2)
    text.append(" ± ")
    text.appendFigureNumber(deviation, digits: 2)
    return text.string
  }

  private var words: String {
    var text = TextBuffer()
    for (index, row) in values.enumerated() {
      if index > 0 { text.append("; ") }
      if index < names.count {
        text.append(names[index])
        text.append(": ")
      }
      text.append("mean and deviation ")
      text.append(note(row))
      let zeros = row.filter { $0 == 0 }.count
      if zeros > 0, !row.isEmpty {
        text.append(", ")
        text.append(Int((Double(zeros) / Double(row.count) * 100).rounded(.toNearestOrEven)))
        text.append("% exactly zero")
      }
    }
    return values.isEmpty ? "no layers" : text.string
  }
}
