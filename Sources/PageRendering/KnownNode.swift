import Markdown

/// A node and its kind, read once: a page is made in several passes over the same nodes, and each
/// reading of a kind copies its text out of cmark's tree.
struct KnownNode {
  var node: MarkdownNode
  var kind: MarkdownKind
}

extension MarkdownDocument {
  /// Every node in the order of the text. Passes may take nodes out of the tree; they stay valid.
  var knownNodes: [KnownNode] { nodes.map { KnownNode(node: $0, kind: $0.kind) } }
}
