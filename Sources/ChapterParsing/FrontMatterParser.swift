import BookModel
import Markdown

/// What a chapter may say of itself above its text.
package enum FrontMatterKey: String, CaseIterable, Sendable {
  case title, date, id, description, draft, appendix, glossary, unlinked
  case movedFrom = "moved from"

  /// For an author who sees the key.
  package var meaning: String {
    switch self {
    case .title: "The chapter's title. Without it, the first heading is the title."
    case .date: "A day, such as `2026-11-21`."
    case .id: "A name for references to the chapter: `[](#name)`."
    case .description: "One sentence about the chapter, for the list of chapters and for searches."
    case .draft: "`true` leaves the chapter out, unless a build is told `--drafts`."
    case .movedFrom: "Names that the page had before, such as `03-old.html`."
    case .glossary:
      "`true` makes a glossary of the chapter; or lines with other spellings of its terms, such as "
        + "`Exclusive or: XOR`, or `Code: unlinked`."
    case .unlinked:
      "Terms of the glossary that this chapter does not lead to, such as `bias, code`; or `all`."
    case .appendix: "`true` counts the chapter by letters: its first figure is Figure A.1."
    }
  }
}

/// Reads the lines between `---` and `---` at the top of a chapter.
///
/// - Returns: what they say, and the line on which the Markdown begins.
func parseFrontMatter(_ problems: inout Problems) -> (FrontMatter, firstLine: Int) {
  var matter = FrontMatter(title: "")
  let source = problems.source
  guard isRule(source.line(1), "---") else {
    checkForLateRule(&problems)
    return (matter, 1)
  }
  var end = 2
  while end <= source.lines.count, !isRule(source.line(end), "---"),
    !isRule(source.line(end), "...")
  {
    end += 1
  }
  guard end <= source.lines.count else {
    problems.add(
      .frontMatterNeverClosed, at: source.range(line: 1, 0..<3),
      "front matter is never closed; write '---' on a line of its own after it")
    return (matter, source.lines.count)
  }
  guard let yaml = YAMLMapping(2..<end, of: source, name: "front matter", &problems) else {
    return (matter, end + 1)
  }
  for entry in yaml.entries {
    guard let key = FrontMatterKey(rawValue: entry.key.value) else {
      problems.add(
        .unknownKey, at: entry.key.range,
        BookKey(rawValue: entry.key.value) == nil
          ? unknownKey(entry.key.value, in: "front matter", FrontMatterKey.allCases.map(\.rawValue))
          : "key '\(entry.key.value)' belongs into book.yml, which speaks for all chapters")
      continue
    }
    switch key {
    case .title:
      guard let title = yaml.words(entry, &problems) else { continue }
      matter.title = MarkdownDocument(title: title.value).root.plainText
      matter.titleMarkdown = title.value
      matter.titleRange = title.range
    case .date:
      guard let date = yaml.string(entry, &problems) else { continue }
      if isDate(date.value) {
        matter.date = date.value
      } else {
        problems.add(
          .yamlValue, at: date.range,
          "value '\(date.value)' of 'date' must be a day, such as '2026-11-21'")
      }
    case .id:
      guard let id = yaml.words(entry, &problems) else { continue }
      if isName(id.value) {
        matter.id = id
      } else {
        problems.add(
          .yamlValue, at: id.range,
          "value '\(id.value)' of 'id' must be letters, digits, '-' and '_', with a letter first")
      }
    case .description: matter.description = yaml.words(entry, &problems)?.value
    case .draft: matter.isDraft = yaml.bool(entry, &problems) ?? false
    case .movedFrom: matter.movedFrom = oldNames(entry, yaml, &problems)
    case .appendix: matter.isAppendix = yaml.bool(entry, &problems) ?? false
    case .glossary: matter.glossary = glossary(entry, yaml, &problems)
    case .unlinked: matter.unlinked = unlinkedTerms(entry, yaml, &problems) ?? matter.unlinked
    }
  }
  return (matter, end + 1)
}

/// One name or a list of them, with or without an ending.
private func oldNames(
  _ entry: YAMLMapping.Entry, _ yaml: YAMLMapping, _ problems: inout Problems
) -> [Located<String>] {
  let names: [Located<String>]
  if case .sequence = entry.value {
    names = yaml.strings(entry, &problems) ?? []
  } else {
    names = yaml.string(entry, &problems).map { [$0] } ?? []
  }
  return names.compactMap { name in
    let ending = [".html", ".md"].first(where: name.value.hasSuffix) ?? ""
    let page = String(name.value.dropLast(ending.count))
    if !page.isEmpty, !page.contains(where: "/?#".contains) { return Located(page, at: name.range) }
    problems.add(
      .yamlValue, at: name.range,
      "value '\(name.value)' of 'moved from' must be the name of a page, such as '03-old.html'")
    return nil
  }
}

/// What stands above the front matter makes Markdown of it, and marks of other tools around it do.
private func checkForLateRule(_ problems: inout Problems) {
  let source = problems.source
  if isRule(source.line(1), "+++") {
    problems.add(
      .frontMatterMarks, at: source.range(line: 1, 0..<3),
      "front matter stands between lines of '---' and is YAML, such as 'title: Width', not TOML")
    return
  }
  var line = 1
  var isComment = false
  var hasComment = false
  while line < source.lines.count {
    let text = source.text(ofLine: line)
    if text.drop(while: { $0 == " " }).hasPrefix("<!--") { (isComment, hasComment) = (true, true) }
    guard isComment || source.line(line).allSatisfy(\.isBlank) else { break }
    if text.contains("-->") { isComment = false }
    line += 1
  }
  guard line > 1, isRule(source.line(line), "---"), line < source.lines.count,
    source.line(line + 1).contains(UInt8(ascii: ":"))
  else { return }
  problems.add(
    .frontMatterLate, at: source.range(line: line, 0..<3),
    hasComment
      ? "front matter must begin on the first line of the file; put the comment below it"
      : "front matter must begin on the first line of the file; remove the blank lines above it")
}

func unknownKey(_ key: String, in place: String, _ known: [String]) -> String {
  let prefix = "key '\(key)' doesn't exist in \(place)"
  if let near = nearest(to: key, in: known) { return "\(prefix); did you mean '\(near)'?" }
  return "\(prefix); keys are \(known.map { "'\($0)'" }.joined(separator: ", "))"
}

/// Whether a line is one of the rules around front matter.
func isRule(_ line: ArraySlice<UInt8>, _ rule: String) -> Bool {
  line.starts(with: rule.utf8) && line.dropFirst(3).allSatisfy(\.isBlank)
}

/// What names of cells and chapters are: an address ends in them as they are.
func isName(_ text: String) -> Bool {
  let isLetter = { (byte: UInt8) in (0x61...0x7A).contains(byte | 0x20) }
  guard let first = text.utf8.first, isLetter(first) else { return false }
  return text.utf8.allSatisfy { byte in
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
  }
}

/// `2026-11-21`: four digits, a month, a day of it.
private func isDate(_ text: String) -> Bool {
  let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
  guard parts.map(\.count) == [4, 2, 2],
    parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } }),
    let year = Int(Substring(parts[0])), let month = Int(Substring(parts[1])),
    let day = Int(Substring(parts[2])), (1...12).contains(month)
  else { return false }
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return (1...days[month - 1]).contains(day)
}
