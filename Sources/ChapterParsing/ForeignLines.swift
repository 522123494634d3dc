import BookModel
import Markdown

// Lines that other tools read as marks, and Markdown as words: they are looked for in what the author
// typed, since addresses and underscores in them become nodes of their own.
extension ChapterReader {
  func checkForeignLines(_ paragraph: MarkdownNode, _ problems: inout Problems) {
    guard let range = range(of: paragraph) else { return }
    for number in range.start.line...max(range.start.line, range.end.line) {
      let isFirst = number == range.start.line
      let bytes = source.line(number)
      let start =
        isFirst
        ? range.start.column - 1
        : bytes.prefix { $0.isBlank || $0 == UInt8(ascii: ">") }.count
      // Few lines begin with one, and to look for patterns takes long.
      guard let first = bytes.dropFirst(start).first, Self.lineSigns.contains(first) else {
        continue
      }
      let line = String(decoding: bytes.dropFirst(start).trimmed, as: UTF8.self)
      guard let found = Self.foreignLine(line, isFirst: isFirst) else { continue }
      // Front matter of another kind is told as such.
      if found.mark.hasPrefix("+++"), source.line(1).starts(with: "+++".utf8) { continue }
      problems.add(
        .foreignMark, at: source.range(line: number, start..<start + found.mark.utf8.count),
        "'\(found.mark)' is text here; \(found.advice)")
    }
  }

  /// Whether a line is a template as a whole, which is told with its place here.
  static func isTemplateLine(_ line: String) -> Bool {
    line.wholeMatch(of: #/\{\{[<#%](?:(?!\}\}).)*\}\}/#) != nil
  }

  private static let lineSigns = Array("=/-.(%+{:\\ie'`".utf8) + [0xC2, 0xE2]

  private static func foreignLine(
    _ line: String, isFirst: Bool
  ) -> (mark: Substring, advice: String)? {
    if isTemplateLine(line) { return (line[...], advice(forTemplate: line)) }
    for (pattern, advice) in lineMarks {
      if let found = line.prefixMatch(of: pattern) { return (found.1, advice) }
    }
    // Words that go on from the line before may begin with a percent sign.
    if isFirst, line.hasPrefix("% ") { return (line[...], "a comment is written '<!-- … -->'") }
    // A paragraph that begins with a colon is the caption of a table.
    if !isFirst, let found = line.prefixMatch(of: #/(:\s+)\S/#) {
      return (
        found.1.prefix(1), "a list of definitions is written as a list, '- **Term.** What it means'"
      )
    }
    if let found = line.prefixMatch(of: #/(\.\. ([\w-]+)::)/#) {
      return (found.1, advice(forBlock: found.2) ?? "directives have no meaning; leave it out")
    }
    return nil
  }

  private nonisolated(unsafe) static let lineMarks: [(Regex<(Substring, Substring)>, String)] = [
    (#/(=== ?["!+].*)/#, "tabs stand in a quote that begins with '> [!TABS]'"),
    // Swift's own comments begin so, too.
    (
      #/(\/\/\/ ?(?:note|tip|important|warning|caution|danger|info|hint|example|question|admonition|details|tab|caption|html|define))(?: ?\|.*)?$/#,
      "a note is written '> [!NOTE]'"
    ),
    (
      #/(-{1,2}8<-{1,2}.*)/#,
      "code of a file is shown by a fence, '```swift from=code/model.swift', and other text stands in "
        + "the chapter itself"
    ),
    (#/(\([A-Za-z][\w-]*\)=)$/#, "a section is named after its words: '## Setup {#sec-setup}'"),
    (#/(%%.*%%)$/#, "a comment is written '<!-- … -->'"),
    (#/(\+\+\+(?: .*)?)$/#, "each fence is a cell by itself; leave the line out"),
    (
      #/(\{:? ?\.[A-Za-z][^{}]*\}|\{:[^{}]+\})$/#,
      "attributes have no meaning; leave them out"
    ),
    (
      #/(import (?:[\w{}*, ]+ from )?["'][^"']+["'];?)$/#,
      "chapters have no components; Markdown and cells are all that they hold"
    ),
    (
      #/(export (?:const|default|function|let) .*)/#,
      "chapters have no components; Markdown and cells are all that they hold"
    ),
    (
      #/((?:'''|‘‘‘|’’’|´´´|“““|``)swift)\b/#,
      "a cell begins with a line of three back-quotes and its language, '```swift'"
    ),
  ]

  /// What to write for a template of other tools.
  static func advice(forTemplate text: some StringProtocol) -> String {
    let name = text.drop { !$0.isLetter }.prefix { $0.isLetter || $0 == "_" }
    return switch name {
    case "include", "rustdoc_include", "playground", "embed", "literalinclude":
      "code of a file is shown by a fence, '```swift from=code/model.swift', and other text stands in the "
        + "chapter itself"
    case "pagebreak": "pages break by themselves; leave it out"
    case "title": "the title stands in the front matter, 'title: …'"
    default: "chapters have no templates, and cells read files of 'data/'"
    }
  }

  /// What to write for a block of another tool, by the name that it has there; nil for one unheard of.
  static func advice(forBlock name: Substring) -> String? {
    let name = name.lowercased().drop { $0 == "." || $0 == "#" }
    let kind = name.hasPrefix("callout-") ? name.dropFirst("callout-".count) : name
    switch kind {
    case "note", "tip", "important", "warning", "caution":
      return "a note is written '> [!\(kind.uppercased())]'"
    case "info", "seealso", "admonition", "abstract", "todo", "remark":
      return "a note is written '> [!NOTE]'"
    case "danger", "attention", "error", "failure", "bug": return "a note is written '> [!CAUTION]'"
    case "success", "check": return "a note is written '> [!TIP]'"
    case "hint": return "a hint that is folded is written '> [!HINT]', and a note '> [!TIP]'"
    case "panel-tabset", "tabset", "tab-set", "tabs", "tab-item":
      return "tabs stand in a quote that begins with '> [!TABS]'"
    case "columns", "column", "grid", "layout":
      return "columns have no meaning; figures beside each other stand in '> [!FIGURES]'"
    case "theorem", "lemma", "corollary", "definition", "example", "exercise", "solution", "proof":
      return "what a text states is written '> [!\(kind.uppercased())]'"
    case "dropdown", "details", "spoiler", "toggle": return "what is folded stands in '<details>'"
    case "code", "code-block", "sourcecode", "highlight":
      return "code stands in a fence, '```python'"
    case "math": return "a formula stands between '$$' and '$$'"
    case "image", "figure": return "a figure is written '![what it shows](file.svg \"Caption\")'"
    case "toctree", "contents": return "every page has its contents beside it"
    case "include", "literalinclude": return advice(forTemplate: "include")
    default:
      if kind.hasPrefix("fig-") { return "figures in parts stand in '> [!FIGURES]'" }
      if kind.hasPrefix("thm-") { return "what a text states is written '> [!THEOREM]'" }
      return nil
    }
  }
}
