import BookModel
import Markdown

// Text that only looks like what its author meant: Markdown takes it without a word.
extension ChapterReader {
  /// A back-quote after the words of a fence makes it a code span to Markdown: nothing would run.
  func checkFenceLookalikes(_ node: MarkdownNode, _ problems: inout Problems) {
    guard let range = range(of: node) else { return }
    for number in range.start.line...max(range.start.line, range.end.line) {
      let line = source.line(number)
      let start =
        number == range.start.line
        ? range.start.column - 1
        : line.prefix { $0.isBlank || $0 == UInt8(ascii: ">") }.count
      guard line.dropFirst(start).starts(with: "```swift".utf8) else { continue }
      problems.add(
        .backQuoteInFence, at: source.range(line: number, start..<line.count),
        "fence line holds a back-quote after 'swift', so Markdown sees no cell; write long options "
          + "as '//| caption: …' inside the cell")
    }
  }

  /// What notes of other tools are called here.
  private static let alertsElsewhere = [
    "INFO": "NOTE", "ABSTRACT": "NOTE", "SUMMARY": "NOTE", "TODO": "NOTE", "SEEALSO": "NOTE",
    "REMARK": "NOTE", "SUCCESS": "TIP", "DANGER": "CAUTION", "ERROR": "CAUTION",
    "FAILURE": "CAUTION",
    "BUG": "CAUTION", "ATTENTION": "WARNING", "QUESTION": "EXERCISE", "ANSWER": "SOLUTION",
    "TABSET": "TABS",
  ]

  mutating func checkAlert(_ quote: MarkdownNode, _ problems: inout Problems) {
    guard let alert = quote.alert, let text = quote.firstChild?.firstChild,
      let range = range(of: text)
    else { return }
    let start = range.start.column - 1
    let marks = source.range(line: range.start.line, start..<start + alert.word.utf8.count + 3)
    let kinds = MarkdownAlert.Kind.allCases.map { $0.rawValue.uppercased() }
    if alert.kind == nil {
      let near =
        Self.alertsElsewhere[alert.word.uppercased()]
        ?? nearest(to: alert.word.uppercased(), in: kinds)
      problems.add(
        .unknownAlert, at: marks,
        "note '[!\(alert.word)]' doesn't exist; "
          + (near.map { "did you mean '[!\($0)]'?" }
            ?? "notes are \(kinds.map { "'[!\($0)]'" }.joined(separator: ", "))"))
    } else if let group = FigureGroup(quote) {
      checkFigures(quote, group, marks, &problems)
    } else if let kind = alert.kind, kind.takesTitle {
      if let braces = alert.braces { checkName(of: alert, braces, kind, range, &problems) }
    } else if !alert.standsAlone {
      problems.add(
        .alertText, at: marks, "note '[!\(alert.word)]' must stand alone on its line")
    } else if alert.kind == .tabs {
      // The mark may be a paragraph by itself.
      let blocks = quote.children.drop { block in block.children.allSatisfy(alert.marks.contains) }
      let titles = blocks.filter(alert.isTabTitle)
      if titles.count > 1, titles.first == blocks.first(where: { _ in true }) { return }
      problems.add(
        .alertText, at: marks,
        "note '[!\(alert.word)]' holds two tabs or more, each below a line of bold words such as "
          + "'**Linux**'")
    }
  }

  /// - Parameter line: the first text of the quote.
  mutating func checkName(
    of alert: MarkdownAlert, _ braces: NameBraces, _ kind: MarkdownAlert.Kind, _ line: SourceRange,
    _ problems: inout Problems
  ) {
    let text = braces.text.drop { $0 == " " }
    let place = place(of: text, in: line) ?? line
    guard let prefix = kind.prefix else {
      problems.add(
        .alertText, at: place, "'\(text)' names a proof, which has no number to be named by")
      return
    }
    guard let name = braces.name else {
      problems.add(
        .alertText, at: place,
        "'\(text)' after '[!\(alert.word)]' has no meaning; only a name such as '{#\(prefix)one}' "
          + "has")
      return
    }
    names.add(
      Located(name, at: place), of: .statement(kind == .figures ? "figure" : kind.rawValue, prefix),
      problems)
  }

  mutating func checkTableCaption(_ paragraph: MarkdownNode, _ problems: inout Problems) {
    guard let caption = TableCaption(paragraph), let range = range(of: paragraph) else { return }
    let text = (caption.braces?.text ?? "").drop { $0 == " " }
    let place = text.isEmpty ? range : place(of: text, in: range) ?? range
    guard caption.table != nil else {
      problems.add(
        .tableCaption, at: place,
        "caption '\(text)' has no table; it stands right before the table or right after it")
      return
    }
    guard let braces = caption.braces else { return }
    guard let name = braces.name else {
      problems.add(
        .tableCaption, at: place,
        "'\(text)' after a caption has no meaning; only a name such as '{#tbl-one}' has")
      return
    }
    names.add(Located(name, at: place), of: .table, problems)
  }

  /// cmark leaves references to footnotes that nobody wrote as text.
  func checkFootnotes(_ text: MarkdownNode, _ problems: inout Problems) {
    guard let range = range(of: text), range.start.line == range.end.line else { return }
    let line = source.line(range.start.line)
    var i = line.startIndex + range.start.column - 1
    let end = line.startIndex + range.end.column - 1
    while i + 2 < end {
      if line[i] == UInt8(ascii: "\\") {
        i += 2
        continue
      }
      if line[i] == UInt8(ascii: "["), line[i + 1] == UInt8(ascii: "^") {
        guard let close = line[i..<end].firstIndex(of: UInt8(ascii: "]")) else { return }
        if close == i + 2 {
          i = close
          continue
        }
        let mark = String(decoding: line[i...close], as: UTF8.self)
        problems.add(
          .unknownFootnote,
          at: source.range(
            line: range.start.line, i - line.startIndex..<close + 1 - line.startIndex),
          "footnote '\(mark)' doesn't exist; write '\(mark): …' on a line of its own")
        i = close
      }
      i += 1
    }
  }
}
