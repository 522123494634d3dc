import BookModel
import Markdown

/// Terms of the glossary in a notebook: markup in the author's text, which `nnbook import` takes out
/// again.
package struct NotebookTerms {
  var index: BookIndex
  var chapter: Chapter

  /// Links and places for the text of the chapter.
  func pieces(in document: MarkdownDocument) -> [NotebookMarks.Piece] {
    if index.glossary.terms.isEmpty { return [] }
    var pieces: [NotebookMarks.Piece] = []
    let links = TermLinks(of: chapter, in: document, index.glossary) {
      index.definition(at: $0, from: chapter)
    } canStand: { run, range in
      run.source(of: range) != nil
    }
    for found in links.all {
      for (range, link) in found.links {
        guard let place = found.run.source(of: range) else { continue }
        let address = siteAddress("\(link.term.slug).ipynb") + "#\(link.term.anchor)"
        pieces.append((place, Self.opening(["href": address]) + link.words + Self.closing))
      }
    }
    for entry in index.unnamedEntries(in: document.knownNodes, of: chapter) {
      guard let start = entry.paragraph.range?.start else { continue }
      let offset = document.lines.offset(of: start)
      pieces.append((offset..<offset, Self.opening(["id": entry.anchor]) + Self.closing))
    }
    return pieces
  }

  /// A text of a notebook without such markup.
  package static func removed(from text: String) -> String {
    let bracket = Character(UnicodeScalar(HTML.closingBracket))
    let start = String(opening([:]).dropLast()) + " "
    var (rest, result) = (text[...], "")
    while let tag = rest.firstRange(of: start),
      let words = rest[tag.upperBound...].firstIndex(of: bracket),
      let end = rest[words...].firstRange(of: closing)
    {
      result += rest[..<tag.lowerBound] + rest[words..<end.lowerBound].dropFirst()
      rest = rest[end.upperBound...]
    }
    return result + rest
  }

  private static func opening(_ attributes: [String: String]) -> String {
    let own = HTML.Attribute(name: "class", value: ChapterRenderer.termClass)
    return HTML.opening(
      "a", attributes: [own] + attributes.map { HTML.Attribute(name: $0.key, value: $0.value) })
  }

  private static let closing = HTML.closing("a")
}
