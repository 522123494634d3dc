/// A figure of a page as a file of its own, which must name its namespace.
struct SVGFile {
  /// What the figure shows in a few words; empty where it doesn't say.
  var title = ""
  var text: String

  init(_ svg: String) {
    // What the stylesheet of a page does for letters on lines.
    text = svg.replacing("class=\"nn-halo\"", with: "class=\"nn-halo\" paint-order=\"stroke\"")
    let svg = text
    var scanner = MarkupScanner(svg)
    var isTitle = false
    var isFirst = true
    while let token = try? scanner.next() {
      switch token {
      case .opening("svg", let attributes, _, let offset) where isFirst:
        isFirst = false
        guard !attributes.contains(where: { $0.name == "xmlns" }) else { continue }
        var bytes = Array(svg.utf8)
        bytes.insert(
          contentsOf: " xmlns=\"\(FigureMarkup.svgNamespace)\"".utf8,
          at: offset + "svg".utf8.count + 1)
        text = String(decoding: bytes, as: UTF8.self)
      case .opening("title", _, _, _): isTitle = title.isEmpty
      case .text(let words) where isTitle: title += words
      case .closing("title", _): return
      default: continue
      }
    }
  }
}
