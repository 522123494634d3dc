import BookModel

/// How a chapter is cited: as a sentence, and for BibTeX.
struct Citation {
  var index: BookIndex
  var chapter: Chapter
  /// Of the page, within the site.
  var path: String

  /// Nothing where the book doesn't say who wrote it.
  var html: HTML {
    guard index.settings.author != nil else { return .group([]) }
    return .tag(
      "details", ["class": "cite"], .tag("summary", [:], .text(index.words["cite"])),
      .tag("p", [:], .text(sentence)),
      .tag("div", ["class": "source plain"], .tag("pre", [:], .tag("code", [:], .text(bibTeX)))))
  }

  private var title: String { TitleText(chapter.frontMatter.titleMarkdown).plain() }
  private var bookTitle: String { TitleText(index.settings.title).plain() }
  private var author: String { index.settings.author ?? "" }
  private var address: String? { index.settings.base.map { $0 + path } }
  private var year: Substring? { chapter.frontMatter.date?.prefix(4) }

  private var sentence: String {
    var text = author
    if let year { text += " (\(year))" }
    text += ". \(title). \(bookTitle)"
    if let label = index.number(ofChapter: chapter.slug)?.label(in: index.words) {
      text += ", \(label)"
    }
    return text + "." + (address.map { " \($0)" } ?? "")
  }

  private var bibTeX: String {
    var fields = [
      ("author", author), ("title", title), ("booktitle", bookTitle),
    ]
    if let year { fields.append(("year", String(year))) }
    if let number = index.number(ofChapter: chapter.slug)?.text {
      fields.append(("chapter", number))
    }
    if let address { fields.append(("url", address)) }
    let lines = fields.map { "  \($0) = {\(Self.escaped($1))}" }.joined(separator: ",\n")
    return "@incollection{\(chapter.slug),\n\(lines)\n}"
  }

  /// Characters that mean something to TeX.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "#$%&_{}".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
