/// A quote that begins with a line such as `[!NOTE]`.
package struct MarkdownAlert {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case note, tip, important, warning, caution
    /// Not GitHub's: there they are plain quotes.
    case exercise, hint, solution

    /// As a heading has it.
    package var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  }

  /// The word between `[!` and `]`, as written.
  package let word: String
  /// Nil where no such kind exists.
  package var kind: Kind? { Kind(rawValue: word.lowercased()) }
  /// Whether the words stand alone on their line; only then GitHub makes an alert of it.
  package let standsAlone: Bool
  /// The words, and the line break after them.
  package let marks: [MarkdownNode]

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
    marks = [first] + (first.next.map { $0.isLineBreak ? [$0] : [] } ?? [])
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
