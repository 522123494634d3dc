/// A quote that begins with a line such as `[!NOTE]`.
package struct MarkdownAlert {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case note, tip, important, warning, caution
    /// Not GitHub's: there they are plain quotes.
    case exercise, hint, solution
    /// What a text states: each with a title where it has one.
    case theorem, lemma, corollary, definition, example, proof
    /// One thing in several languages, or for several systems.
    case tabs
    /// Several figures under one number: `FigureGroup`.
    case figures

    /// As a heading has it.
    package var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// What names of its kind begin with; nil for kinds that are not counted and so have no name.
    package var prefix: String? {
      switch self {
      case .exercise: "exr-"
      case .theorem: "thm-"
      case .lemma: "lem-"
      case .corollary: "cor-"
      case .definition: "def-"
      case .example: "exm-"
      case .figures: "fig-"
      case .proof, .note, .tip, .important, .warning, .caution, .hint, .solution, .tabs: nil
      }
    }

    /// Whether words after the mark are its title.
    package var takesTitle: Bool { prefix != nil || self == .proof }
  }

  /// The word between `[!` and `]`, as written.
  package let word: String
  /// Nil where no such kind exists.
  package var kind: Kind? { Kind(rawValue: word.lowercased()) }
  /// Whether the words stand alone on their line; only then GitHub makes an alert of it.
  package let standsAlone: Bool
  /// The words, and the line break after them.
  package let marks: [MarkdownNode]
  /// In braces at the end of the line, such as `{#thm-limit}`.
  package let braces: NameBraces?

  fileprivate init?(_ quote: MarkdownNode) {
    guard case .blockQuote = quote.kind, let paragraph = quote.firstChild,
      case .paragraph = paragraph.kind, let first = paragraph.firstChild,
      case .text(let text) = first.kind, text.hasPrefix("[!"),
      let close = text.firstIndex(of: "]")
    else { return nil }
    word = String(text[..<close].dropFirst(2))
    guard !word.isEmpty, word.utf8.allSatisfy({ $0.isWord && $0 < 0x80 }) else { return nil }
    let rest = text[text.index(after: close)...]
    standsAlone =
      rest.allSatisfy { $0 == " " } && (first.next == nil || first.next?.isLineBreak == true)
    var last = first
    while let next = last.next, !next.isLineBreak { last = next }
    braces = NameBraces(atEndOf: last)
    marks = [first] + (first.next.map { $0.isLineBreak ? [$0] : [] } ?? [])
  }

  /// Whether the line says nothing but its kind and its name.
  package var hasOnlyName: Bool {
    guard let braces, marks[0].next == nil || marks[0].next?.isLineBreak == true,
      case .text(let text) = marks[0].kind
    else { return standsAlone }
    return text.dropLast(braces.text.count).last == "]"
  }

  /// The title of a tab: a paragraph of bold words alone, apart from the mark.
  package func isTabTitle(_ block: MarkdownNode) -> Bool {
    guard case .paragraph = block.kind else { return false }
    let words = block.children.filter { !marks.contains($0) }
    guard words.count == 1, case .strong = words[0].kind else { return false }
    return true
  }

  /// Takes kind and name out of the line, so that its title is left: first in its paragraph, and up
  /// to the break that is returned.
  package func removeMarksAroundTitle() -> (hasTitle: Bool, lineBreak: MarkdownNode?) {
    var last = marks[0]
    while let next = last.next, !next.isLineBreak { last = next }
    if let braces, case .text(let text) = last.kind {
      last.node.setLiteral(String(text.dropLast(braces.text.count)))
    }
    let lineBreak = last.next
    guard case .text(let text) = marks[0].kind else { return (true, lineBreak) }
    let title = text.dropFirst(word.count + 3).drop { $0 == " " }
    marks[0].node.setLiteral(String(title))
    return (!title.isEmpty || last != marks[0], lineBreak)
  }

  /// What the nodes of the mark say besides it.
  package var titles: [(mark: MarkdownNode, text: String)] {
    guard let kind, kind.takesTitle, case .text(let text) = marks[0].kind else {
      return marks.map { ($0, "") }
    }
    let name = braces?.text ?? ""
    let title = text.dropFirst(word.count + 3)
    let isNamed = !name.isEmpty && title.hasSuffix(name)
    let words = title.dropLast(isNamed ? name.count : 0).drop { $0 == " " }
    var last = marks[0]
    while let next = last.next, !next.isLineBreak { last = next }
    var titles = [(marks[0], String(words))]
    if last != marks[0], case .text(let text) = last.kind {
      titles.append((last, String(text.dropLast(name.count))))
    }
    return titles + marks.dropFirst().map { ($0, words.isEmpty ? "" : " ") }
  }

  /// Takes the words, and the paragraph they leave empty, out of the tree.
  package func removeMarks() {
    let paragraph = marks[0].parent
    for mark in marks { mark.remove() }
    if let paragraph, paragraph.firstChild == nil { paragraph.remove() }
  }
}

extension MarkdownNode {
  /// For a quote that is an alert.
  package var alert: MarkdownAlert? { MarkdownAlert(self) }

  fileprivate var isLineBreak: Bool {
    switch kind {
    case .softBreak, .lineBreak: true
    default: false
    }
  }
}
