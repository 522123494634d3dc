import BookModel
import Markdown

/// Words of a chapter's prose that lead to the glossary: the first use of each term.
struct TermLinks {
  /// What is put in the place of words.
  typealias Link = (words: String, term: Glossary.Term)

  struct Found {
    var run: TextRun
    /// By their ranges in the bytes of the run, in order.
    var links: [(range: Range<Int>, link: Link)]
  }

  private(set) var all: [Found] = []

  /// - Parameters:
  ///   - meant: where a link of the document leads.
  ///   - canStand: whether a link can take the place of some bytes of a run.
  init(
    of chapter: Chapter, in document: MarkdownDocument, _ glossary: Glossary,
    meant: (String) -> Glossary.Place?,
    canStand: (TextRun, Range<Int>) -> Bool = { _, _ in true }
  ) {
    var open = glossary.linkedTerms(of: chapter)
    if open.isEmpty { return }
    let terms = glossary.terms
    for piece in ProsePiece.all(in: document) {
      switch piece {
      // The author's own link is as good.
      case .link(let destination):
        if let term = meant(destination).flatMap(glossary.term(at:)) { open.remove(term) }
      case .words(let run):
        if open.isEmpty { return }
        let text = run.text
        let found = glossary.finder.all(in: text).filter {
          open.contains($0.term) && canStand(run, $0.range) && open.remove($0.term)
        }
        if found.isEmpty { continue }
        let bytes = Array(text.utf8)
        all.append(
          Found(
            run: run,
            links: found.map {
              ($0.range, (String(decoding: bytes[$0.range], as: UTF8.self), terms[$0.term]))
            }))
      }
    }
  }

  /// Puts the links into the tree.
  func place(_ markup: (Link) -> String) {
    for found in all { found.run.replace(found.links.map { ($0.range, markup($0.link)) }) }
  }
}

/// An entry of a glossary whose author gave it no id, with the one that it has all the same.
struct UnnamedEntry {
  var paragraph: MarkdownNode
  var anchor: String
}

extension BookIndex {
  /// Of a text as its author wrote it: entries are known by their places.
  func unnamedEntries(in nodes: [KnownNode], of chapter: Chapter) -> [UnnamedEntry] {
    guard chapter.frontMatter.glossary != nil, let outline = outline(of: chapter.slug) else {
      return []
    }
    var anchors: [SourcePosition: String] = [:]
    for term in outline.terms where !term.hasOwnAnchor {
      anchors[term.term.range.start] = term.anchor
    }
    return nodes.compactMap { node in
      guard let entry = GlossaryEntry(node), let start = chapter.range(of: entry.bold)?.start,
        let anchor = anchors[start]
      else { return nil }
      return UnnamedEntry(paragraph: entry.paragraph, anchor: anchor)
    }
  }

  /// Where a link as authors write it leads, if that may be a definition.
  func definition(at destination: String, from chapter: Chapter) -> Glossary.Place? {
    guard
      case .page(let slug, .some(let anchor), _) = resolve(
        destination, slug: chapter.slug, path: chapter.path)
    else { return nil }
    return Glossary.Place(slug: slug, anchor: anchor)
  }
}
