import BookModel
import Markdown

/// The first use of each term in the prose of a chapter becomes a link to its definition.
extension ChapterRenderer {
  /// The class of such a link.
  static let termClass = "term"

  /// - Returns: whether there is one.
  func linkTerms(in document: MarkdownDocument) -> Bool {
    func address(of term: Glossary.Term) -> String {
      siteAddress("\(term.slug).html") + "#\(term.anchor)"
    }
    if index.glossary.terms.isEmpty { return false }
    // Links have the addresses of pages by now.
    let links = TermLinks(of: chapter, in: document, index.glossary) { address in
      guard let place = index.placeInBook(address), let anchor = place.anchor else { return nil }
      return Glossary.Place(slug: place.slug, anchor: anchor)
    }
    links.place { words, term in
      HTML.tag("a", ["class": Self.termClass, "href": address(of: term)], .text(words)).rendered
    }
    return !links.all.isEmpty
  }

  /// Gives ids to entries whose author gave none.
  func place(_ entries: [UnnamedEntry]) {
    for entry in entries {
      entry.paragraph.firstChild?.insertBefore([
        .html(HTML.tag("span", ["id": entry.anchor]).rendered)
      ])
    }
  }
}
