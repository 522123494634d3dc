extension MarkdownDocument {
  /// The tree as text, a node a line: depth, range in the author's text, kind.
  package func dump() -> String {
    var lines: [String] = []
    var nodes = nodes
    while let node = nodes.next() {
      let indent = String(repeating: "  ", count: nodes.depth)
      lines.append(indent + "\(node.rangeText) \(node.kind.text)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension MarkdownNode {
  fileprivate var rangeText: String {
    guard let range else { return "-" }
    return "\(range.start.line):\(range.start.column)-\(range.end.line):\(range.end.column)"
  }
}

extension MarkdownKind {
  /// One line that says everything about the node but its children.
  fileprivate var text: String {
    switch self {
    case .document: "document"
    case .blockQuote: "quote"
    case .list(let list):
      "list" + (list.start.map { " from \($0)" } ?? "") + (list.isTight ? "" : " loose")
    case .item(let isChecked): "item" + (isChecked.map { $0 ? " done" : " to do" } ?? "")
    case .codeBlock(let block):
      (block.isFenced ? "fence \(quoted(block.info)) " : "indented ") + quoted(block.code)
    case .htmlBlock(let html): "html \(quoted(html))"
    case .customBlock, .customInline: "custom"
    case .paragraph: "paragraph"
    case .heading(let level): "heading \(level)"
    case .thematicBreak: "break"
    case .footnoteDefinition(let label): "footnote \(quoted(label))"
    case .table(let columns): "table \(columns.map { "\($0)" }.joined(separator: " "))"
    case .tableRow(let isHeader): isHeader ? "header row" : "row"
    case .tableCell: "cell"
    case .formulaBlock(let block):
      "formula block \(quoted(block.tex))" + (block.label.map { " named \($0)" } ?? "")
        + (block.isClosed ? "" : " open")
        + (block.tail.isEmpty ? "" : " tail \(quoted(block.tail))")
    case .text(let text): "text \(quoted(text))"
    case .softBreak: "soft break"
    case .lineBreak: "line break"
    case .code(let code): "code \(quoted(code))"
    case .htmlInline(let html): "inline html \(quoted(html))"
    case .emphasis: "emphasis"
    case .strong: "strong"
    case .strikethrough: "strikethrough"
    case .link(let destination, let title): "link \(quoted(destination))" + titled(title)
    case .image(let destination, let title): "image \(quoted(destination))" + titled(title)
    case .footnoteReference(let label): "footnote reference \(quoted(label))"
    case .formula(let tex, let isDisplay): (isDisplay ? "display " : "") + "formula \(quoted(tex))"
    }
  }

  private func titled(_ title: String) -> String { title.isEmpty ? "" : " titled \(quoted(title))" }

  private func quoted(_ text: String) -> String { text.debugDescription }
}
