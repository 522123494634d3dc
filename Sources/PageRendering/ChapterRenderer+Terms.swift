import BookModel
import Markdown

/// The first use of each term in the prose of a chapter becomes a link to its definition.
extension ChapterRenderer {
  /// The class of such a link.
  static let termClass = "term"

  /// - Returns: whether there is one.
  func linkTerms(in document: MarkdownDocument) -> Bool {
    var open = index.glossary.linkedTerms(of: chapter)
    if open.isEmpty { return false }
    let terms = index.glossary.terms
    var places: [String: Int] = [:]
    for place in open { places[address(of: terms[place])] = place }
    var hasTerms = false
    for piece in ProsePiece.all(in: document) {
      switch piece {
      // The author's own link is as good.
      case .link(let destination):
        if let place = places[destination] { open.remove(place) }
      case .words(let run):
        if open.isEmpty { return hasTerms }
        let text = run.text
        let found = index.glossary.finder.all(in: text).filter {
          open.remove($0.term) != nil
        }
        if found.isEmpty { continue }
        hasTerms = true
        let bytes = Array(text.utf8)
        run.replace(
          found.map { found in
            let words = String(decoding: bytes[found.range], as: UTF8.self)
            let link = HTML.tag(
              "a", ["class": Self.termClass, "href": address(of: terms[found.term])],
              .text(words))
            return (found.range, link.rendered)
          })
      }
    }
    return hasTerms
  }

  private func address(of term: Glossary.Term) -> String {
    siteAddress("\(term.slug).html") + "#\(term.anchor)"
  }

  /// Gives ids to entries whose author gave none.
  func placeTerms(_ nodes: [KnownNode]) {
    guard chapter.frontMatter.glossary != nil else { return }
    let terms = index.chapters.first { $0.slug == chapter.slug }?.terms ?? []
    for (entry, term) in zip(nodes.compactMap(GlossaryEntry.init), terms)
    where !term.hasOwnAnchor {
      entry.paragraph.firstChild?.insertBefore([
        .html(HTML.tag("span", ["id": term.anchor]).rendered)
      ])
    }
  }
}
