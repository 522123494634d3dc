/// The list of a site's pages for search engines.
struct SiteMap {
  var index: BookIndex
  var base: String

  var bytes: [UInt8] {
    let pages = [("", nil)] + index.chapters.map { (siteAddress("\($0.slug).html"), $0.date) }
    let entries = pages.map { path, date in
      HTML.tag(
        "url", [:], .tag("loc", [:], .text(base + path)),
        date.map { .tag("lastmod", [:], .text($0)) } ?? .group([]), .text("\n"))
    }
    return XML.document(
      .tag("urlset", ["xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"], .group(entries)))
  }
}

/// The chapters as an Atom feed, newest first.
struct Feed {
  var index: BookIndex
  var base: String

  /// What a feed of chapters without days says: readers of feeds need one.
  private static let noDay = "1970-01-01"

  var bytes: [UInt8] {
    let chapters = index.chapters.enumerated().sorted { a, b in
      let (x, y) = (a.element.date ?? "", b.element.date ?? "")
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
    let newest = chapters.first?.date ?? Self.noDay
    let entries = chapters.map { chapter in
      HTML.tag(
        "entry", [:], .tag("title", [:], .text(TitleText(chapter.title).plain())),
        .tag("id", [:], .text(base + siteAddress("\(chapter.slug).html"))),
        .element(
          "link", [HTML.Attribute(name: "href", value: base + siteAddress("\(chapter.slug).html"))],
          []),
        .tag("updated", [:], .text(Self.moment(chapter.date ?? Self.noDay))),
        chapter.description.map { .tag("summary", [:], .text(TitleText($0).plain())) }
          ?? .group([]), .text("\n"))
    }
    return XML.document(
      .tag(
        "feed", ["xmlns": "http://www.w3.org/2005/Atom", "xml:lang": index.settings.language],
        .tag("title", [:], .text(TitleText(index.settings.title).plain())),
        .tag("id", [:], .text(base)),
        .tag("link", ["rel": "self", "href": base + "feed.xml"]), .tag("link", ["href": base]),
        .tag("updated", [:], .text(Self.moment(newest))),
        .tag(
          "author", [:],
          .tag("name", [:], .text(index.settings.author ?? TitleText(index.settings.title).plain()))
        ),
        .text("\n"), .group(entries)))
  }

  private static func moment(_ day: String) -> String { "\(day)T00:00:00Z" }
}

enum XML {
  static func document(_ root: HTML) -> [UInt8] {
    HTML.printable(HTML.xmlDeclaration + "\n" + root.rendered + "\n")
  }
}
