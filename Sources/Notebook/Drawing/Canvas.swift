/// Where a text hangs on its point.
enum Anchor {
  case start, middle, end
}

/// What figures draw on: shapes and text in the colors of the theme.
final class Canvas {
  var markup = Markup()

  @inline(never)
  func group(_ attributes: (inout Markup) -> Void = { _ in }, _ content: () -> Void) {
    markup.begin("g")
    attributes(&markup)
    content()
    markup.end()
  }

  @inline(never)
  func line(_ from: Point, _ to: Point, _ color: Ink, width: Double = 1, dashed: Bool = false) {
    var data = PathData()
    data.move(to: from)
    data.line(to: to)
    path(data, stroke: color, width: width, dash: dashed ? "4 3" : nil)
  }

  @inline(never)
  func path(
    _ data: PathData, fill: Ink = .none, stroke: Ink = .none, width: Double = 1,
    dash: StaticString? = nil, opacity: Double = 1
  ) {
    guard !data.isEmpty else { return }
    markup.begin("path")
    markup.set("d", raw: data.bytes)
    markup.set("fill", fill)
    if case .none = stroke {
    } else {
      markup.set("stroke", stroke)
      if width != 1 { markup.set("stroke-width", hundredths: width) }
      if let dash { markup.set("stroke-dasharray", dash) }
    }
    if opacity < 1 { markup.set("opacity", hundredths: opacity) }
    markup.end()
  }

  @inline(never)
  func rectangle(
    _ box: Rectangle, fill: Ink, opacity: Double = 1, stroke: Ink = .none, radius: Double = 0
  ) {
    markup.begin("rect")
    markup.set("x", box.x)
    markup.set("y", box.y)
    markup.set("width", max(box.width, 0))
    markup.set("height", max(box.height, 0))
    if radius > 0 { markup.set("rx", radius) }
    markup.set("fill", fill)
    if opacity < 1 { markup.set("fill-opacity", hundredths: opacity) }
    if case .none = stroke {} else { markup.set("stroke", stroke) }
    markup.end()
  }

  @inline(never)
  func circle(
    _ center: Point, radius: Double, fill: Ink, stroke: Ink = .none, width: Double = 1,
    handle: [UInt8] = []
  ) {
    markup.begin("circle")
    markup.set(handle: handle)
    markup.set("cx", center.x)
    markup.set("cy", center.y)
    markup.set("r", radius)
    markup.set("fill", fill)
    if case .none = stroke {
    } else {
      markup.set("stroke", stroke)
      if width != 1 { markup.set("stroke-width", hundredths: width) }
    }
    markup.end()
  }

  /// Text whose baseline starts, is centered or ends at the point. A halo in the color of the
  /// paper keeps text over data readable.
  @inline(never)
  func text(
    _ text: String, at point: Point, _ anchor: Anchor = .start, _ color: Ink? = nil,
    size: Double? = nil, bold: Bool = false, italic: Bool = false, halo: Bool = false,
    handle: [UInt8] = []
  ) {
    guard !text.utf8.isEmpty else { return }
    markup.begin("text")
    markup.set(handle: handle)
    markup.set("x", point.x)
    markup.set("y", point.y)
    switch anchor {
    case .start: break
    case .middle: markup.set("text-anchor", "middle")
    case .end: markup.set("text-anchor", "end")
    }
    if let color { markup.set("fill", color) }
    if let size { markup.set("font-size", size) }
    if bold { markup.set("font-weight", "600") }
    if italic { markup.set("font-style", "italic") }
    if halo {
      markup.set("class", "nn-halo")
      markup.set("stroke", .paper)
      markup.set("stroke-width", "4")
      markup.set("stroke-linejoin", "round")
    }
    markup.text(text)
    markup.end()
  }
}
