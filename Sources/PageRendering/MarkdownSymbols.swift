import Markdown

/// The list of symbols as a table of Markdown.
struct MarkdownSymbols {
  var index: BookIndex
  /// Of the files of chapters.
  var ending: String

  var text: String {
    let words = index.words
    let head = ["symbol", "meaning", "first-in"].map { words[$0] }
    let rows = index.symbols.map { symbol in
      ["$\(symbol.formula.tex)$", meaning(of: symbol), places(of: symbol)].map {
        // A bar would end the cell, in a formula too.
        $0.replacing("|", with: "\\|")
      }
    }
    let lines = ([head, head.map { _ in "---" }] + rows).map { cells in
      "| " + cells.joined(separator: " | ") + " |"
    }
    return "# \(words["symbols"])\n\n" + lines.joined(separator: "\n") + "\n"
  }

  private func meaning(of symbol: ListedSymbol) -> String {
    let document = MarkdownDocument(title: symbol.meaning.value)
    let path = index.settings.symbols.first?.formula.range.file ?? ""
    for known in document.knownNodes {
      switch known.kind {
      case .link(let destination, _):
        guard
          case .page(let slug, let anchor, let label) = index.resolve(
            destination, slug: "", path: path)
        else { continue }
        known.node.setDestination(address(slug, anchor))
        if known.node.firstChild == nil { known.node.append([.text(label ?? destination)]) }
      case .heading: known.node.replaceMarks(enter: "", exit: "")
      default: continue
      }
    }
    return document.render(.markdown).split(separator: "\n").joined(separator: " ")
  }

  private func places(of symbol: ListedSymbol) -> String {
    symbol.places.map { "[\($0.number)](\(address($0.slug, $0.anchor)))" }.joined(separator: ", ")
  }

  private func address(_ slug: String, _ anchor: String?) -> String {
    siteAddress(slug + ending) + (anchor.map { "#\($0)" } ?? "")
  }
}
