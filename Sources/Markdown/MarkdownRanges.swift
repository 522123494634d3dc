extension MarkdownNode {
  /// Where the author wrote the node; nil for line breaks. To be asked before the block is edited:
  /// inline nodes are found by walking the block as it stands.
  package var range: MarkdownRange? {
    if node.isBlock { return blockRange }
    var block = node
    while !block.isBlock {
      guard let parent = block.parent else { return nil }
      block = parent
    }
    let offsets: [CNode: Range<Int>]
    if let known = document.inlineOffsets[block] {
      offsets = known
    } else {
      offsets = InlineLocator.locate(in: block, of: document)
      document.inlineOffsets[block] = offsets
    }
    guard let range = offsets[node] else { return nil }
    return document.range(range)
  }

  private var blockRange: MarkdownRange? {
    switch node.kind {
    case .tableRow: return document.offsets(ofRow: node).map(document.range)
    case .tableCell: return document.offsets(ofCell: node).map(document.range)
    default: break
    }
    guard node.startLine > 0 else { return nil }
    let start = MarkdownPosition(line: node.startLine, column: node.startColumn)
    let end = MarkdownPosition(line: node.endLine, column: node.endColumn + 1)
    return MarkdownRange(start, max(start, end))
  }
}

extension MarkdownDocument {
  fileprivate func range(_ offsets: Range<Int>) -> MarkdownRange {
    MarkdownRange(lines.position(of: offsets.lowerBound), lines.position(of: offsets.upperBound))
  }
}
