import BookModel
import Markdown

/// The list of the symbols that stand in the book's formulas.
extension PageRenderer {
  var symbolsTable: HTML {
    let words = index.words
    let rows = index.symbols.map { symbol in
      HTML.tag(
        "tr", [:],
        .tag(
          "th", ["scope": "row"], math.html(of: symbol.formula)),
        .tag("td", [:], inline(symbol.meaning.value)), .tag("td", [:], places(of: symbol)))
    }
    let head = ["symbol", "meaning", "first-in"].map {
      HTML.tag("th", ["scope": "col"], .text(words[$0]))
    }
    return .tag(
      "div", ["class": "table symbols"],
      .tag(
        "table", [:], .tag("thead", [:], .tag("tr", [:], .group(head))),
        .tag("tbody", [:], .group(rows))))
  }

  private func places(of symbol: ListedSymbol) -> HTML {
    .group(
      symbol.places.enumerated().map { number, place in
        .group([
          .text(number == 0 ? "" : ", "),
          .tag(
            "a",
            ["href": siteAddress(place.slug + ".html") + (place.anchor.map { "#\($0)" } ?? "")],
            .text(place.number)),
        ])
      })
  }

  /// Markdown of one line from `book.yml`, with links.
  private func inline(_ markdown: String) -> HTML {
    let document = MarkdownDocument(title: markdown)
    let path = index.settings.symbols.first?.formula.range.file ?? ""
    let nodes = document.knownNodes
    RawMarkup(nodes).normalize()
    for known in nodes {
      switch known.kind {
      case .formula(let tex, _):
        let formula = math.html(of: Formula(tex: tex, isDisplay: false))
        known.node.replace(with: [.html(formula.rendered)])
      case .link(let destination, _):
        guard
          case .page(let slug, let anchor, let label) = index.resolve(
            destination, slug: "", path: path)
        else { continue }
        known.node.setDestination(
          siteAddress("\(slug).html") + (anchor.map { "#\($0)" } ?? ""))
        if known.node.firstChild == nil { known.node.append([.text(label ?? destination)]) }
      case .heading: known.node.replaceMarks(enter: "", exit: "")
      default: continue
      }
    }
    if Typography.applies(to: index.settings.language) { Typography.set(document.knownNodes) }
    return .markup(document.render(.html).filter { $0 != "\n" })
  }

  func symbolsPage() -> [UInt8] {
    listPage(
      title: index.words["symbols"], path: "\(BookIndex.symbolsName).html", [symbolsTable])
  }
}
