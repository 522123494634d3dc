/// A Markdown text as a tree: GitHub's dialect (tables, strikethrough, autolinks, task lists,
/// footnotes) and mathematics.
///
/// cmark-gfm parses and renders; documents may be made and used on any thread, one thread each.
package final class MarkdownDocument {
  package let text: [UInt8]
  package let lines: LineTable
  let tree: CNode
  /// Nodes taken out of the tree: freed with it, so that a `MarkdownNode` never dangles.
  var removed: [CNode] = []
  /// By block, and by row: found when first asked for.
  var inlineOffsets: [CNode: [CNode: Range<Int>]] = [:]
  var cellOffsets: [CNode: [CNode: Range<Int>]] = [:]

  package enum Format: Sendable { case html, markdown }

  package convenience init(parsing text: String) { self.init(parsing: Array(text.utf8)) }

  /// - Precondition: the bytes are UTF-8 without NUL; others are read as U+FFFD, and columns after
  ///   them on the same line are off.
  package init(parsing text: [UInt8]) {
    self.text = text
    lines = LineTable(text)
    tree = text.withUnsafeBufferPointer(CNode.parse)
  }

  /// - Parameter title: Markdown of one line that stands outside of a text, whatever it begins or ends
  ///   with.
  package convenience init(title: String) {
    self.init(parsing: "# " + (title.hasSuffix("#") ? title.dropLast() + "\\#" : title))
  }

  deinit {
    for node in removed { node.free() }
    tree.free()
  }

  package var root: MarkdownNode { MarkdownNode(self, tree) }

  /// Every node, each before its children, in the order of the text.
  package var nodes: MarkdownNodes { MarkdownNodes(root) }

  /// The tree as it stands, rendered by cmark-gfm. Formulas still in it come out as TeX: in HTML as
  /// code, which they are to cmark, and in Markdown as they were written.
  package func render(_ format: Format) -> String {
    switch format {
    case .html: tree.renderHTML()
    case .markdown: renderMarkdown()
    }
  }

  /// cmark escapes what it would read as a mark, but knows nothing of `$`. Dollars that were put in
  /// as text, or escaped by the author, are given to it as a private character.
  private func renderMarkdown() -> String {
    let stand = "\u{10FFFD}"
    var changed: [(node: CNode, literal: String)] = []
    for node in nodes where node.node.kind == .text {
      let literal = node.node.literal
      guard literal.utf8.contains(.dollar), isEscaped(node) else { continue }
      changed.append((node.node, literal))
      node.node.setLiteral(
        literal.split(separator: "$", omittingEmptySubsequences: false)
          .joined(separator: stand))
    }
    let markdown = tree.renderMarkdown()
    for (node, literal) in changed { node.setLiteral(literal) }
    guard !changed.isEmpty else { return markdown }
    return markdown.split(separator: stand, omittingEmptySubsequences: false)
      .joined(separator: "\\$")
  }

  private func isEscaped(_ node: MarkdownNode) -> Bool {
    guard node.node.startLine > 0, let range = node.range else { return true }
    let source = text[lines.offset(of: range.start)..<lines.offset(of: range.end)]
    return zip(source, source.dropFirst()).contains { $0 == .backslash && $1 == .dollar }
  }
}

/// A walk over a subtree that needs no recursion, so depth does not matter.
package struct MarkdownNodes: Sequence, IteratorProtocol {
  /// How far below the top the node is that `next()` gave last; the top has 0.
  package private(set) var depth = 0
  private let top: MarkdownNode
  private var last: MarkdownNode?

  init(_ top: MarkdownNode) { self.top = top }

  package mutating func next() -> MarkdownNode? {
    guard var node = last else {
      last = top
      return top
    }
    if let child = node.firstChild {
      depth += 1
      last = child
      return child
    }
    while node != top {
      if let next = node.next {
        last = next
        return next
      }
      guard let parent = node.parent else { return nil }
      depth -= 1
      node = parent
    }
    return nil
  }
}
