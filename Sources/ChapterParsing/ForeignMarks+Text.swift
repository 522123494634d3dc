import BookModel
import Markdown

// Marks of other tools in running text. What a backslash stands before is meant as it is.
extension ChapterReader {
  func checkTextMarks(_ text: MarkdownNode, _ literal: String, _ problems: inout Problems) {
    // Few texts have one, and to look for patterns takes long.
    guard literal.utf8.contains(where: Self.signs.contains) else { return }
    let before = problems.found.count
    checkBlockMarks(text, literal, &problems)
    guard problems.found.count == before else { return }
    for mark in Self.marks where mark.mayStand(in: literal) {
      // To look up the place of one takes as long as its text is.
      for found in literal.matches(of: mark.pattern).prefix(Self.mostOfAKind) {
        let part = found.1
        guard isWritten(part, in: text), !isRole(part, of: literal, text) else { continue }
        add(
          .foreignMark, part.startIndex..<part.endIndex, of: literal, in: text,
          "'\(part)' is text here; \(mark.advice)", &problems)
      }
    }
  }

  /// `:ref:` before code, which is told as what it is.
  private func isRole(_ part: Substring, of literal: String, _ text: MarkdownNode) -> Bool {
    guard part.hasSuffix(":"), part.endIndex == literal.endIndex, let next = text.next else {
      return false
    }
    if case .code = next.kind { return true }
    return false
  }

  /// `H~2~O`: one tilde strikes out as two do.
  func checkStrikethrough(_ node: MarkdownNode, _ problems: inout Problems) {
    guard let offsets = offsets(of: node), document.text[offsets].starts(with: "~".utf8),
      !document.text[offsets].starts(with: "~~".utf8), let first = offsets.first, first > 0,
      isLetterOrDigit(document.text[first - 1])
    else { return }
    problems.add(
      .foreignMark, at: place(offsets),
      "'\(string(offsets))' strikes its text out; a subscript is '<sub>\(node.plainText)</sub>', and "
        + "striking out is written '~~\(node.plainText)~~'")
  }

