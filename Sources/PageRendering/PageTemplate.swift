/// The values that the page template takes, typed; the one place that knows the template's names.
struct PageTemplate {
  enum Kind: String { case chapter, index }

  struct Link {
    var href: String
    var title: String
  }

  struct Section {
    var anchor: String
    var number: String
    var title: String
  }

  enum ContentsEntry {
    case chapter(number: String, link: Link, isCurrent: Bool)
    /// Chapters left out of a long list.
    case gap(String)
  }

  var kind: Kind
  var language: String
  var title: String
  var description: String?
  var author: String?
  var book: String
  var contents: [ContentsEntry]
  /// Of this page.
  var sections: [Section]
  var previous: Link?
  var next: Link?
  var content: HTML
  /// Paths of scripts to load at the end of the page.
  var scripts: [String]
  var policy: ContentPolicy

  func render(with theme: Theme) -> [UInt8] {
    HTML.printable(theme.template.render(values))
  }

  private var values: [String: Any] {
    let sections = sections.map { section in
      ["anchor": section.anchor, "number": section.number, "title": section.title]
    }
    var values: [String: Any] = [
      "kind": kind.rawValue, "isIndex": kind == .index, "language": language, "title": title,
      "book": book, "policy": policy.text, "icon": Theme.icon, "content": content.rendered,
      "sections": sections, "hasSections": !sections.isEmpty,
      "hasNeighbors": previous != nil || next != nil,
      "scripts": scripts.map { ["path": $0] },
      "chapters": contents.map { self.values(of: $0, sections: sections) },
    ]
    if let description { values["description"] = description }
    if let author { values["author"] = author }
    if let previous { values["previous"] = self.values(of: previous) }
    if let next { values["next"] = self.values(of: next) }
    return values
  }

  private func values(of link: Link) -> [String: Any] { ["href": link.href, "title": link.title] }

  private func values(of entry: ContentsEntry, sections: [[String: String]]) -> [String: Any] {
    switch entry {
    case .gap(let text): ["gap": text]
    case .chapter(let number, let link, let isCurrent):
      [
        "number": number, "href": link.href, "title": link.title, "isCurrent": isCurrent,
        "hasSections": isCurrent && !sections.isEmpty, "sections": isCurrent ? sections : [],
        "gap": false,
      ]
    }
  }
}

/// What a page may load and do. Nothing comes from anywhere but the site itself.
struct ContentPolicy {
  /// Live cells compile a module and work in a worker made from a blob.
  var hasLiveCells = false
  /// A page that is served listens for changes.
  var isServed = false

  var text: String {
    var rules = [
      "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "media-src 'self'",
      "script-src 'self'" + (hasLiveCells ? " 'wasm-unsafe-eval'" : ""),
    ]
    if hasLiveCells { rules.append("worker-src blob:") }
    if isServed { rules.append("connect-src 'self'") }
    rules += ["base-uri 'none'", "form-action 'none'"]
    return rules.joined(separator: "; ")
  }
}
