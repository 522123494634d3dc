import BookModel
import Markdown

/// A stretch of a chapter's text that is read the same whatever stands around it: it begins where a
/// paragraph or heading of the chapter itself begins after a blank line, and ends before the next such
/// place, with nothing left open.
package final class ChapterStretch: Sendable {
  package let byteCount: Int
  let lineCount: Int
  /// Bytes of its first two lines: whether it may begin where it does, they decide.
  let beginning: Int
  /// Lines count from 1. Nil for a text that is too deep or too large to be read.
  let text: ReadText?
  /// Whether it may say what a reference elsewhere in the chapter means.
  let mayDefine: Bool
  /// Squares of the numbers of pipes in its lines, as `MarkdownLimit` adds them.
  let squaredPipes: Int

  /// Stands in the place of what comes after: it shows whether something is left open.
  private static let sentinel = Array("#\n".utf8)

  /// - Parameter isLast: else a stretch begins after it.
  /// - Returns: nil where something is left open at its end: a fence, a comment.
  init?(
    _ bytes: ArraySlice<UInt8>, isLast: Bool, path: String, files: IncludedFiles?,
    inclusionsBefore: Int = 0
  ) {
    let counted = LineCount(bytes)
    byteCount = bytes.count
    lineCount = counted.lines
    beginning = counted.beginning
    squaredPipes = counted.squaredPipes
    mayDefine = counted.mayDefine
    let own = Array(bytes)
    if MarkdownLimit.exceeded(by: own, LineTable(own)) != nil {
      text = nil
      return
    }
    let source = SourceText(path: path, bytes: isLast ? own : own + Self.sentinel)
    let document = MarkdownDocument(parsing: source.bytes)
    let end = isLast ? nil : lineCount + 1
    if let end {
      guard let last = document.root.lastChild, case .heading = last.kind,
        last.range?.start.line == end
      else { return nil }
    }
    var reader = ChapterReader(source: source, document: document, firstLine: 1, files: files)
    var problems = Problems(source, isPart: true, inclusionsBefore: inclusionsBefore)
    text = reader.read(upTo: end, &problems)
  }

  /// What is counted in one pass over the bytes.
  private struct LineCount {
    var lines = 0
    var beginning = 0
    var squaredPipes = 0
    var mayDefine = false

    init(_ bytes: ArraySlice<UInt8>) {
      bytes.withUnsafeBufferPointer { bytes in
        var pipes = 0
        var isAtStart = true
        var hasOpeningLine = false
        var hasColon = false
        var index = 0
        while index < bytes.count {
          let byte = bytes[index]
          switch byte {
          case 0x0A:
            lines += 1
            if lines <= 2 { beginning = index + 1 }
            squaredPipes += pipes * pipes
            pipes = 0
            isAtStart = true
          case UInt8(ascii: "|"):
            pipes += 1
            isAtStart = false
          case UInt8(ascii: "["):
            if isAtStart { hasOpeningLine = true }
            isAtStart = false
          case UInt8(ascii: ":"):
            if index > 0, bytes[index - 1] == UInt8(ascii: "]") { hasColon = true }
            isAtStart = false
          // Marks of quotes and lists.
          case 0x09, 0x20, 0x28...0x2E, 0x30...0x3E: break
          default: isAtStart = false
          }
          index += 1
        }
        squaredPipes += pipes * pipes
        if lines < 2 { beginning = bytes.count }
        mayDefine = hasOpeningLine && hasColon
      }
    }
  }
}

extension ChapterStretch {
  /// Whether a stretch may begin at an offset: a paragraph, or a heading, begins there, and what stood
  /// before it in a list or quote has ended. The line after must not make a table of it, which may have
  /// its caption above.
  static func mayBegin(at offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard offset > 1, offset < text.count, text[offset - 1] == 0x0A else { return false }
    let first = text[offset]
    guard first == UInt8(ascii: "#") || (0x61...0x7A).contains(first | 0x20) else { return false }
    var before = offset - 2
    while before >= 0, text[before] == 0x20 || text[before] == 0x09 { before -= 1 }
    guard before < 0 || text[before] == 0x0A else { return false }
    var next = offset
    while next < text.count, text[next] != 0x0A { next += 1 }
    next += 1
    var hasOther = false
    let start = next
    while next < text.count, text[next] != 0x0A {
      switch text[next] {
      case 0x09, 0x20, UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: "-"): break
      default: hasOther = true
      }
      next += 1
    }
    return hasOther || next <= start
  }
}