  private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    byte >= 0x80 || Character(Unicode.Scalar(byte)).isLetter
      || Character(Unicode.Scalar(byte)).isNumber
  }

  /// What takes a line of its own.
  private func checkBlockMarks(
    _ text: MarkdownNode, _ literal: String, _ problems: inout Problems
  ) {
    let whole = literal.startIndex..<literal.endIndex
    if let offsets = offsets(of: text), document.text[offsets].first == UInt8(ascii: "\\") {
      return
    }
    // To make a pattern takes long as well.
    if text.previous == nil, literal.hasPrefix("!!!") || literal.hasPrefix("???"),
      let found = literal.prefixMatch(of: #/(?:!!!|\?\?\?\+?) ?\w+/#)
    {
      add(
        .foreignMark, found.range, of: literal, in: text,
        "'\(found.0)' is text here; a note is written '> [!NOTE]'", &problems)
    }
    if text.previous == nil, literal.hasPrefix("*["),
      let found = literal.prefixMatch(of: #/\*\[[^\]]+\]: /#)
    {
      add(
        .foreignMark, found.range, of: literal, in: text,
        "'\(found.0.dropLast())' is text here; an abbreviation is spelled out where it comes first",
        &problems)
    }
    guard text.previous == nil, text.next == nil else { return }
    if literal.hasPrefix("["), literal.utf8.count < 8,
      literal.wholeMatch(of: #/\[?\[(?:toc|TOC)\]\]?/#) != nil
    {
      add(
        .foreignMark, whole, of: literal, in: text,
        "'\(literal)' is text here; every page has its contents beside it", &problems)
    }
    if literal.hasPrefix("{#"), let name = literal.wholeMatch(of: #/\{(#[\w-]+)[^}]*\}/#) {
      let isFormula =
        if case .formulaBlock? = blockAround(text).previous?.kind { true } else { false }
      add(
        .foreignMark, whole, of: literal, in: text,
        isFormula
          ? "'\(literal)' is text here; it names the formula on the line that ends it: '$$ {\(name.1)}'"
          : "'\(literal)' is text here; it stands on the line of what it names", &problems)
    }
  }

  private struct Mark {
    /// Stands in every such mark.
    let sign: UInt8
    /// What stands right after it somewhere.
    let next: ClosedRange<UInt8>
    let pattern: Regex<(Substring, Substring)>
    let advice: String

    init(
      _ sign: Unicode.Scalar, _ next: ClosedRange<Unicode.Scalar>,
      _ pattern: Regex<(Substring, Substring)>, _ advice: String
    ) {
      self.sign = UInt8(ascii: sign)
      self.next = UInt8(ascii: next.lowerBound)...UInt8(ascii: next.upperBound)
      self.pattern = pattern
      self.advice = advice
    }

    init(_ sign: Unicode.Scalar, _ pattern: Regex<(Substring, Substring)>, _ advice: String) {
      self.init(sign, "\0"..."\u{7F}", pattern, advice)
    }

    /// To look for the pattern takes long, and most texts have colons and brackets of their own.
    func mayStand(in text: String) -> Bool {
      var isAfterSign = false
      for byte in text.utf8 {
        if isAfterSign, next.contains(byte) { return true }
        isAfterSign = byte == sign
      }
      return false
    }
  }

  private static let mostOfAKind = 50

  private static let signs = Array("{^=[])!?*:+\\".utf8)

  private nonisolated(unsafe) static let marks = [
    Mark(
      "{", #/(\]\{[ ]*[.#][\w-][^{}]*\})/#,
      "attributes of a piece of text have no meaning; leave them out"
    ),
    Mark(
      "^", #/(\^\[[^\[\] ]+ [^\[\]]+\])/#,
      "a footnote is written '[^1]', and its text '[^1]: …' below"),
    Mark(
      "=", "="..."=", #/(?:^|[\s(])(==[^\s=](?:[^=]*[^\s=])?==)(?:$|[\s.,;:!?)])/#,
      "what stands out is written '*so*' or '<mark>so</mark>'"),
    Mark(
      "^", #/\w(\^[\w+\-]{1,8}\^)(?!\w)/#, "a superscript is a formula, '$x^2$', or '<sup>2</sup>'"),
    Mark(
      "]", "["..."[", #/(?:^|[\s(])(\[\p{L}[^\[\]]*\]\[[^\[\]^]*\])(?!\[)/#,
      "a link is written '[text](address)', or has its address on a line of its own, '[name]: address'"
    ),
    Mark(
      "]", " "..." ",
      #/(\[[^\[\]]+\] \((?:https?:[^()\s]+|#[\w-]+|[^()\s]+\.(?:md|html|png|svg|jpe?g))\))/#,
      "a link is written '[text](address)', with nothing between the brackets"),
    Mark(
      ")", "["..."[",
      #/(\([^()]+\)\[(?:https?:[^\[\]\s]+|#[\w-]+|[^\[\]\s]+\.(?:md|html|png|svg|jpe?g))\])/#,
      "a link is written '[text](address)', the other way round"),
    Mark(
      "{", "s"..."s", #/(\{swift(?:\}[^{}\n]*| [^{}\n]+\}))/#,
      "a value in a sentence stands in back-quotes, as in '`{swift} net.count`'"),
    Mark(
      ":", "a"..."z", #/(?:^|[\s(])(:[a-z][a-z0-9_+-]+:)(?=$|[\s.,;!?)])/#,
      "write the sign itself, or leave it out"),
    Mark(
      "+", "+"..."+", #/(?:^|[\s(])(\+\+[a-z0-9]+(?:\+[a-z0-9]+)*\+\+)(?=$|[\s.,;!?)])/#,
      "keys are written '<kbd>Ctrl</kbd>'"),
    Mark(
      "\\", "a"..."z", #/(\\(?:cite[pt]?|parencite|textcite)\{[^{}]*\})/#,
      "a citation is written '[@key]'"),
    Mark(
      "\\", "a"..."z", #/(\\(?:textbf|textit|emph|texttt|underline)\{[^{}]*\})/#,
      "words are marked as '**bold**', '*so*' and, as code, in back-quotes"),
    Mark(
      "\\", "a"..."z", #/(\\(?:sub)*(?:section|chapter)\*?\{[^{}]*\})/#,
      "a heading is written '## Words'"),
    Mark(
      "\\", "a"..."z", #/(\\footnote\{[^{}]*\})/#,
      "a footnote is written '[^1]', and its text '[^1]: …' below"
    ),
    Mark("\\", "a"..."z", #/(\\(?:href|url)\{[^{}]*\})/#, "a link is written '[text](address)'"),
    Mark(
      "\\", "a"..."z", #/(\\label\{[^{}]*\})/#,
      "a name stands in braces after what it names, '{#sec-setup}'"),
    Mark(
      "\\", "a"..."z", #/(\\includegraphics(?:\[[^\[\]]*\])?\{[^{}]*\})/#,
      "a figure is written '![what it shows](file.svg \"Caption\")'"),
    Mark(
      "\\", "a"..."z",
      #/(\\(?:newpage|pagebreak|clearpage|noindent|maketitle|tableofcontents|bigskip|medskip))\b/#,
      "pages are laid out by themselves; leave it out"),
    Mark(
      "[", "["..."[", #/(\[\[\p{L}[^\[\],]*\]\])/#, "a link is written '[text](name.md)'"),
  ]

  /// Whether the author typed it so, without escapes or entities.
  private func isWritten(_ part: Substring, in text: MarkdownNode) -> Bool {
    guard let written = offsets(of: text).map(string) else { return false }
    return written.contains(part) && !written.contains("\\" + part)
  }
}
