import BookModel
import Markdown

/// Turns the bytes of a Markdown file into a `Chapter`. Reads no file but those that its fences
/// show, by the reader that it is given.
package struct ChapterParser: Sendable {
  let files: IncludedFiles?
  /// Of a chapter: more than a book has on all of its pages. Beyond it hostile texts take minutes.
  package static let mostBytes = 8 << 20

  /// - Parameter files: nil leaves cells that show files empty.
  package init(files: IncludedFiles? = nil) { self.files = files }

  /// - Parameter path: as the author would type it; it names the chapter in messages.
  /// - Returns: the chapter, as far as it can be understood, and what is wrong with it. No chapter
  ///   where the bytes are not text.
  package func parse(bytes: [UInt8], path: String) -> (Chapter?, [Diagnostic]) {
    if bytes.count > Self.mostBytes {
      let tooLarge = Diagnostic(
        .error, .textTooLarge, at: SourceRange(file: path, line: 1),
        "chapter has more than \(Self.mostBytes >> 20) MiB, which is the limit; divide it, and let "
          + "cells read large data from files in 'data/'")
      return (nil, [tooLarge])
    }
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
    var ofText = Problems(source, isPart: true)
    let text = reader.read(&ofText)
    guard let text else {
      for problem in ofText.found { problems.add(problem) }
      return (nil, problems.found)
    }
    let assembly = ChapterAssembly(
      path: path, frontMatter: frontMatter, markdown: String(decoding: body, as: UTF8.self),
      firstLine: firstLine)
    let chapter = assembly.chapter(of: [text], &problems)
    return (chapter, chapter.told(problems))
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
