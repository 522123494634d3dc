/// One node of a document's tree. Keeps the document alive.
package struct MarkdownNode {
  package let document: MarkdownDocument
  let node: CNode

  init(_ document: MarkdownDocument, _ node: CNode) {
    self.document = document
    self.node = node
  }

  package var parent: MarkdownNode? { wrap(node.parent) }
  package var next: MarkdownNode? { wrap(node.next) }
  package var previous: MarkdownNode? { wrap(node.previous) }
  package var firstChild: MarkdownNode? { wrap(node.firstChild) }
  package var lastChild: MarkdownNode? { wrap(node.lastChild) }
  package var isBlock: Bool { node.isBlock }

  package var children: some Sequence<MarkdownNode> {
    sequence(state: firstChild) { child in
      defer { child = child?.next }
      return child
    }
  }

  /// This node and everything in it, each before its children.
  package var descendants: MarkdownNodes { MarkdownNodes(self) }

  /// The words in it: text, code, TeX and line breaks, marks left out.
  package var plainText: String {
    var text = ""
    for node in descendants {
      switch node.kind {
      case .text(let string), .code(let string), .formula(let string, _): text += string
      case .softBreak, .lineBreak: text += " "
      default: break
      }
    }
    return text
  }

  private func wrap(_ node: CNode?) -> MarkdownNode? { node.map { MarkdownNode(document, $0) } }
}

extension MarkdownNode: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.node == b.node }
  package func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

extension MarkdownNode {
  package var kind: MarkdownKind {
    switch node.kind {
    case .document: .document
    case .blockQuote: .blockQuote
    case .list:
      .list(MarkdownList(start: node.isOrdered ? node.listStart : nil, isTight: node.isTight))
    case .item: .item(isChecked: node.isTask ? node.isChecked : nil)
    case .codeBlock: codeBlock
    case .htmlBlock: .htmlBlock(node.literal)
    case .customBlock: .customBlock
    case .paragraph: .paragraph
    case .heading: .heading(level: node.headingLevel)
    case .thematicBreak: .thematicBreak
    case .footnoteDefinition: .footnoteDefinition(label: node.literal)
    case .table: .table(node.alignments.map(Self.alignment))
    case .tableRow: .tableRow(isHeader: node.isHeaderRow)
    case .tableCell: .tableCell
    case .formulaBlock: formulaBlock
    case .text: .text(node.literal)
    case .softBreak: .softBreak
    case .lineBreak: .lineBreak
    case .code: .code(node.literal)
    case .htmlInline: .htmlInline(node.literal)
    case .customInline: .customInline
    case .emphasis: .emphasis
    case .strong: .strong
    case .strikethrough: .strikethrough
    case .link: .link(destination: node.destination, title: node.title)
    case .image: .image(destination: node.destination, title: node.title)
    case .footnoteReference: .footnoteReference(label: node.footnoteLabel)
    case .formula:
      .formula(tex: node.literal, isDisplay: node.formulaFlags.contains(.display))
    }
  }

  private static func alignment(_ letter: UInt8) -> ColumnAlignment {
    switch letter {
    case UInt8(ascii: "l"): .left
    case UInt8(ascii: "c"): .center
    case UInt8(ascii: "r"): .right
    default: .unspecified
    }
  }

  private var codeBlock: MarkdownKind {
    let block = CodeBlock(info: node.info, code: node.codeLiteral, isFenced: node.isFenced)
    guard block.language == "math" else { return .codeBlock(block) }
    let rest = block.info.dropFirst(4)
    let label = Self.label(rest)
    return .formulaBlock(
      FormulaBlock(
        tex: block.code, label: label, isClosed: true,
        tail: label == nil ? Self.trimmed(rest) : ""))
  }

  private var formulaBlock: MarkdownKind {
    let (tex, tail) = splitFormulaBlock(node.codeLiteral)
    let label = Self.label(tail[...])
    return .formulaBlock(
      FormulaBlock(
        tex: Self.trimmed(tex[...]), label: label,
        isClosed: node.formulaFlags.contains(.closed),
        tail: label == nil ? Self.trimmed(tail[...]) : ""))
  }

  /// The name in `{#name}`.
  private static func label(_ text: Substring) -> String? {
    let text = trimmed(text)
    guard text.hasPrefix("{#"), text.hasSuffix("}"), text.utf8.count > 3 else { return nil }
    let name = text.dropFirst(2).dropLast()
    return name.utf8.contains { $0.isSpace || $0 == UInt8(ascii: "}") } ? nil : String(name)
  }

  private static func trimmed(_ text: Substring) -> String {
    var bytes = text.utf8[...]
    while let first = bytes.first, first.isSpace { bytes = bytes.dropFirst() }
    while let last = bytes.last, last.isSpace { bytes = bytes.dropLast() }
    return String(Substring(bytes))
  }
}
