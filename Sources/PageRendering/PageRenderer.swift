import BookModel

/// Makes the pages of a book. Values in, values out: it opens no file and starts no process.
package struct PageRenderer: Sendable {
  package var index: BookIndex
  package var theme: Theme
  /// MathML for each formula; one that is missing is shown as its TeX.
  package var math: [Formula: String]
  /// Of the works that the book cites; citations without are shown as they are written.
  package var works: CitedWorks
  /// A script that a served page loads, such as one that reloads it; nil for a built site.
  package var servingScript: String?
  /// Whether comments say where the chapter's blocks begin, for an editor in the page.
  package var marksBlocks: Bool
  /// What other programs show beside links, by the path of the page.
  package var pictures: [String: PagePicture]
  package var highlighter: SwiftHighlighter

  package init(
    index: BookIndex, theme: Theme? = nil, math: [Formula: String] = [:],
    works: CitedWorks = CitedWorks(), servingScript: String? = nil, marksBlocks: Bool = false,
    pictures: [String: PagePicture] = [:], highlighter: SwiftHighlighter = SwiftHighlighter()
  ) {
    self.index = index
    self.theme = theme ?? Theme(words: index.words)
    self.math = math
    self.works = works
    self.servingScript = servingScript
    self.marksBlocks = marksBlocks
    self.pictures = pictures
    self.highlighter = highlighter
  }

  /// The page of a chapter; cells are shown as not run where `result` is nil.
  package func page(for chapter: Chapter, result: ChapterResult?) -> Page {
    let content = ChapterRenderer(
      index: index, math: math, works: works, chapter: chapter, result: result,
      marksBlocks: marksBlocks, highlighter: highlighter
    )
    .content()
    let place = index.place(ofChapter: chapter.slug) ?? 0
    var template = template(
      kind: .chapter,
      title: "\(plain(chapter.frontMatter.titleMarkdown)) · \(plain(index.settings.title))")
    template.description = chapter.frontMatter.description.map(plain)
    template.contents = contents(around: place)
    template.sections = content.sections
    template.previous = place > 0 ? link(to: place - 1) : nil
    template.next = place + 1 < index.chapters.count ? link(to: place + 1) : nil
    template.content = .group([
      head(of: chapter, number: index.chapterNumbers[place]), content.html,
    ])
    var files: [String: [UInt8]] = [:]
    var parts: Set<ThemePart> = []
    if let result, let module = result.liveModule {
      let script = LiveScript(module: module, chapter: chapter)
      let controls = ControlScript(module: module, chapter: chapter, cells: result.cells)
      template.policy.hasLiveCells = true
      template.live = PageTemplate.LiveScripts(
        controls: siteAddress(controls.path), module: siteAddress(script.path),
        needsPlane: controls.needsPlane)
      files[script.path] = script.bytes
      files[controls.path] = controls.bytes
      parts.formUnion(controls.needsPlane ? [.live, .livePlane] : [.live])
    }
    if content.hasTabs {
      template.earlyScripts.append(ThemePart.tabs.path)
      template.styles.append(ThemePart.tabsStyle.path)
      parts.formUnion([.tabs, .tabsStyle])
    }
    if content.hasTerms {
      template.styles.append(ThemePart.termsStyle.path)
      parts.insert(.termsStyle)
    }
    if content.styles.contains(.lineNotesStyle) {
      template.earlyScripts.append(ThemePart.lineNotes.path)
      parts.insert(.lineNotes)
    }
    template.styles += content.styles.map(\.path).sorted()
    parts.formUnion(content.styles)
    if chapter.cells.contains(where: \.options.isPredicted) {
      template.earlyScripts.append(ThemePart.predictions.path)
      parts.insert(.predictions)
    }
    let path = "\(chapter.slug).html"
    template.metadata =
      PageMetadata(
        index: index, path: siteAddress(path), title: plain(chapter.frontMatter.titleMarkdown),
        description: template.description, date: chapter.frontMatter.date,
        picture: pictures[path]
      ).elements
    template.citation = Citation(index: index, chapter: chapter, path: siteAddress(path)).html
    template.sourceLinks = sourceLinks(of: chapter)
    let html = template.render(with: theme)
    files[path] = html
    if let mentions = index.mentions[chapter.slug] {
      let pieces = MarkupPieces(Set(mentions.compactMap(\.self)), in: content.html.rendered)
      var texts = pieces.texts
      if mentions.contains(nil) { texts[""] = summary(of: chapter).rendered }
      let script = PreviewScript(slug: chapter.slug, pieces: texts)
      files[PreviewScript.path(of: chapter.slug)] = script.bytes
    }
    return Page(
      path: path, files: files, parts: parts, searchEntries: content.searchEntries,
      listed: content.listed, cover: cover(in: content.html, of: chapter, live: template.live),
      diagnostics: content.diagnostics
        + (Page.sizeDiagnostic(bytes: builtSize(of: template, html), of: chapter).map { [$0] } ?? [])
    )
  }

  /// Bytes of the page without what serving adds to it, so that serving and building say the same.
  private func builtSize(of template: PageTemplate, _ html: [UInt8]) -> Int {
    // Only a page that seems too large is worth another rendering.
    guard servingScript != nil, html.count > Page.sizeWarning else { return html.count }
    var built = template
    built.scripts.removeAll { $0 == servingScript }
    built.policy.isServed = false
    return BlockMarks.without(built.render(with: theme)).count
  }

  /// What belongs to no chapter, but for the search index.
  ///
  /// - Parameters:
  ///   - cover: the figure that stands on the page of contents.
  ///   - listed: of all pages, in the order of the book.
  ///   - parts: what the pages load of the theme, beside what all of them do.
  package func commonFiles(
    cover: CoverFigure? = nil, listed: [ListedFigure] = [], parts: Set<ThemePart> = []
  ) -> [String: [UInt8]] {
    let ofLanguage = ThemePart.all(ofLanguage: index.settings.language)
    var files = theme.files(with: parts.union(ofLanguage))
    files["index.html"] = indexPage(cover: cover, hasFigures: !listed.isEmpty)
    if !listed.isEmpty { files["figures.html"] = figuresPage(listed) }
    if !index.symbols.isEmpty { files["\(BookIndex.symbolsName).html"] = symbolsPage() }
    files["404.html"] = missingPage
    for (old, chapter) in index.moves { files["\(old).html"] = movedPage(to: chapter) }
    if let base = index.settings.base {
      files["sitemap.xml"] = SiteMap(index: index, base: base).bytes
      files["feed.xml"] = Feed(index: index, base: base).bytes
    }
    return files
  }

  /// The chapter as Markdown with its results in place; its figures are files of their own.
  package func markdownFiles(for chapter: Chapter, result: ChapterResult?) -> [String: [UInt8]] {
    MarkdownChapter(index: index, works: works, chapter: chapter, result: result).files
  }

  /// The chapter as a notebook of Jupyter, with its results.
  package func notebookFiles(for chapter: Chapter, result: ChapterResult?) -> [String: [UInt8]] {
    [
      "\(chapter.slug).ipynb":
        NotebookChapter(index: index, chapter: chapter, result: result).bytes
    ]
  }

  /// The list of chapters as Markdown, and other lists beside them.
  package var markdownLists: [String: [UInt8]] {
    var files = ["README.md": markdownContents]
    if !index.symbols.isEmpty {
      files["\(BookIndex.symbolsName).md"] = Array(
        MarkdownSymbols(index: index, ending: ".md").text.utf8)
    }
    return files
  }

  package var notebookLists: [String: [UInt8]] {
    if index.symbols.isEmpty { return [:] }
    let text = MarkdownSymbols(index: index, ending: ".ipynb").text
    let cell = NotebookFile.Cell(
      kind: .markdown,
      source: text.split(separator: "\n", omittingEmptySubsequences: false)
        .dropLast().map(String.init),
      // It is no chapter to be read back.
      metadata: .init(nnbook: ["list": "symbols"]), id: "cell-1")
    return ["\(BookIndex.symbolsName).ipynb": NotebookFile(cells: [cell]).bytes]
  }

  private var markdownContents: [UInt8] {
    var text = "# \(index.settings.title)\n"
    if let description = index.settings.description { text += "\n\(description)\n" }
    text += "\n"
    for (chapter, number) in zip(index.chapters, index.chapterNumbers) {
      text += number.isAppendix ? "- \(number.label(in: index.words)): " : "\(number.text). "
      text += "[\(chapter.title)](\(siteAddress(chapter.slug)).md)\n"
    }
    if !index.symbols.isEmpty {
      text += "\n[\(index.words["symbols"])](\(BookIndex.symbolsName).md)\n"
    }
    return Array(text.utf8)
  }

  func template(kind: PageTemplate.Kind, title: String) -> PageTemplate {
    var template = PageTemplate(
      kind: kind, language: index.settings.language, title: title, description: nil,
      author: index.settings.author, book: html(index.settings.title), contents: [], sections: [],
      previous: nil, next: nil, content: .group([]), scripts: servingScript.map { [$0] } ?? [],
      policy: ContentPolicy(isServed: servingScript != nil, hasFonts: theme.hasFonts),
      words: index.words)
    template.styles = ThemePart.all(ofLanguage: index.settings.language).map(\.path)
    return template
  }

  /// - Parameter isPrinted: without what only a page does.
  func head(of chapter: Chapter, number: ChapterNumber, isPrinted: Bool = false) -> HTML {
    let matter = chapter.frontMatter
    return .tag(
      "header", ["class": "chapter-head"],
      .tag(
        "p", ["class": "eyebrow"],
        .text(
          number.label(in: index.words)
            + (matter.isDraft ? " · \(index.words["draft"])" : ""))),
      .tag("h1", [:], html(matter.titleMarkdown)),
      matter.description.map { .tag("p", ["class": "lead"], html($0)) } ?? .group([]),
      isPrinted ? .group([]) : .tag("p", ["class": "about"], .group(about(chapter))))
  }

  /// Day and length of a chapter, and what can be done with all of it.
  private func about(_ chapter: Chapter) -> [HTML] {
    var parts: [HTML] = []
    if let date = chapter.frontMatter.date {
      parts += [.tag("time", ["datetime": date], .text(date)), .text(" · ")]
    }
    let minutes = index.outline(of: chapter.slug)?.readingMinutes ?? 1
    parts.append(.text(index.words.text("minutes", "\(minutes)")))
    if chapter.cells.contains(where: { $0.options.source != .hidden }) {
      let button = HTML.tag("button", ["type": "button", "class": "toggle-code", "hidden": ""])
      parts += [.text(" "), button]
    }
    return parts
  }

  private func sourceLinks(of chapter: Chapter) -> [PageTemplate.Link] {
    let file = String(chapter.path.split(separator: "/").last ?? "")
    return [("edit", index.settings.editAddress), ("issue", index.settings.issueAddress)]
      .compactMap { word, address in
        address.map {
          PageTemplate.Link(
            href: $0.replacing("{path}", with: siteAddress(file)), title: .text(index.words[word]))
        }
      }
  }

  /// What a reference to the whole chapter shows.
  private func summary(of chapter: Chapter) -> HTML {
    let matter = chapter.frontMatter
    let label = index.number(ofChapter: chapter.slug)?.label(in: index.words) ?? ""
    return .group([
      .tag("h3", [:], .text("\(label) · "), html(matter.titleMarkdown)),
      matter.description.map { .tag("p", [:], html($0)) } ?? .group([]),
    ])
  }

  private func cover(
    in content: HTML, of chapter: Chapter, live: PageTemplate.LiveScripts?
  ) -> CoverFigure? {
    guard let id = index.settings.cover?.value, index.coverChapter == chapter.slug,
      let figure = MarkupPieces([id], in: content.rendered).texts[id]
    else { return nil }
    let cell = chapter.cells.first { $0.options.id?.value == id }
    let isLive = cell.map { live != nil && $0.isLive } ?? false
    let box = HTML.tag(
      "div",
      [
        "class": "cell", "id": cell.map { "cell-\($0.id.index)" },
        "data-live": isLive ? cell.map { "\($0.id.index)" } : nil,
      ], .markup(figure))
    return CoverFigure(
      html: box.rendered, page: siteAddress("\(chapter.slug).html"),
      title: plain(chapter.frontMatter.titleMarkdown),
      scripts: isLive ? live : nil,
      hasParts: index.chapters.flatMap(\.targets).contains { $0.group == id })
  }
}
