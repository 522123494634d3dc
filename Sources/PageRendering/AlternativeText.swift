import Markdown

extension MarkdownNode {
  /// Whether it is part of an image's alternative text, which holds words alone.
  var isInImage: Bool {
    var parent = parent
    while let node = parent, !node.isBlock {
      if case .image = node.kind { return true }
      parent = node.parent
    }
    return false
  }
}
