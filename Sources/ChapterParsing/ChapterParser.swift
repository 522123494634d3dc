import BookModel
import Markdown

/// Turns the bytes of a Markdown file into a `Chapter`. Reads no file but those that its fences
/// show, by the reader that it is given.
package struct ChapterParser: Sendable {
  private let files: IncludedFiles?

  /// - Parameter files: nil leaves cells that show files empty.
  package init(files: IncludedFiles? = nil) { self.files = files }

  /// - Parameter path: as the author would type it; it names the chapter in messages.
  /// - Returns: the chapter, as far as it can be understood, and what is wrong with it. No chapter
  ///   where the bytes are not text.
  package func parse(bytes: [UInt8], path: String) -> (Chapter?, [Diagnostic]) {
    let (source, unreadable) = SourceText.read(bytes, path: path)
    guard let source else { return (nil, unreadable) }
    var problems = Problems(source)
    let (frontMatter, firstLine) = parseFrontMatter(&problems)
    let start = source.lines.range(ofLine: firstLine).lowerBound
    let body = Array(source.bytes[start...])
    if let limit = MarkdownLimit.exceeded(by: body, LineTable(body)) {
      problems.add(limit, firstLine: firstLine)
      return (nil, problems.found)
    }
    let document = MarkdownDocument(parsing: body)
    var reader = ChapterReader(
      source: source, document: document, firstLine: firstLine, files: files)
    guard reader.read(&problems) else { return (nil, problems.found) }
    var matter = frontMatter
    if matter.title.isEmpty { titleFromHeading(&matter, reader.headings, &problems) }
    let chapter = Chapter(
      path: path, slug: slug(of: path), frontMatter: matter,
      markdown: String(decoding: body, as: UTF8.self), firstLine: firstLine,
      cells: reader.cells, inlineValues: reader.inlineValues, headings: reader.headings,
      inclusions: problems.inclusions,
      lineNotes: reader.lineNotes.sorted { $0.fenceLine < $1.fenceLine })
    let found = problems.found.sorted { ($0.range?.start).isBefore($1.range?.start) }
    return (chapter, found.map(chapter.placed))
  }

  private func titleFromHeading(
    _ matter: inout FrontMatter, _ headings: [Heading], _ problems: inout Problems
  ) {
    if let heading = headings.first(where: { $0.level == 1 }), !heading.text.isEmpty {
      matter.title = heading.text
      matter.titleMarkdown = heading.markdown
      matter.titleRange = heading.range
      matter.id = matter.id ?? heading.name
    } else if problems.found.isEmpty {
      problems.add(
        .missingTitle, at: SourceRange(file: problems.source.path, line: 1),
        "chapter has no title; write 'title: …' in its front matter or begin it with '# …'")
    }
  }

  private func slug(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.hasSuffix(".md") ? name.dropLast(3) : name)
  }
}

extension Optional<SourcePosition> {
  fileprivate func isBefore(_ other: SourcePosition?) -> Bool {
    guard let self else { return other != nil }
    guard let other else { return false }
    return self < other
  }
}

extension Problems {
  fileprivate mutating func add(_ limit: MarkdownLimit, firstLine: Int) {
    func place(_ line: Int) -> SourceRange {
      SourceRange(file: source.path, line: line + firstLine - 1)
    }
    switch limit {
    case .quoteDepth(let line):
      add(
        .nestedTooDeep, at: place(line),
        "line has more than \(MarkdownLimit.deepestQuote) quotes in each other")
    case .tableSize(let line):
      add(
        .tableTooLarge, at: place(line),
        "table, or the text before it without a blank line, is too large to be read; "
          + "\(MarkdownLimit.mostCells) cells are the limit")
    }
  }
}
