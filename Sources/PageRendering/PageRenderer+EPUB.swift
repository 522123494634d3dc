import BookModel

/// One chapter of an EPUB.
package struct EPUBPart: Sendable {
  let slug: String
  let title: String
  let sections: [PageTemplate.Section]
  let markup: String
  package let diagnostics: [Diagnostic]
}

/// The book as EPUB 3: XHTML files, the order to read them in, and a list of contents. The markup is
/// that of the pages, without what needs a script.
extension PageRenderer {
  private static let folder = "EPUB"

  package func epubPart(of chapter: Chapter, result: ChapterResult?) -> EPUBPart {
    let content = ChapterRenderer(
      index: index, math: math, works: works, chapter: chapter, result: result
    ).content()
    let number = index.number(ofChapter: chapter.slug)
    let top = number.map { head(of: chapter, number: $0, isPrinted: true) } ?? HTML.group([])
    return EPUBPart(
      slug: chapter.slug, title: plain(chapter.frontMatter.titleMarkdown),
      sections: content.sections,
      markup: RelocatedMarkup(HTML.group([top, content.html]).rendered, rulesOfEPUB).markup,
      diagnostics: content.diagnostics)
  }

  /// What a page's addresses are in the EPUB.
  private var rulesOfEPUB: RelocatedMarkup.Rules {
    RelocatedMarkup.Rules(
      id: { $0 },
      address: { address in
        index.placeInBook(address).map {
          siteAddress("\($0.slug).xhtml") + ($0.anchor.map { "#\($0)" } ?? "")
        }
      }, isXML: true)
  }

  private var symbolsMarkup: String? {
    if index.symbols.isEmpty { return nil }
    let heading = HTML.tag("h1", [:], .text(index.words["symbols"]))
    return RelocatedMarkup(HTML.group([heading, symbolsTable]).rendered, rulesOfEPUB).markup
  }

