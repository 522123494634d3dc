import Markdown

/// A node and its kind, read once: a page is made in several passes over the same nodes, and each
/// reading of a kind copies its text out of cmark's tree.
struct KnownNode {
  var node: MarkdownNode
  var kind: MarkdownKind
}

extension MarkdownDocument {
  /// Every node in the order of the text. Passes may take nodes out of the tree; they stay valid.
  var knownNodes: [KnownNode] {
    var known: [KnownNode] = []
    // Room for just these: in a long chapter there are many.
    known.reserveCapacity(nodes.reduce(0) { count, _ in count + 1 })
    for node in nodes { known.append(KnownNode(node: node, kind: node.kind)) }
    return known
  }
}

extension MarkdownNode {
  /// Whether a note `[!SOLUTION]` stands around it. Only as long as the marks of notes are in the tree.
  var isInSolution: Bool {
    var node = parent
    while let current = node {
      if current.alert?.kind == .solution { return true }
      node = current.parent
    }
    return false
  }
}
