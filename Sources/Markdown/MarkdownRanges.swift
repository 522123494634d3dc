extension MarkdownNode {
  /// Where the author wrote the node; nil for nodes put in later and for line breaks.
  package var range: MarkdownRange? {
    if node.isBlock { return blockRange }
    var block = node
    while !block.isBlock {
      guard let parent = block.parent else { return nil }
      block = parent
    }
    let offsets: [CNode: Range<Int>]
    if let known = document.inlinePositions[block] {
      offsets = known
    } else {
      offsets = locateInlines(in: block, of: document)
      document.inlinePositions[block] = offsets
    }
    guard let range = offsets[node] else { return nil }
    return MarkdownRange(
      document.lines.position(of: range.lowerBound), document.lines.position(of: range.upperBound))
  }

  private var blockRange: MarkdownRange? {
    guard node.startLine > 0 else { return nil }
    let start = MarkdownPosition(line: node.startLine, column: node.startColumn)
    let end = MarkdownPosition(line: node.endLine, column: node.endColumn + 1)
    return MarkdownRange(start, max(start, end))
  }
}
