/// What can be put into a tree.
package enum MarkdownFragment: Hashable, Sendable {
  /// HTML as it is: a block among blocks, inline among inline nodes.
  case html(String)
  /// Plain text; among blocks, a paragraph of it.
  case text(String)
  /// Markdown of the author, parsed: its blocks among blocks, the inline nodes of its paragraphs
  /// among inline nodes.
  case markdown(String)
  /// A fence among blocks, a code span among inline nodes.
  case code(String, info: String = "")
}

extension MarkdownNode {
  /// Puts fragments in this node's place and takes it out of the tree.
  package func replace(with fragments: [MarkdownFragment]) {
    insertBefore(fragments)
    remove()
  }

  package func insertBefore(_ fragments: [MarkdownFragment]) {
    for made in make(fragments, asBlocks: node.isBlock) { made.insert(before: node) }
  }

  package func insertAfter(_ fragments: [MarkdownFragment]) {
    if let next {
      next.insertBefore(fragments)
    } else {
      for made in make(fragments, asBlocks: node.isBlock) { node.parent?.append(made) }
    }
  }

  /// Adds to the end of this node's children.
  package func append(_ fragments: [MarkdownFragment]) {
    for made in make(fragments, asBlocks: holdsBlocks) { node.append(made) }
  }

  /// Takes the node, with everything in it, out of the tree; nothing where it is out already.
  package func remove() {
    guard node.parent != nil else { return }
    node.unlink()
    document.removed.append(node)
  }

  /// Puts the node below all others of its parent.
  package func moveToEnd() {
    guard let parent = node.parent, node.next != nil else { return }
    node.unlink()
    parent.append(node)
  }

  /// Puts `enter` and `exit`, written as they are, in place of the node's own tags or marks; what
  /// is in the node stays between them.
  package func replaceMarks(enter: String, exit: String) {
    let custom = CNode.make(node.isBlock ? .customBlock : .customInline)
    custom.setCustom(enter: enter, exit: exit)
    custom.insert(before: node)
    while let child = node.firstChild {
      child.unlink()
      custom.append(child)
    }
    remove()
  }

  /// Changes what a block of code holds, and the words after its fence.
  package func setCode(_ code: String, info: some StringProtocol) {
    node.setLiteral(code)
    node.setInfo(String(info))
  }

  /// Changes where a link or an image leads.
  package func setDestination(_ destination: String) { node.setDestination(destination) }

  private var holdsBlocks: Bool {
    switch node.kind {
    case .document, .blockQuote, .item, .footnoteDefinition: true
    case .customBlock: node.firstChild?.isBlock ?? true
    default: false
    }
  }

  private func make(_ fragments: [MarkdownFragment], asBlocks: Bool) -> [CNode] {
    fragments.flatMap { fragment -> [CNode] in
      switch fragment {
      case .html(let html): return [.make(asBlocks ? .htmlBlock : .htmlInline, literal: html)]
      case .text(let text):
        let node = CNode.make(.text, literal: text)
        guard asBlocks else { return [node] }
        let paragraph = CNode.make(.paragraph)
        paragraph.append(node)
        return [paragraph]
      case .code(let code, let info):
        let node = CNode.make(asBlocks ? .codeBlock : .code, literal: code)
        if asBlocks { node.setInfo(info) }
        return [node]
      case .markdown(let markdown): return parsed(markdown, asBlocks: asBlocks)
      }
    }
  }

  /// The nodes of another text, moved out of its tree.
  private func parsed(_ markdown: String, asBlocks: Bool) -> [CNode] {
    let text = Array(markdown.utf8)
    let root = text.withUnsafeBufferPointer(CNode.parse)
    document.removed.append(root)
    var nodes: [CNode] = []
    while let block = root.firstChild {
      block.unlink()
      if asBlocks {
        nodes.append(block)
        continue
      }
      if !nodes.isEmpty { nodes.append(.make(.text, literal: " ")) }
      while let inline = block.firstChild, !inline.isBlock {
        inline.unlink()
        nodes.append(inline)
      }
      document.removed.append(block)
    }
    return nodes
  }
}
