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

  /// The first figure that a chapter shows, or the one of the cell with a name; nil where none is drawn.
  package init?(of chapter: Chapter, _ result: ChapterResult?, id: String? = nil, theme: BookTheme?)
  {
    let cells = chapter.cells.filter { cell in
      if let id { return cell.options.id?.value == id }
      return cell.options.output == .shown && !cell.isOfExercise
    }
    for cell in cells {
      for output in result?[cell.id]?.outputs ?? [] {
        guard case .svg(let text) = output,
          let markup = try? HTMLFragment.wellFormed([text], isCompact: false)[0]
        else { continue }
        let figure = SVGFile(markup)
        description = figure.title
        document = Self.document(of: figure.text, theme)
        return
      }
    }
    return nil
  }

  private static func document(of figure: String, _ theme: BookTheme?) -> [UInt8] {
    // Scripts and files of others have no part in it.
    let policy = "default-src 'none'; style-src 'unsafe-inline'"
    let root = HTML.tag(
      "html", [:],
      .tag(
        "head", [:], .tag("meta", ["charset": "utf-8"]),
        .tag("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
        .tag("style", [:], .markup(style(theme)))),
      .tag("body", [:], .markup(figure)))
    return HTML.printable(HTML.doctype + root.rendered)
  }

  private static func style(_ theme: BookTheme?) -> String {
    let colors = (theme?.variables ?? []).filter { $0.variable.name.hasPrefix("nn-") }
      .map { "--\($0.variable.name):\($0.light);" }.joined()
    return """
      :root{\(colors)}body{margin:0;width:\(width)px;height:\(height)px;background:#fff;\
      display:flex;align-items:center;justify-content:center;overflow:hidden}\
      body>svg{width:\(width - 80)px;height:\(height - 60)px}
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
