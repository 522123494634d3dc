import NeuralNet

/// How much room a figure has: alone, or as one of two or three side by side. Figures are drawn
/// anew for each, so that text keeps its size.
///
/// All of them are so narrow that text is still eleven pixels high on a phone of 360.
struct FigureSize {
  enum Room {
    case full, half, third
  }

  let room: Room
  /// The share of the room's width that the author wants.
  var share = 1.0
  /// Width over height of the area between the axes, where the author wants one.
  var aspect: Double?

  static var full: FigureSize { FigureSize(room: .full) }
  static var half: FigureSize { FigureSize(room: .half) }
  static var third: FigureSize { FigureSize(room: .third) }

  static func == (size: FigureSize, room: Room) -> Bool { size.room == room }
  static func != (size: FigureSize, room: Room) -> Bool { size.room != room }

  /// The width of the drawing in its own units; text is 12 units high.
  var width: Double {
    let whole =
      switch room {
      case .full: 340.0
      case .half: 300.0
      case .third: 202.0
      }
    return whole * share
  }

  /// The width of a map of the plane, which would be too tall for a page as wide as a plot.
  var planeWidth: Double { room == .full ? 300 * share : width }

  /// How many CSS pixels one unit of a drawing takes where there is room.
  var scale: Double {
    switch room {
    case .full: 1.375
    case .half: 1.03
    case .third: 1
    }
  }
}

/// A finished drawing and the words that stand for it where it cannot be seen.
struct Drawing {
  let width: Double
  let height: Double
  let title: String
  let description: String
  let markup: Markup

  init(
    width: Double, height: Double, title: String, description: String, _ draw: (Canvas) -> Void
  ) {
    self.width = width
    self.height = height
    self.title = title
    self.description = description
    let canvas = Canvas()
    draw(canvas)
    markup = canvas.markup
  }

  /// The whole `svg` element. Its size is in attributes, because a page's security policy may
  /// forbid style attributes; the theme makes it shrink with its column.
  @export(interface)
  func svg(idPrefix: [UInt8], scale: Double) -> [UInt8] {
    var svg = Markup()
    svg.begin("svg")
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    svg.set("class", "nn-figure")
    svg.set("width", Int((width * scale).rounded(.up)))
    svg.set("height", Int((height * scale).rounded(.up)))
    var box = TextBuffer()
    box.append("0 0 ")
    box.append(Int(width.rounded(.up)))
    box.append(" ")
    box.append(Int(height.rounded(.up)))
    svg.set("viewBox", raw: box.bytes)
    svg.set("role", "img")
    svg.set("aria-labelledby", ids: "t", "d")
    svg.set("font-family", "var(--nn-figure-font,system-ui,sans-serif)")
    svg.set("font-size", "12")
    svg.set("fill", .ink)
    svg.begin("title")
    svg.set("id", ids: "t")
    svg.text(title)
    svg.endWithTag()
    svg.begin("desc")
    svg.set("id", ids: "d")
    svg.text(description)
    svg.endWithTag()
    svg.newline()
    svg.insert(markup.bytes)
    svg.newline()
    svg.end()
    return svg.bytes(idPrefix: idPrefix)
  }
}

/// A picture. It is drawn when it is shown.
public struct Figure: Displayable {
  let draw: (FigureSize) -> Drawing

  init(_ draw: @escaping (FigureSize) -> Drawing) {
    self.draw = draw
  }

  public var display: Display {
    let drawing = draw(.full)
    return Display(
      .svg, drawing.svg(idPrefix: OutputChannel.nextFigurePrefix(), scale: FigureSize.full.scale),
      plain: Array(drawing.words.utf8))
  }

  /// This figure with another width or form.
  ///
  /// ```swift
  /// plot(losses, x: "epoch").sized(width: 0.6, aspect: 1)
  /// ```
  ///
  /// - Parameters:
  ///   - width: the share of the usual width, 0.4...1.
  ///   - aspect: width over height of the area between the axes, 0.25...8; figures without axes of
  ///     numbers, such as heat maps and diagrams, keep their form.
  public func sized(width: Double = 1, aspect: Double? = nil) -> Figure {
    if !(0.4...1).contains(width) {
      stop("sized: the width must be in 0.4...1, got \(width) [value-out-of-range]")
    }
    if let aspect, !(0.25...8).contains(aspect) {
      stop("sized: the aspect must be in 0.25...8, got \(aspect) [value-out-of-range]")
    }
    let inner = draw
    return Figure { size in
      var size = size
      size.share *= width
      if let aspect { size.aspect = aspect }
      return inner(size)
    }
  }

  /// The picture as a complete SVG document, to save or to put elsewhere.
  public var svg: String {
    String(decoding: draw(.full).svg(idPrefix: [], scale: FigureSize.full.scale), as: UTF8.self)
  }

  /// What the picture shows, in words.
  public var description: String { draw(.full).words }
}

extension Drawing {
  var words: String {
    var text = TextBuffer()
    text.append("figure: ")
    text.append(title)
    text.append("; ")
    text.append(description)
    return text.string
  }
}

extension OutputChannel {
  /// `c3f2-` for the second figure that cell 3 shows.
  static func nextFigurePrefix() -> [UInt8] {
    figuresShown += 1
    var prefix = TextBuffer()
    prefix.append("c")
    prefix.append(cell)
    prefix.append("f")
    prefix.append(figuresShown)
    prefix.append("-")
    return prefix.bytes
  }
}
