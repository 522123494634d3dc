/// The values that the page template takes, typed; the one place that knows the template's names.
struct PageTemplate {
  enum Kind: String { case chapter, index, list, whole }

  struct Link {
    var href: String
    var title: HTML
  }

  struct Section {
    var anchor: String
    var title: HTML
  }

  struct LiveScripts: Hashable {
    var controls: String
    var module: String
    /// Whether there are controls that few chapters have.
    var needsPlane: Bool
  }

  enum ContentsEntry {
    case chapter(number: String, link: Link, isCurrent: Bool)
    /// The title of a part.
    case part(String)
    /// Chapters left out of a long list.
    case gap(String)
  }

  var kind: Kind
  var language: String
  var title: String
  var description: String?
  var author: String?
  var book: HTML
  var contents: [ContentsEntry]
  /// Of this page.
  var sections: [Section]
  var previous: Link?
  var next: Link?
  var content: HTML
  /// Paths of scripts to load at the end of the page.
  var scripts: [String]
  /// Paths of scripts of the theme that must be there before the text.
  var earlyScripts: [String] = []
  /// Beside those of every page.
  var styles: [String] = []
  /// Of a page with live cells: the scripts with their controls and their module.
  var live: LiveScripts?
  /// Addresses of a chapter's file, with what they are called.
  var sourceLinks: [Link] = []
  /// What other programs are told of the page, in its head.
  var metadata: [HTML] = []
  /// How the page is cited; empty where nothing says by whom it is.
  var citation: HTML = .group([])
  /// What addresses of the site begin with: nothing, but for a page that is shown at any address.
  var root = ""
  var policy: ContentPolicy
  var words: InterfaceWords

  func render(with theme: Theme) -> [UInt8] {
    var values = values
    values["styles"] = (styles + theme.styles).map { ["path": $0] }
    values["body"] = theme.body(of: kind).render(values)
    return HTML.printable(theme.template.render(values))
  }

  private var values: [String: Any] {
    var values: [String: Any] = [
      "kind": kind.rawValue, "root": root, "isIndex": kind == .index, "isWhole": kind == .whole,
      "language": language,
      "title": title,
      "direction": InterfaceWords.isRightToLeft(language) ? "rtl" : "ltr",
      "book": book.rendered, "policy": policy.text, "content": content.rendered,
      "contents": contentsList.rendered, "sections": sectionList.rendered,
      "hasContents": !contents.isEmpty, "hasSections": !sections.isEmpty,
      "hasNeighbors": previous != nil || next != nil,
      "scripts": scripts.map { ["path": $0] },
      "early": ((live?.needsPlane == true ? [ThemePart.livePlane.path] : []) + earlyScripts).map {
        ["path": $0]
      },
      "metadata": metadata.map { $0.rendered + "\n" }.joined(), "citation": citation.rendered,
      "links": sourceLinks.map { ["href": $0.href, "title": $0.title.rendered] },
    ]
    for key in words.keys where !key.hasPrefix("js-") {
      values["word-" + key] = words[key]
    }
    if let description { values["description"] = description }
    if let author { values["author"] = author }
    if let live { values["live"] = ["controls": live.controls, "module": live.module] }
    if let previous {
      values["previous"] = ["href": previous.href, "title": previous.title.rendered]
    }
    if let next { values["next"] = ["href": next.href, "title": next.title.rendered] }
    return values
  }

  // MARK: Lists

  // Made here and not by the template, which takes as long for these as for all the rest.

  private var contentsList: HTML {
    .tag("ol", [:], .group(contents.map { .group([.text("\n"), item($0)]) }), .text("\n"))
  }

  private func item(_ entry: ContentsEntry) -> HTML {
    switch entry {
    case .part(let title):
      return .tag("li", ["class": "part"], .text(title))
    case .gap(let text):
      return .tag(
        "li", ["class": "gap"], .tag("a", ["href": "index.html#chapters"], .text(text)))
    case .chapter(let number, let link, let isCurrent):
      let title = HTML.tag(
        "a", ["href": link.href, "aria-current": isCurrent ? "page" : nil],
        .tag("span", ["class": "number"], .text(number)), .text(" "), link.title)
      guard isCurrent, !sections.isEmpty else {
        return .tag("li", ["class": isCurrent ? "current" : nil], title)
      }
      let sections = sections.map { section in
        HTML.tag("li", [:], .tag("a", ["href": "#" + section.anchor], section.title))
      }
      return .tag(
        "li", ["class": "current"], title, .tag("ol", ["class": "sections"], .group(sections)))
    }
  }

  private var sectionList: HTML {
    .tag(
      "ol", [:],
      .group(
        sections.map { section in
          .tag("li", [:], .tag("a", ["href": "#" + section.anchor], section.title))
        }))
  }
}
