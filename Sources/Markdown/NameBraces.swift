/// Braces at the end of some words, such as `{#thm-limit}`.
package struct NameBraces: Hashable, Sendable {
  /// With the spaces before it.
  package let text: String
  /// Of `{#name}` and nothing else.
  package let name: String?

  /// - Parameter node: nil is returned for all but text that ends in braces.
  init?(atEndOf node: MarkdownNode) {
    guard case .text(let words) = node.kind else { return nil }
    let trimmed = words.reversed().drop { $0 == " " }.reversed()
    guard trimmed.last == "}", let open = words.lastIndex(of: "{"),
      let first = words[open...].dropFirst().first, "#.-".contains(first)
    else { return nil }
    var start = open
    while start > words.startIndex, words[words.index(before: start)] == " " {
      start = words.index(before: start)
    }
    text = String(words[start...])
    let inner = words[open...].dropFirst(2).prefix { $0 != "}" }
    let isName =
      first == "#" && !inner.isEmpty
      && inner.utf8.allSatisfy { $0.isWord || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    name = isName ? String(inner) : nil
  }
}

/// A paragraph beside a table that begins with a colon: its caption. Braces at its end name the table.
package struct TableCaption {
  package let paragraph: MarkdownNode
  /// Nil where no table stands beside it.
  package let table: MarkdownNode?
  /// Whether it stands above its table.
  package let isBefore: Bool
  package let braces: NameBraces?

  /// - Returns: nil for a paragraph that begins otherwise, or has neither table nor name.
  package init?(_ paragraph: MarkdownNode) {
    guard case .paragraph = paragraph.kind, let first = paragraph.firstChild,
      case .text(let text) = first.kind, text.hasPrefix(": "), let last = paragraph.lastChild
    else { return nil }
    self.paragraph = paragraph
    braces = NameBraces(atEndOf: last)
    // Comments, such as marks of blocks, may stand between the two.
    let below = paragraph.neighbor(\.next)
    table = below ?? paragraph.neighbor(\.previous)
    isBefore = below != nil
    if table == nil, braces?.name?.hasPrefix("tbl-") != true { return nil }
  }

  /// Leaves the words of the caption alone.
  package func removeMarks() {
    if let braces, let last = paragraph.lastChild, case .text(let text) = last.kind {
      last.node.setLiteral(String(text.dropLast(braces.text.count)))
    }
    if let first = paragraph.firstChild, case .text(let text) = first.kind {
      first.node.setLiteral(String(text.dropFirst(2)))
    }
  }

  /// The words of the caption.
  package var plainText: String {
    String(paragraph.plainText.dropFirst(2).dropLast(braces?.text.count ?? 0))
  }
}

extension MarkdownNode {
  /// The table that stands next in one direction, whatever comments stand between.
  fileprivate func neighbor(_ step: (MarkdownNode) -> MarkdownNode?) -> MarkdownNode? {
    var node = step(self)
    while let current = node {
      switch current.kind {
      case .table: return current
      case .htmlBlock(let html) where html.dropFirst().hasPrefix("!--"): node = step(current)
      default: return nil
      }
    }
    return nil
  }
}
