import BookModel

/// A figure as programs show it beside a link to its page.
package struct FigurePicture: Hashable, Sendable {
  /// Pixels, as those programs ask for.
  package static let width = 1200
  package static let height = 630

  /// What the figure says of itself; empty where it says nothing.
  package var description: String
  /// A page that shows it, and nothing else.
  package var document: [UInt8]

  /// - Parameters:
  ///   - id: of a figure; without one it is the first that the chapter shows: of a cell, or an image of the
  ///     author's with a caption.
  ///   - read: the contents of an image of the book by its path.
  /// - Returns: nil where none is drawn.
  package init?(
    of chapter: Chapter, _ result: ChapterResult?, id: String? = nil, index: BookIndex,
    theme: BookTheme?, read: @escaping (String) -> [UInt8]?
  ) {
    let figures = ShownFigures(chapter: chapter, result: result, index: index, read: read)
    guard let (description, drawings) = figures.first(named: id) else { return nil }
    self.description = description
    document = Self.document(of: drawings, theme)
  }

  private static func document(of drawings: [String], _ theme: BookTheme?) -> [UInt8] {
    // Scripts and files of others have no part in it.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    let root = HTML.tag(
      "html", [:],
      .tag(
        "head", [:], .tag("meta", ["charset": "utf-8"]),
        .tag("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
        .tag("style", [:], .markup(style(theme, drawings.count)))),
      .tag("body", [:], .markup(drawings.joined())))
    return HTML.printable(HTML.doctype + root.rendered)
  }

  /// Up to three beside each other, more in rows.
  private static func style(_ theme: BookTheme?, _ count: Int) -> String {
    let colors = (theme?.variables ?? []).filter { $0.variable.name.hasPrefix("nn-") }
      .map { "--\($0.variable.name):\($0.light);" }.joined()
    let columns = count > 3 ? (count + 1) / 2 : count
    let rows = (count + columns - 1) / max(1, columns)
    let gap = 20
    let size =
      "width:\((width - 80 - gap * (columns - 1)) / max(1, columns))px;"
      + "height:\((height - 60 - gap * (rows - 1)) / max(1, rows))px"
    return """
      :root{\(colors)}body{margin:0;width:\(width)px;height:\(height)px;background:#fff;\
      display:grid;grid-template-columns:repeat(\(columns),auto);gap:\(gap)px;place-content:center;\
      overflow:hidden}body>svg,body>img{\(size);object-fit:contain}
      """
  }
}

/// A picture that is a file of the site.
package struct PagePicture: Hashable, Sendable {
  package var path: String
  /// Empty where the figure says nothing of itself.
  package var description: String

  package init(path: String, description: String) {
    self.path = path
    self.description = description
  }
}
