import BookModel
import Markdown

extension ChapterParser {
  /// What `parse(bytes:path:)` makes of a text, in less time where `stretches` hold what was read of an
  /// earlier one.
  ///
  /// - Parameters:
  ///   - text: UTF-8 without NUL or carriage return.
  ///   - stretches: become those of this text.
  ///   - commonEnds: of the earlier text and this one.
  /// - Returns: nil where the text has to be read as a whole: where one part of it says what another
  ///   means, or its front matter is not one.
  package func parse(
    edited text: [UInt8], path: String, _ stretches: inout ChapterStretches,
    commonEnds: ChapterStretches.CommonEnds
  ) -> (Chapter, [Diagnostic])? {
    guard text.count <= Self.mostBytes, let head = ChapterHead(text) else { return nil }
    let source = SourceText(path: path, bytes: Array(text[head.range]))
    var problems = Problems(source)
    var (frontMatter, firstLine) = (FrontMatter(title: ""), 1)
    if head.hasFrontMatter { (frontMatter, firstLine) = parseFrontMatter(&problems) }
    guard head.lineCount == firstLine - 1 else { return nil }
    let body = Array(text[head.range.upperBound...])
    guard !body.isEmpty else { return nil }
    stretches.read(body, firstLine: firstLine, files: files, commonEnds)
    guard stretches.areIndependent else { return nil }
    let read = stretches
    problems.lineOfFile = { $0 < firstLine ? nil : read.line($0) }
    let assembly = ChapterAssembly(
      path: path, frontMatter: frontMatter, markdown: String(decoding: body, as: UTF8.self),
      firstLine: firstLine)
    let chapter = assembly.chapter(of: read.placed.compactMap(\.text), &problems)
    return (chapter, chapter.told(problems))
  }
}

/// The lines above a chapter's text, found without reading the text.
private struct ChapterHead {
  var range: Range<Int>
  var lineCount = 0
  var hasFrontMatter = false

  /// Nobody writes more.
  private static let mostLines = 200

  /// Nil where they are not written as they should be: above the text stands front matter between its
  /// rules, or nothing.
  init?(_ text: [UInt8]) {
    let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    range = start..<start
    guard let first = Self.line(from: start, in: text) else { return nil }
    guard isRule(text[start..<first], "---") else {
      // Blank lines, comments and other marks may stand above front matter that comes too late.
      guard let byte = text[start..<first].first, byte == UInt8(ascii: "#") || byte >= 0x41
      else { return nil }
      return
    }
    hasFrontMatter = true
    lineCount = 1
    var offset = first + 1
    while lineCount < Self.mostLines, let end = Self.line(from: offset, in: text) {
      lineCount += 1
      let line = text[offset..<end]
      offset = end + 1
      if isRule(line, "---") || isRule(line, "...") {
        range = start..<offset
        return
      }
    }
    return nil
  }

  /// Where a line ends that has an end.
  private static func line(from start: Int, in text: [UInt8]) -> Int? {
    var offset = start
    while offset < text.count, text[offset] != 0x0A { offset += 1 }
    return offset < text.count ? offset : nil
  }
}
