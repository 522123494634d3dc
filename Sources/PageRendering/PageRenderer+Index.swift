import BookModel

extension PageRenderer {
  /// The page of contents: what the book is, a figure of it, where to begin, and its chapters.
  func indexPage(cover: CoverFigure?, hasFigures: Bool) -> [UInt8] {
    let settings = index.settings
    var template = template(kind: .index, title: plain(settings.title))
    template.description = settings.description.map(plain)
    if let scripts = cover?.scripts {
      template.live = scripts
      template.policy.hasLiveCells = true
    }
    if cover?.hasParts == true { template.styles.append(ThemePart.figureParts.path) }
    template.metadata =
      PageMetadata(
        index: index, path: "index.html", title: plain(settings.title),
        description: template.description, picture: pictures["index.html"]
      ).elements
    template.content = .group([
      .tag(
        "header", ["class": "chapter-head"], .tag("h1", [:], html(settings.title)),
        settings.description.map { .tag("p", ["class": "lead"], html($0)) } ?? .group([]),
        settings.author.map { .tag("p", ["class": "about"], .text($0)) } ?? .group([]), begin),
      cover.map { HTML.markup($0.html) } ?? .group([]),
      .tag("div", ["id": "chapters"], .group(parts)),
      lists(hasFigures: hasFigures),
    ])
    return template.render(with: theme)
  }

  /// Links to the pages that list something of all chapters.
  private func lists(hasFigures: Bool) -> HTML {
    let pages = [
      (hasFigures, "figures.html", "figures-and-tables"),
      (!index.symbols.isEmpty, "\(BookIndex.symbolsName).html", "symbols"),
    ].filter(\.0)
    if pages.isEmpty { return .group([]) }
    return .tag(
      "p", ["class": "lists"],
      .group(
        pages.enumerated().map { number, page in
          .group([
            .text(number == 0 ? "" : " · "),
            .tag("a", ["href": page.1], .text(index.words[page.2])),
          ])
        }))
  }

  private var begin: HTML {
    let named = index.settings.start.flatMap { start in
      index.chapters.firstIndex {
        $0.path.split(separator: "/").last.map(String.init) == start.value
      }
    }
    guard !index.chapters.isEmpty else { return .group([]) }
    let link = link(to: named ?? 0)
    return .tag(
      "p", ["class": "start"],
      .tag("a", ["href": link.href], .text("\(index.words["start-here"]): "), link.title))
  }

  /// The chapters in lists, one for each part.
  private var parts: [HTML] {
    var groups: [(title: String?, items: [HTML])] = []
    for place in index.chapters.indices {
      if groups.isEmpty || index.parts[place] != nil { groups.append((index.parts[place], [])) }
      groups[groups.count - 1].items.append(item(place))
    }
    return groups.map { title, items in
      .group([
        title.map { .tag("h2", ["class": "part"], .text(set($0))) } ?? .group([]),
        .tag("ol", ["class": "chapters"], .group(items)),
      ])
    }
  }

  private func item(_ place: Int) -> HTML {
    let chapter = index.chapters[place]
    let minutes = index.words.text("minutes", "\(chapter.readingMinutes)")
    return .tag(
      "li", [:], .tag("span", ["class": "number"], .text(index.chapterNumbers[place].text)),
      .tag(
        "div", [:], .tag("a", ["href": siteAddress("\(chapter.slug).html")], html(chapter.title)),
        .tag("span", ["class": "minutes"], .text(minutes)),
        chapter.description.map { .tag("p", [:], html($0)) } ?? .group([])))
  }
}
