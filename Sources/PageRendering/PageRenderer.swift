import BookModel

/// Makes the pages of a book. Values in, values out: it opens no file and starts no process.
package struct PageRenderer: Sendable {
  package var index: BookIndex
  package var theme: Theme
  /// MathML for each formula; one that is missing is shown as its TeX.
  package var math: [Formula: String]
  /// A script that a served page loads, such as one that reloads it; nil for a built site.
  package var servingScript: String?

  package init(
    index: BookIndex, theme: Theme = .standard, math: [Formula: String] = [:],
    servingScript: String? = nil
  ) {
    self.index = index
    self.theme = theme
    self.math = math
    self.servingScript = servingScript
  }

  /// The page of a chapter; cells are shown as not run where `result` is nil.
  package func page(for chapter: Chapter, result: ChapterResult?) -> Page {
    let content = ChapterRenderer(index: index, math: math, chapter: chapter, result: result)
      .content()
    let place = index.chapters.firstIndex { $0.slug == chapter.slug } ?? 0
    var template = template(
      kind: .chapter, title: "\(chapter.frontMatter.title) · \(index.settings.title)")
    template.description = chapter.frontMatter.description.map(set)
    template.contents = contents(around: place)
    template.sections = content.sections
    template.previous = place > 0 ? link(to: place - 1) : nil
    template.next = place + 1 < index.chapters.count ? link(to: place + 1) : nil
    template.content = .group([
      head(of: chapter, number: index.chapterNumbers[place]), content.html,
    ])
    var files: [String: [UInt8]] = [:]
    if let result, let module = result.liveModule {
      let script = LiveScript(module: module, chapter: chapter)
      let controls = ControlScript(module: module, chapter: chapter, cells: result.cells)
      template.policy.hasLiveCells = true
      template.live = (controls.path, script.path)
      files[script.path] = script.bytes
      files[controls.path] = controls.bytes
    }
    let html = template.render(with: theme)
    files["\(chapter.slug).html"] = html
    return Page(
      path: "\(chapter.slug).html", files: files,
      searchEntries: content.searchEntries,
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
    return built.render(with: theme).count
  }

  /// What belongs to no chapter: the index page and the theme, but not the search index.
  package var commonFiles: [String: [UInt8]] {
    var files = theme.files
    files["index.html"] = indexPage
    return files
  }

  /// The chapter as Markdown with its results in place; its figures are files of their own.
  package func markdownFiles(for chapter: Chapter, result: ChapterResult?) -> [String: [UInt8]] {
    MarkdownChapter(index: index, chapter: chapter, result: result).files
  }

  /// The list of chapters as Markdown, for `README.md` beside them.
  package var markdownContents: [UInt8] {
    var text = "# \(index.settings.title)\n"
    if let description = index.settings.description { text += "\n\(description)\n" }
    text += "\n"
    for (chapter, number) in zip(index.chapters, index.chapterNumbers) {
      text += number.isAppendix ? "- \(number.label): " : "\(number.text). "
      text += "[\(chapter.title)](\(chapter.slug).md)\n"
    }
    return Array(text.utf8)
  }

  private var indexPage: [UInt8] {
    var template = template(kind: .index, title: index.settings.title)
    template.description = index.settings.description.map(set)
    template.contents = contents(around: nil)
    let chapters = index.chapters.enumerated().map { place, chapter in
      HTML.tag(
        "li", [:], .tag("span", ["class": "number"], .text(index.chapterNumbers[place].text)),
        .tag(
          "div", [:], .tag("a", ["href": "\(chapter.slug).html"], .text(set(chapter.title))),
          chapter.description.map { .tag("p", [:], .text(set($0))) } ?? .group([])))
    }
    template.content = .group([
      .tag(
        "header", ["class": "chapter-head"], .tag("h1", [:], .text(set(index.settings.title))),
        index.settings.description.map { .tag("p", ["class": "lead"], .text(set($0))) }
          ?? .group([])),
      .tag("ol", ["class": "chapters", "id": "chapters"], .group(chapters)),
    ])
    return template.render(with: theme)
  }

  private func template(kind: PageTemplate.Kind, title: String) -> PageTemplate {
    PageTemplate(
      kind: kind, language: index.settings.language, title: set(title), description: nil,
      author: index.settings.author, book: set(index.settings.title), contents: [], sections: [],
      previous: nil, next: nil, content: .group([]), scripts: servingScript.map { [$0] } ?? [],
      policy: ContentPolicy(isServed: servingScript != nil))
  }

  private func head(of chapter: Chapter, number: ChapterNumber) -> HTML {
    let matter = chapter.frontMatter
    return .tag(
      "header", ["class": "chapter-head"],
      .tag(
        "p", ["class": "eyebrow"], .text(number.label + (matter.isDraft ? " · Draft" : ""))),
      .tag("h1", [:], .text(set(matter.title))),
      matter.description.map { .tag("p", ["class": "lead"], .text(set($0))) } ?? .group([]),
      matter.date.map {
        .tag("p", ["class": "date"], .tag("time", ["datetime": $0], .text($0)))
      } ?? .group([]))
  }

  // MARK: Contents

  private func link(to place: Int) -> PageTemplate.Link {
    let chapter = index.chapters[place]
    return PageTemplate.Link(href: "\(chapter.slug).html", title: set(chapter.title))
  }

  /// Text of the settings and front matter as print sets it.
  private func set(_ text: String) -> String {
    Typography.applies(to: index.settings.language) ? Typography.set(text) : text
  }

  /// Short books are listed whole; of long ones, the chapters near this one, so that the list
  /// doesn't outweigh the page.
  private func contents(around place: Int?) -> [PageTemplate.ContentsEntry] {
    let count = index.chapters.count
    let reach = 12
    guard count > 3 * reach else {
      return (0..<count).map { entry($0, current: place) }
    }
    let middle = place ?? 0
    let shown = max(0, middle - reach)..<min(count, middle + reach + 1)
    var entries = shown.map { entry($0, current: place) }
    if shown.lowerBound > 0 {
      entries.insert(.gap("Chapters 1 to \(shown.lowerBound)"), at: 0)
    }
    if shown.upperBound < count {
      entries.append(.gap("Chapters \(shown.upperBound + 1) to \(count)"))
    }
    return entries
  }

  private func entry(_ place: Int, current: Int?) -> PageTemplate.ContentsEntry {
    .chapter(
      number: index.chapterNumbers[place].text, link: link(to: place), isCurrent: place == current)
  }
}
