/// Braces after the words of a heading, such as `{#sec-setup}`.
package struct HeadingAttributes: Hashable, Sendable {
  /// With the spaces before it.
  package let text: String
  /// Of `{#name}` and nothing else.
  package let name: String?

  /// Nil where the heading ends in other words, or in code or a formula.
  package init?(of heading: MarkdownNode) {
    guard case .heading = heading.kind, let last = heading.lastChild,
      case .text(let words) = last.kind, words.hasSuffix("}"),
      let open = words.lastIndex(of: "{"),
      let first = words[open...].dropFirst().first(where: { $0 != " " }),
      "#.-".contains(first)
    else { return nil }
    var start = open
    while start > words.startIndex, words[words.index(before: start)] == " " {
      start = words.index(before: start)
    }
    text = String(words[start...])
    let inner = words[open...].dropFirst(2).dropLast()
    let isName =
      first == "#" && !inner.isEmpty
      && inner.utf8.allSatisfy { $0.isWord || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    name = isName ? String(inner) : nil
  }
}

extension MarkdownNode {
  /// Takes the braces off a heading; the name in them, if there is one.
  package func removeHeadingAttributes() -> String? {
    guard let attributes = HeadingAttributes(of: self), attributes.name != nil,
      let last = lastChild, case .text(let words) = last.kind
    else { return nil }
    last.node.setLiteral(String(words.dropLast(attributes.text.count)))
    return attributes.name
  }
}
