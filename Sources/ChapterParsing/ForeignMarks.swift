import BookModel
import Markdown

// Marks of other tools that Markdown shows as the text they are: references, roles, attributes, blocks.
extension ChapterReader {
  func checkForeignMarks(_ text: MarkdownNode, _ literal: String, _ problems: inout Problems) {
    checkReferences(text, literal, &problems)
    checkTextMarks(text, literal, &problems)
    if literal.hasPrefix(":::"), text.previous == nil {
      let name = literal.drop { $0 == ":" || $0 == " " || $0 == "{" }.prefix {
        $0.isLetter || $0.isNumber || "-_.#".contains($0)
      }
      add(
        .foreignMark, literal.startIndex..<literal.endIndex, of: literal, in: text,
        "':::' is text here; "
          + (Self.advice(forBlock: name)
            ?? "a note is written '> [!NOTE]', and what is folded in '<details>'"),
        &problems)
    }
    if literal.hasSuffix(":"), let next = text.next, case .code(let code) = next.kind,
      let role = literal.firstMatch(of: #/(?:^|\s):([a-z]+):$/#)
    {
      let range = literal.index(role.1.startIndex, offsetBy: -1)..<literal.endIndex
      add(
        .foreignMark, range, of: literal, in: text,
        "role ':\(role.1):' is text here; \(Self.meaning(ofRole: role.1, code))", &problems)
    }
    // Few texts have one, and to look for patterns takes long.
    guard literal.utf8.contains(UInt8(ascii: "{")) else { return }
    checkAttributes(text, literal, &problems)
    if literal.hasSuffix("}"), let next = text.next, case .code(let code) = next.kind,
      let role = literal.firstMatch(of: /\{([a-z]+)\}$/)
    {
      add(
        .foreignMark, role.range, of: literal, in: text,
        "role '{\(role.1)}' is text here; \(Self.meaning(ofRole: role.1, code))", &problems)
    }
    if literal.contains("{{") || literal.contains("{%"),
      let found = literal.firstMatch(of: /\{\{[%<#]?[ ]*[a-z#]+ [^{}]*\}\}|\{%[^%]*%\}/)
    {
      guard !isTemplateLine(text) else { return }
      add(
        .foreignMark, found.range, of: literal, in: text,
        "'\(found.0)' is text here; \(Self.advice(forTemplate: found.0))", &problems)
    }
  }

  /// Whether the line on which a text begins is a template as a whole.
  private func isTemplateLine(_ text: MarkdownNode) -> Bool {
    guard let range = range(of: text) else { return false }
    let line = source.line(range.start.line).drop { $0.isBlank || $0 == UInt8(ascii: ">") }
    return Self.isTemplateLine(String(decoding: line.trimmed, as: UTF8.self))
  }

  private static func meaning(ofRole role: Substring, _ target: String) -> String {
    switch role {
    case "math": "a formula is written '$\(target)$'"
    case "ref", "numref", "eq": "a reference is written '[](#\(target))'"
    case "doc": "a link is written '[text](\(target).md)'"
    case "cite", "citep", "citet": "a citation is written '[@\(target)]'"
    case "term": "terms of a glossary are linked by themselves; write the words alone"
    case "code", "literal", "func", "class", "meth", "mod", "attr":
      "code stands in back-quotes alone"
    case "sub": "a subscript is '<sub>\(target)</sub>'"
    case "sup": "a superscript is '<sup>\(target)</sup>'"
    case "kbd": "keys are written '<kbd>\(target)</kbd>'"
    default: "links are written '[text](address)'"
    }
  }

  /// `@fig-a`, `\@ref(fig:a)`, `\ref{fig-a}`.
  private func checkReferences(
    _ text: MarkdownNode, _ literal: String, _ problems: inout Problems
  ) {
    guard literal.utf8.contains(UInt8(ascii: "@")) || literal.contains("ref{") else { return }
    let reference =
      /(^|[^\w.])(@(?:ref\()?((?:fig|tbl|tab|lst|eq|sec)[-:][\w-]*\w)\)?|\\(?:[cC]|eq|auto)?ref\{([^{}]+)\})/
    for match in literal.matches(of: reference) {
      let name = (match.3 ?? match.4 ?? "").replacing(":", with: "-")
      add(
        .foreignReference, match.2.startIndex..<match.2.endIndex, of: literal, in: text,
        "'\(match.2)' is text here; a reference is written '[](#\(name))'", &problems)
    }
  }

  /// `![…](a.svg){width=50%}`.
  private func checkAttributes(
    _ text: MarkdownNode, _ literal: String, _ problems: inout Problems
  ) {
    guard literal.hasPrefix("{"), let before = text.previous,
      let found = literal.prefixMatch(of: /\{[ ]*[#.]?[\w-]+[^}]*\}/)
    else { return }
    let advice: String
    switch before.kind {
    case .image:
      advice = "an image is named by '<a id=\"fig-name\"></a>' before it, and sized by its own file"
    case .link, .code, .formula: advice = "leave it out"
    default: return
    }
    guard found.0.contains("=") || found.0.contains("#") || found.0.contains("{.") else { return }
    add(
      .foreignMark, found.range, of: literal, in: text,
      "'\(found.0)' is text here: attributes have no meaning; \(advice)", &problems)
  }

  /// Points at a part of a text node; at all of it where escapes or entities stand before the part.
  func add(
    _ id: DiagnosticID, _ part: Range<String.Index>, of literal: String, in text: MarkdownNode,
    _ message: String, _ problems: inout Problems
  ) {
    guard let found = offsets(of: text) else { return }
    let bytes = Array(literal[part].utf8)
    let start = found.lowerBound + literal[..<part.lowerBound].utf8.count
    for offset in [start, start + 1]
    where offset + bytes.count <= found.upperBound
      && document.text[offset...].starts(with: bytes)
    {
      problems.add(id, at: place(offset..<offset + bytes.count), message)
      return
    }
    problems.add(id, at: place(found), message)
  }
}
