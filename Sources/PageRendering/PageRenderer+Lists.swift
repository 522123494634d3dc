import BookModel

/// Pages beside the chapters: the list of figures, and those for addresses that are gone.
extension PageRenderer {
  func figuresPage(_ listed: [ListedFigure]) -> [UInt8] {
    let title = index.words["figures-and-tables"]
    func item(_ figure: ListedFigure, _ parts: [HTML]) -> HTML {
      .tag(
        "li", [:], .tag("a", ["href": figure.address], .text(figure.label)),
        .text(figure.caption.isEmpty ? "" : " \(figure.caption)"),
        parts.isEmpty ? .group([]) : .tag("ul", [:], .group(parts)))
    }
    var items: [HTML] = []
    var rest = listed[...]
    while let figure = rest.popFirst() {
      let parts = rest.prefix(while: \.isPart)
      rest = rest.dropFirst(parts.count)
      items.append(item(figure, parts.map { item($0, []) }))
    }
    return listPage(
      title: title, path: "figures.html",
      [.tag("ul", ["class": "figures"], .group(items))])
  }

  /// What a server sends where nothing is. Its address may be any, so links need the site's.
  var missingPage: [UInt8] {
    let words = index.words
    let base = index.settings.base ?? ""
    var page = template(
      kind: .list, title: "\(words["not-found"]) · \(plain(index.settings.title))")
    page.contents = []
    page.content = .group([
      .tag("header", ["class": "chapter-head"], .tag("h1", [:], .text(words["not-found"]))),
      .tag("p", [:], .text(words["not-found-lead"])),
      .tag("p", [:], .tag("a", ["href": base + "index.html"], .text(words["all-chapters"]))),
    ])
    page.root = base
    return page.render(with: theme)
  }

  func movedPage(to chapter: ChapterOutline) -> [UInt8] {
    let address = siteAddress("\(chapter.slug).html")
    var page = template(
      kind: .list, title: "\(index.words["moved"]) · \(plain(index.settings.title))")
    page.metadata = [
      .tag("meta", ["http-equiv": "refresh", "content": "0; url=\(address)"]),
      .tag("meta", ["name": "robots", "content": "noindex"]),
    ]
    if let base = index.settings.base {
      page.metadata.append(.tag("link", ["rel": "canonical", "href": base + address]))
    }
    page.content = .group([
      .tag("header", ["class": "chapter-head"], .tag("h1", [:], .text(index.words["moved"]))),
      .tag(
        "p", [:], .text(index.words.text("moved-to", "")),
        .tag("a", ["href": address], html(chapter.title))),
    ])
    return page.render(with: theme)
  }

  func listPage(title: String, path: String, _ content: [HTML]) -> [UInt8] {
    var page = template(kind: .list, title: "\(title) · \(plain(index.settings.title))")
    page.contents = contents(around: nil)
    page.metadata = PageMetadata(index: index, path: path, title: title).elements
    page.content = .group(
      [.tag("header", ["class": "chapter-head"], .tag("h1", [:], .text(title)))] + content)
    return page.render(with: theme)
  }
}
