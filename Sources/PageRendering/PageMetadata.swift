import BookModel

/// What a page says of itself to other programs: search engines, and those that show links.
struct PageMetadata {
  var index: BookIndex
  /// Of the page, within the site.
  var path: String
  var title: String
  var description: String?
  var date: String?
  var picture: PagePicture?

  /// Elements of the page's head; little where the book doesn't say where it will be.
  var elements: [HTML] {
    guard let base = index.settings.base else { return [] }
    let address = base + (path == "index.html" ? "" : path)
    var elements: [HTML] = [
      .tag("link", ["rel": "canonical", "href": address]),
      .tag(
        "link",
        [
          "rel": "alternate", "type": "application/atom+xml", "title": bookTitle,
          "href": "feed.xml",
        ]),
      property("og:type", path == "index.html" ? "book" : "article"),
      property("og:title", title), property("og:url", address),
      property("og:site_name", bookTitle),
      property("og:locale", index.settings.language.replacing("-", with: "_")),
    ]
    if let description { elements.append(property("og:description", description)) }
    if let picture { elements += properties(of: picture, base) }
    elements.append(
      .element(
        "script", [HTML.Attribute(name: "type", value: "application/ld+json")],
        [.markup(linkedData(address))]))
    return elements
  }

  private var bookTitle: String { TitleText(index.settings.title).plain() }

  private func property(_ name: String, _ value: String) -> HTML {
    .tag("meta", ["property": name, "content": value])
  }

  private func properties(of picture: PagePicture, _ base: String) -> [HTML] {
    let alternative =
      picture.description.isEmpty ? [] : [property("og:image:alt", picture.description)]
    return [
      property("og:image", base + siteAddress(picture.path)),
      property("og:image:width", "\(FigurePicture.width)"),
      property("og:image:height", "\(FigurePicture.height)"),
    ] + alternative + [.tag("meta", ["name": "twitter:card", "content": "summary_large_image"])]
  }

  /// JSON-LD of schema.org.
  private func linkedData(_ address: String) -> String {
    let isBook = path == "index.html"
    var fields = [
      ("@context", "https://schema.org"), ("@type", isBook ? "Book" : "Chapter"), ("name", title),
      ("url", address), ("inLanguage", index.settings.language),
    ]
    if let description { fields.append(("description", description)) }
    if let date { fields.append(("datePublished", date)) }
    var members = fields.map { "\(JavaScript.quoted($0)): \(JavaScript.quoted($1))" }
    if let author = index.settings.author {
      let name = JavaScript.quoted(author)
      members.append("\"author\": {\"@type\": \"Person\", \"name\": \(name)}")
    }
    if !isBook, let base = index.settings.base {
      let (name, url) = (JavaScript.quoted(bookTitle), JavaScript.quoted(base))
      members.append("\"isPartOf\": {\"@type\": \"Book\", \"name\": \(name), \"url\": \(url)}")
    }
    // Nothing in it may look like the end of the element.
    return "{\(members.joined(separator: ", "))}".replacing(
      HTML.openingBracketText, with: "\\u003c"
    )
    .replacing("&", with: "\\u0026")
  }
}
