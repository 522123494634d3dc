/// Figures side by side, below each other where the page is narrow.
public struct Panels: Displayable {
  let figures: [Figure]
  let title: String

  public var display: Display {
    let size: FigureSize = figures.count <= 1 ? .full : figures.count == 2 ? .half : .third
    var html = Markup()
    var words = TextBuffer()
    html.begin("div")
    html.set("class", "nn-panels")
    if !title.utf8.isEmpty {
      html.set("role", "group")
      html.set("aria-label", text: title)
    }
    for figure in figures {
      let drawing = figure.draw(size)
      html.newline()
      html.insert(drawing.svg(idPrefix: OutputChannel.nextFigurePrefix()))
      words.append(drawing.words)
      words.append("\n")
    }
    html.newline()
    html.endWithTag()
    return Display(.html, html.bytes, plain: words.bytes)
  }
}

/// Shows figures side by side.
///
/// ```swift
/// panels(plot(losses, title: "loss"), plot(errors, title: "error"))
/// ```
public func panels(_ figures: Figure..., title: String = "") -> Panels {
  Panels(figures: figures, title: title)
}

public func panels(_ figures: [Figure], title: String = "") -> Panels {
  Panels(figures: figures, title: title)
}
