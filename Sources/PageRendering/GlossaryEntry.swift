import BookModel
import Markdown

/// A paragraph of a glossary that begins with bold words: they are the term, and what follows says
/// what it means.
struct GlossaryEntry {
  var paragraph: MarkdownNode
  var bold: MarkdownNode
  /// Without the mark after it, and without what stands in parentheses.
  var term: String
  /// What stands in parentheses: `**Exclusive or (XOR).**`
  var other: String?
  /// Of an empty element before the term, such as an `a` with an id.
  var anchor: String?
  var hasDefinition: Bool

  init?(_ known: KnownNode) {
    guard case .paragraph = known.kind else { return nil }
    switch known.node.parent?.kind {
    case .document, .item: break
    default: return nil
    }
    var node = known.node.firstChild
    var markup = ""
    while let current = node {
      switch current.kind {
      case .htmlInline(let html): markup += html
      case .softBreak: break
      case .text(let text) where text.allSatisfy(\.isWhitespace): break
      case .strong:
        self.init(known.node, current, markup)
        return
      default: return nil
      }
      node = current.next
    }
    return nil
  }

  private init?(_ paragraph: MarkdownNode, _ bold: MarkdownNode, _ markup: String) {
    let marks: Set<Character> = [".", ":", ",", "。", "：", "،"]
    func trimmed(_ text: some StringProtocol) -> String {
      let start = text.drop(while: \.isWhitespace)
      return String(start.reversed().drop { $0.isWhitespace || marks.contains($0) }.reversed())
    }
    var words = trimmed(bold.plainText)
    if let last = words.last, ")）".contains(last),
      let open = words.lastIndex(where: { "(（".contains($0) })
    {
      other = trimmed(words[words.index(after: open)...].dropLast())
      words = trimmed(words[..<open])
    }
    guard !words.isEmpty else { return nil }
    term = words
    self.paragraph = paragraph
    self.bold = bold
    anchor = HTMLFragment.values(of: "id", in: markup).first
    let rest = sequence(first: bold) { $0.next }.dropFirst()
    hasDefinition = rest.contains { node in
      if case .htmlInline = node.kind { return false }
      return node.plainText.contains { TermText.isWord($0) }
    }
  }

  /// The id of an entry whose author gave it none.
  static func anchor(for term: String, isTaken: (String) -> Bool) -> String {
    var name = "term"
    var isWithin = false
    for character in term.lowercased() {
      if TermText.isWord(character) {
        name += isWithin ? "\(character)" : "-\(character)"
        isWithin = true
      } else {
        isWithin = false
      }
    }
    var free = name
    var number = 1
    while isTaken(free) {
      number += 1
      free = "\(name)-\(number)"
    }
    return free
  }
}

/// A term as its chapter defines it.
struct DefinedTerm: Hashable, Sendable {
  var term: Located<String>
  var other: String?
  var anchor: String
  /// Whether its author gave the entry the anchor.
  var hasOwnAnchor: Bool
  var hasDefinition: Bool
}
