/// Draws named values as bars, each with its number.
///
/// ```swift
/// bars(["constant", "funnel"], [400_906, 244_522], value: "parameters")
/// ```
public func bars<Value: ShownNumber>(
  _ names: [String], _ values: [Value], title: String = "", value: Axis = ""
) -> Figure {
  let values = doubles(values)
  return Figure { size in
    BarChart(names: names, values: values, title: title, axis: value).drawing(size)
  }
}

/// Draws named values of several series as bars side by side, each with its number.
///
/// ```swift
/// bars(["SGD", "Adam"], Series("train", [0.91, 0.97]), Series("test", [0.88, 0.92]), value: "accuracy")
/// ```
public func bars(
  _ names: [String], _ series: Series..., title: String = "", value: Axis = ""
) -> Figure {
  Figure { size in
    GroupedBars(names: names, series: series, title: title, axis: value).drawing(size)
  }
}

struct BarChart {
  let names: [String]
  let values: [Double]
  let title: String
  let axis: Axis

  /// More bars than this would not be read one by one.
  private static let mostBars = 40

  @export(interface)
  func drawing(_ size: FigureSize) -> Drawing {
    let count = min(names.count, values.count)
    let shown = min(count, Self.mostBars)
    let rowHeight = 22.0
    let top = 6 + (title.utf8.isEmpty ? 0.0 : 20) + (axis.label.utf8.isEmpty ? 0.0 : 20)
    let bottom = shown < count ? 20.0 : 4
    let height = top + Double(max(shown, 1)) * rowHeight + bottom

    var nameWidth = 0.0
    var numberWidth = 0.0
    var extent = DataRange([0])
    for index in 0..<shown {
      nameWidth = max(nameWidth, textWidth(names[index], size: 12))
      numberWidth = max(numberWidth, textWidth(figureNumber(values[index]), size: 12))
      extent.include(values[index])
    }
    nameWidth = min(nameWidth + 3, size.width * 0.45)
    let left = nameWidth + 10 + (extent.lower < 0 ? numberWidth + 6 : 0)
    let right = size.width - numberWidth - 8
    let scale = Scale(covering: extent, kind: .linear, exactly: true, tickCount: 5)
      .mapped(from: left, to: max(right, left + 20))

    return Drawing(
      width: size.width, height: height, title: wordsForTitle, description: words
    ) { canvas in
      canvas.text(title, at: Point(x: 2, y: 14), size: 13, bold: true)
      canvas.text(axis.label, at: Point(x: left, y: top - 8))
      if shown == 0 {
        canvas.text("no values to draw", at: Point(x: size.width / 2, y: top + 14), .middle, .muted)
      }
      let zero = scale(0)
      var bars = [PathData(), PathData()]
      for index in 0..<shown where values[index].isFinite {
        let y = top + Double(index) * rowHeight
        let end = scale(min(max(values[index], -1e300), 1e300))
        bars[values[index] < 0 ? 1 : 0].rectangle(
          Rectangle(
            x: min(zero, end), y: y + 3, width: (end - zero).magnitude, height: rowHeight - 6))
      }
      canvas.path(bars[0], fill: .blue)
      canvas.path(bars[1], fill: .orange)
      if shown > 0 {
        canvas.line(
          Point(x: zero, y: top), Point(x: zero, y: top + Double(shown) * rowHeight), .muted)
      }
      for index in 0..<shown {
        let y = top + Double(index) * rowHeight + 15
        canvas.text(shortened(names[index], width: nameWidth), at: Point(x: nameWidth, y: y), .end)
        let end = values[index].isFinite ? scale(min(max(values[index], -1e300), 1e300)) : zero
        canvas.text(
          figureNumber(values[index]), at: Point(x: values[index] < 0 ? end - 5 : end + 5, y: y),
          values[index] < 0 ? .end : .start, .muted)
      }
      if shown < count {
        var rest = TextBuffer()
        rest.append("and ")
        rest.appendGrouped(count - shown)
        rest.append(" more")
        canvas.text(rest.string, at: Point(x: left, y: height - 6), .start, .muted)
      }
    }
  }

  private var wordsForTitle: String {
    if !title.utf8.isEmpty { return title }
    return axis.label.utf8.isEmpty ? "Bar chart" : axis.label
  }

  private var words: String {
    var text = TextBuffer()
    let count = min(names.count, values.count)
    for index in 0..<min(count, 12) {
      if index > 0 { text.append(", ") }
      text.append(names[index])
      text.append(" ")
      text.appendFigureNumber(values[index])
    }
    if count > 12 {
      text.append(" and ")
      text.appendGrouped(count - 12)
      text.append(" more")
    }
    return count == 0 ? "no values" : text.string
  }
}

/// A text cut to a width, with an ellipsis where something is missing.
func shortened(_ text: String, width: Double, size: Double = 12) -> String {
  if textWidth(text, size: size) <= width + 0.5 { return text }
  var kept: [Unicode.Scalar] = []
  var result = TextBuffer()
  for scalar in text.unicodeScalars {
    kept.append(scalar)
    var candidate = TextBuffer()
    for scalar in kept { candidate.append(scalar) }
    candidate.append("…")
    if textWidth(candidate.string, size: size) > width, kept.count > 1 { break }
    result = candidate
  }
  return result.string
}

extension TextBuffer {
  mutating func append(_ scalar: Unicode.Scalar) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte: byte) }
  }
}
