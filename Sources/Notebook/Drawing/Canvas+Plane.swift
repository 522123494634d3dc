extension Canvas {
  /// Nothing to see: tells the page where the plane of a figure lies, so that the reader can move
  /// points on it.
  func plane(_ area: Rectangle, x: Scale, y: Scale) {
    markup.begin("g")
    markup.set("class", "nn-plane")
    for (name, values) in [
      ("data-area" as StaticString, [area.x, area.y, area.width, area.height]),
      ("data-range", [x.lower, x.upper, y.lower, y.upper]),
    ] {
      var text = TextBuffer()
      for (index, value) in values.enumerated() {
        if index > 0 { text.append(" ") }
        text.append(bytes: significantText(value, digits: 6))
      }
      markup.set(name, raw: text.bytes)
    }
    markup.end()
  }
}
