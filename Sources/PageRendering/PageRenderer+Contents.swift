import BookModel

extension PageRenderer {
  func link(to place: Int) -> PageTemplate.Link {
    let chapter = index.chapters[place]
    return PageTemplate.Link(href: siteAddress("\(chapter.slug).html"), title: html(chapter.title))
  }

  /// A title or description of the settings or front matter.
  func html(_ markdown: String) -> HTML { TitleText(markdown).html(math, set: set) }

  /// The same where only words may stand.
  func plain(_ markdown: String) -> String { TitleText(markdown).plain(set: set) }

  /// Words as print sets them.
  func set(_ text: String) -> String {
    Typography.applies(to: index.settings.language) ? Typography.set(text) : text
  }

  /// Short books are listed whole; of long ones, the chapters near this one, so that the list
  /// doesn't outweigh the page.
  func contents(around place: Int?) -> [PageTemplate.ContentsEntry] {
    let count = index.chapters.count
    let reach = 12
    guard count > 3 * reach else {
      return (0..<count).flatMap { self.entries(at: $0, current: place) }
    }
    let middle = place ?? 0
    let shown = max(0, middle - reach)..<min(count, middle + reach + 1)
    var entries = shown.flatMap { self.entries(at: $0, current: place) }
    if shown.lowerBound > 0 {
      entries.insert(.gap(index.words.text("chapters-between", "1", "\(shown.lowerBound)")), at: 0)
    }
    if shown.upperBound < count {
      entries.append(
        .gap(
          index.words.text("chapters-between", "\(shown.upperBound + 1)", "\(count)")))
    }
    return entries
  }

  /// A chapter, below the title of the part that it begins.
  private func entries(at place: Int, current: Int?) -> [PageTemplate.ContentsEntry] {
    let chapter = PageTemplate.ContentsEntry.chapter(
      number: index.chapterNumbers[place].text, link: link(to: place), isCurrent: place == current)
    return (index.parts[place].map { [.part(set($0))] } ?? []) + [chapter]
  }
}