  /// All files but `mimetype`, which stands first in the archive.
  ///
  /// - Parameters:
  ///   - images: the author's files, by the address that pages have for them.
  ///   - modified: a day such as `2026-03-01`.
  package func epub(
    _ parts: [EPUBPart], images: [String: [UInt8]], modified: String, identifier: String
  ) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for part in parts {
      files["\(Self.folder)/\(part.slug).xhtml"] = document(part.title, [.markup(part.markup)])
    }
    let symbols = symbolsMarkup
    if let symbols {
      files["\(Self.folder)/\(BookIndex.symbolsName).xhtml"] = document(
        index.words["symbols"], [.markup(symbols)])
    }
    for (path, bytes) in images { files["\(Self.folder)/\(path)"] = bytes }
    files["\(Self.folder)/book.css"] = theme.epubStyles
    files["\(Self.folder)/title.xhtml"] = document(plain(index.settings.title), [titlePage])
    files["\(Self.folder)/contents.xhtml"] = document(
      index.words["contents"], [contents(of: parts)])
    files["\(Self.folder)/book.opf"] = package(
      parts, symbols, images.keys.sorted(), modified, identifier)
    files["META-INF/container.xml"] = xml(
      .tag(
        "container",
        ["version": "1.0", "xmlns": "urn:oasis:names:tc:opendocument:xmlns:container"],
        .tag(
          "rootfiles", [:],
          .tag(
            "rootfile",
            [
              "full-path": "\(Self.folder)/book.opf",
              "media-type": "application/oebps-package+xml",
            ]))))
    return files
  }

  private func xml(_ root: HTML) -> [UInt8] {
    Array("\(HTML.xmlDeclaration)\n\(root.rendered)\n".utf8)
  }

  private func document(_ title: String, _ content: [HTML]) -> [UInt8] {
    let language = index.settings.language
    let root = HTML.tag(
      "html",
      [
        "xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops",
        "lang": language, "xml:lang": language,
        "dir": InterfaceWords.isRightToLeft(language) ? "rtl" : "ltr",
      ],
      .tag(
        "head", [:], .tag("title", [:], .text(title)),
        .tag("link", ["rel": "stylesheet", "type": "text/css", "href": "book.css"])),
      .tag("body", [:], .group(content)))
    return HTML.printable("\(HTML.xmlDeclaration)\n\(root.rendered)\n")
  }

  private var titlePage: HTML {
    .tag(
      "section", ["class": "title-page", "epub:type": "titlepage"],
      .tag("h1", [:], html(index.settings.title)),
      index.settings.author.map { .tag("p", ["class": "author"], .text($0)) } ?? .group([]),
      index.settings.description.map { .tag("p", ["class": "lead"], html($0)) }
        ?? .group([]))
  }

  private func contents(of parts: [EPUBPart]) -> HTML {
    .tag(
      "nav", ["epub:type": "toc", "id": "toc"], .tag("h1", [:], .text(index.words["contents"])),
      .tag(
        "ol", [:],
        .group(
          parts.enumerated().map { place, part in
            let address = siteAddress("\(part.slug).xhtml")
            let label = index.chapterNumbers[place].text + " " + part.title
            let sections = part.sections.map { section in
              HTML.tag(
                "li", [:],
                .tag("a", ["href": "\(address)#\(section.anchor)"], section.title))
            }
            return .tag(
              "li", [:], .tag("a", ["href": address], .text(label)),
              sections.isEmpty ? .group([]) : .tag("ol", [:], .group(sections)))
          }
            + (index.symbols.isEmpty
              ? []
              : [
                .tag(
                  "li", [:],
                  .tag(
                    "a", ["href": "\(BookIndex.symbolsName).xhtml"], .text(index.words["symbols"])))
              ]))))
  }

  private func package(
    _ parts: [EPUBPart], _ symbols: String?, _ images: [String], _ modified: String,
    _ identifier: String
  ) -> [UInt8] {
    let settings = index.settings
    func item(_ id: String, _ address: String, _ type: String, _ properties: String? = nil) -> HTML
    {
      .tag(
        "item", ["id": id, "href": address, "media-type": type, "properties": properties])
    }
    let page = "application/xhtml+xml"
    func text(_ id: String, _ slug: String, _ markup: String) -> HTML {
      let used = [("math", "mathml"), ("svg", "svg")]
        .filter { markup.contains(HTML.openingBracketText + $0.0) }.map(\.1)
      return item(id, "\(slug).xhtml", page, used.isEmpty ? nil : used.joined(separator: " "))
    }
    let lists = symbols.map { [(BookIndex.symbolsName, $0)] } ?? []
    let chapters =
      parts.enumerated().map { text("chapter-\($0.offset)", $0.element.slug, $0.element.markup) }
      + lists.map { text($0.0, $0.0, $0.1) }
    let pictures = images.enumerated().map { place, path in
      item("file-\(place)", path, MediaType.of(path))
    }
    let order = ["title"] + parts.indices.map { "chapter-\($0)" } + lists.map(\.0)
    return xml(
      .tag(
        "package",
        [
          "xmlns": "http://www.idpf.org/2007/opf", "version": "3.0", "unique-identifier": "id",
          "xml:lang": settings.language,
        ],
        .tag(
          "metadata", ["xmlns:dc": "http://purl.org/dc/elements/1.1/"],
          .tag("dc:identifier", ["id": "id"], .text(identifier)),
          .tag("dc:title", [:], .text(plain(settings.title))),
          .tag("dc:language", [:], .text(settings.language)),
          settings.author.map { .tag("dc:creator", [:], .text($0)) } ?? .group([]),
          settings.description.map { .tag("dc:description", [:], .text(plain($0))) } ?? .group([]),
          .filled(
            "meta", [HTML.Attribute(name: "property", value: "dcterms:modified")],
            "\(modified)T00:00:00Z")),
        .tag(
          "manifest", [:], item("contents", "contents.xhtml", page, "nav"),
          item("title", "title.xhtml", page), item("styles", "book.css", "text/css"),
          .group(chapters + pictures)),
        .tag("spine", [:], .group(order.map { .tag("itemref", ["idref": $0]) }))))
  }
}
