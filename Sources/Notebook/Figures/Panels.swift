/// Figures side by side, below each other where the page is narrow.
public struct Panels: Displayable {
  let figures: [Figure]
  let title: String
  /// Signs that stand between the figures.
  let between: [String]

  public var display: Display {
    @export(interface) get {
      let size: FigureSize =
        figures.count <= 1 ? .full : figures.count == 2 || figures.count == 4 ? .half : .third
      var html = Markup()
      var words = TextBuffer()
      html.begin("div")
      html.set("class", "nn-panels")
      if !title.utf8.isEmpty {
        html.set("role", "group")
        html.set("aria-label", text: title)
      }
      for (index, figure) in figures.enumerated() {
        let drawing = figure.draw(size)
        html.newline()
        if index > 0, index <= between.count {
          html.begin("span")
          html.text(between[index - 1])
          html.endWithTag()
        }
        html.insert(
          drawing.svg(idPrefix: OutputChannel.nextFigurePrefix(), scale: size.scale))
        words.append(drawing.words)
        words.append("\n")
      }
      html.newline()
      html.endWithTag()
      return Display(.html, html.bytes, plain: words.bytes)
    }
  }
}

/// Shows figures side by side.
///
/// ```swift
/// panels(plot(losses, title: "loss"), plot(errors, title: "error"))
/// panels(heatmap(x), heatmap(w), heatmap(y), between: ["·", "="])
/// ```
public func panels(_ figures: Figure..., title: String = "", between: [String] = []) -> Panels {
  Panels(figures: figures, title: title, between: between)
}

/// The same for figures that a loop has made.
public func panels(_ figures: [Figure], title: String = "", between: [String] = []) -> Panels {
  Panels(figures: figures, title: title, between: between)
}
