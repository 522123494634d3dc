import BookModel
import Markdown

/// What makes markup of cmark-gfm's well-formed and accessible: it writes a few attributes without
/// values, and the boxes of tasks without names.
struct MarkupRepair {
  private var replacements: [String: String] = [:]

  /// - Parameters:
  ///   - nodes: all that were in the tree at first.
  ///   - footnotes: what the ids of its footnotes begin with; a page may hold several texts.
  init(_ nodes: [KnownNode], words: InterfaceWords, footnotes: String = "") {
    for known in nodes {
      switch known.kind {
      case .footnoteDefinition:
        replacements[" data-footnote-ref>"] = ">"
        for name in ["fn-", "fnref-"] where !footnotes.isEmpty {
          replacements[" id=\"\(name)"] = " id=\"\(footnotes)\(name)"
          replacements[" href=\"#\(name)"] = " href=\"#\(footnotes)\(name)"
        }
        let notes = HTML.opening("section", ["class": "footnotes"])
        replacements[notes.dropLast() + " data-footnotes>"] =
          notes + HTML.tag("h2", ["class": "footnotes-title"], .text(words["footnotes"])).rendered
        replacements["\"footnote-backref\" data-footnote-backref "] = "\"footnote-backref\" "
      case .item(.some):
        for checked in [nil, ""] {
          let box = HTML.opening(
            "input", ["type": "checkbox", "checked": checked, "disabled": ""])
          replacements[box] = HTML.opening(
            "input",
            ["type": "checkbox", "aria-label": words["task"], "checked": checked, "disabled": ""])
        }
      case .table:
        // The corner above names of rows is no heading of theirs.
        for align in [nil, "left", "center", "right"] {
          replacements[HTML.tag("th", ["align": align]).rendered] =
            HTML.tag("td", ["align": align]).rendered
        }
      default: continue
      }
    }
  }

  func repaired(_ html: String) -> String {
    // Quotes and brackets of the author's text are escaped, so these stand in cmark's tags alone.
    if replacements.isEmpty { return html }
    let bytes = replacements.sorted { $0.key < $1.key }.reduce(Array(html.utf8)) {
      $0.replacingBytes($1.key, with: $1.value)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension MarkdownDocument {
  /// The tree as a piece of a page.
  func markup(_ repair: MarkupRepair) -> String { repair.repaired(render(.html)) }
}
