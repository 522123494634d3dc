import BookModel
import Markdown

/// A group of citations as it stands in a sentence, each work a link to its entry.
struct CitationMarkup {
  var works: CitedWorks
  /// The address of the page with the list; empty for the page at hand.
  var page: String

  static func id(_ number: Int) -> String { "cite-\(number)" }

  func html(of group: CitationGroup, id: String?) -> HTML? {
    guard let pieces = works.groups[group.text] else { return nil }
    return .tag(
      "span", ["class": "citation", "id": id],
      .group(
        pieces.map { piece in
          switch piece {
          case .markup(let markup): .markup(markup)
          case .work(let key, let markup):
            if let id = works.id(of: key) {
              .tag("a", ["href": "\(page)#\(id)", "role": "doc-biblioref"], .markup(markup))
            } else {
              .markup(markup)
            }
          }
        }))
  }
}

/// The works that a chapter or a book cites, each with links to where it is cited.
struct ReferenceList {
  var index: BookIndex
  var works: CitedWorks

  static let anchor = "cited-works"

  /// For the end of a chapter; nil for one that cites nothing.
  func section(of slug: String) -> HTML? {
    guard let chapter = index.outline(of: slug) else { return nil }
    let cited = Set(chapter.citations.flatMap(\.group.keys))
    let entries = works.entries.filter { cited.contains($0.key) }
    if entries.isEmpty { return nil }
    let back = places(in: chapter, page: "")
    return .tag(
      "section", ["class": "references"],
      .tag("h2", ["id": Self.anchor], .text(index.words["references"])),
      list(entries, back))
  }

  /// Of all chapters, for the page `slug`.
  func ofBook(on slug: String, ending: String) -> HTML {
    var back: [String: [String]] = [:]
    for chapter in index.chapters {
      let page = chapter.slug == slug ? "" : siteAddress(chapter.slug + ending)
      back.merge(places(in: chapter, page: page)) { $0 + $1 }
    }
    return .tag("div", ["class": "references"], list(works.entries, back))
  }

  /// Addresses of citations, by key.
  private func places(in chapter: ChapterOutline, page: String) -> [String: [String]] {
    var places: [String: [String]] = [:]
    for (number, citation) in chapter.citations.filter(\.isInText).enumerated() {
      for key in Set(citation.group.keys) {
        places[key, default: []].append("\(page)#\(CitationMarkup.id(number + 1))")
      }
    }
    return places
  }

  private func list(_ entries: [CitedWorks.Entry], _ back: [String: [String]]) -> HTML {
    .tag(
      "ul", [:],
      .group(
        entries.map { entry in
          .tag(
            "li", ["id": works.id(of: entry.key)], .markup(entry.markup),
            .group(
              (back[entry.key] ?? []).enumerated().map { number, address in
                .group([
                  .text(" "),
                  .tag(
                    "a",
                    [
                      "class": "footnote-backref", "href": address, "role": "doc-backlink",
                      "aria-label": index.words.text("cited-at", "\(number + 1)"),
                    ],
                    .text("↩"),
                    number == 0 ? .group([]) : .tag("sup", [:], .text("\(number + 1)"))),
                ])
              }))
        }))
  }
}
