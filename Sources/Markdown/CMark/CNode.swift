import CMarkGFM

/// A node of cmark's tree. Valid as long as the tree it belongs to.
struct CNode: Hashable {
  let pointer: UnsafeMutablePointer<cmark_node>

  init(_ pointer: UnsafeMutablePointer<cmark_node>) { self.pointer = pointer }

  init?(_ pointer: UnsafeMutablePointer<cmark_node>?) {
    guard let pointer else { return nil }
    self.pointer = pointer
  }

  /// cmark's own kinds, and those of the extensions.
  enum Kind {
    case document, blockQuote, list, item, codeBlock, htmlBlock, customBlock, paragraph, heading
    case thematicBreak, footnoteDefinition, table, tableRow, tableCell
    case text, softBreak, lineBreak, code, htmlInline, customInline, emphasis, strong, link, image
    case footnoteReference, strikethrough, formula, formulaBlock
  }
}

// MARK: - Reading

extension CNode {
  var kind: Kind {
    let node = pointer.pointee
    if node.extension == CMarkExtensions.shared.formula {
      return CNode.isBlock(node.type) ? .formulaBlock : .formula
    }
    return CMarkExtensions.shared.kind(of: node.type)
  }

  private static func isBlock(_ type: UInt16) -> Bool { type & 0xC000 == 0x8000 }
  var isBlock: Bool { CNode.isBlock(pointer.pointee.type) }

  var parent: CNode? { CNode(pointer.pointee.parent) }
  var next: CNode? { CNode(pointer.pointee.next) }
  var previous: CNode? { CNode(pointer.pointee.prev) }
  var firstChild: CNode? { CNode(pointer.pointee.first_child) }
  var lastChild: CNode? { CNode(pointer.pointee.last_child) }

  var startLine: Int { Int(pointer.pointee.start_line) }
  var startColumn: Int { Int(pointer.pointee.start_column) }
  var endLine: Int { Int(pointer.pointee.end_line) }
  var endColumn: Int { Int(pointer.pointee.end_column) }
  /// Bytes from `startColumn` to the text of a heading or table cell.
  var internalOffset: Int { Int(pointer.pointee.internal_offset) }

  /// The text that cmark parsed into this block's inline nodes, prefixes of quotes and lists gone.
  var content: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: pointer.pointee.content.ptr, count: Int(pointer.pointee.content.size))
  }

  /// For kinds with text of their own: text, code, HTML, formulas, labels of footnotes.
  var literal: String { string(pointer.pointee.as.literal) }
  var codeLiteral: String { string(pointer.pointee.as.code.literal) }
  var info: String { string(pointer.pointee.as.code.info) }
  var isFenced: Bool { pointer.pointee.as.code.fenced != 0 }
  var headingLevel: Int { Int(pointer.pointee.as.heading.level) }
  var isSetextHeading: Bool { pointer.pointee.as.heading.setext }
  var destination: String { string(pointer.pointee.as.link.url) }
  var title: String { string(pointer.pointee.as.link.title) }
  var isOrdered: Bool { pointer.pointee.as.list.list_type == CMARK_ORDERED_LIST }
  var listStart: Int { Int(pointer.pointee.as.list.start) }
  var isTight: Bool { pointer.pointee.as.list.tight }
  var isTask: Bool { pointer.pointee.extension == CMarkExtensions.shared.taskList }
  var isChecked: Bool { pointer.pointee.as.list.checked }
  var isHeaderRow: Bool { cmark_gfm_extensions_get_table_row_is_header(pointer) != 0 }
  /// One of `l`, `c`, `r` or 0 for each column of a table.
  var alignments: [UInt8] {
    guard let bytes = cmark_gfm_extensions_get_table_alignments(pointer) else { return [] }
    return Array(
      UnsafeBufferPointer(
        start: bytes, count: Int(cmark_gfm_extensions_get_table_columns(pointer))))
  }
  /// The author's label of a footnote reference; its literal is the number by then.
  var footnoteLabel: String {
    CNode(pointer.pointee.parent_footnote_def).map(\.literal) ?? literal
  }
  /// What the formula extension remembers of a node.
  var formulaFlags: FormulaFlags {
    FormulaFlags(rawValue: Int(bitPattern: pointer.pointee.user_data))
  }

  private func string(_ chunk: cmark_chunk) -> String {
    String(decoding: UnsafeBufferPointer(start: chunk.data, count: Int(chunk.len)), as: UTF8.self)
  }
}

// MARK: - Writing

extension CNode {
  /// A node that belongs to no tree yet.
  static func make(_ kind: Kind, literal: String = "") -> CNode {
    let type: cmark_node_type =
      switch kind {
      case .htmlBlock: CMARK_NODE_HTML_BLOCK
      case .htmlInline: CMARK_NODE_HTML_INLINE
      case .customBlock: CMARK_NODE_CUSTOM_BLOCK
      case .customInline: CMARK_NODE_CUSTOM_INLINE
      case .paragraph: CMARK_NODE_PARAGRAPH
      case .codeBlock: CMARK_NODE_CODE_BLOCK
      case .code: CMARK_NODE_CODE
      case .emphasis: CMARK_NODE_EMPH
      case .strong: CMARK_NODE_STRONG
      case .link: CMARK_NODE_LINK
      case .image: CMARK_NODE_IMAGE
      default: CMARK_NODE_TEXT
      }
    let node = CNode(cmark_node_new(type)!)
    if !literal.isEmpty { node.setLiteral(literal) }
    return node
  }

  /// A NUL would end the text for C.
  func setLiteral(_ text: String) {
    cmark_node_set_literal(
      pointer, text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text)
  }
  func setInfo(_ info: String) {
    cmark_node_set_fenced(pointer, 1, 3, 0, CChar(UInt8(ascii: "`")))
    cmark_node_set_fence_info(pointer, info)
  }
  func setDestination(_ url: String) { cmark_node_set_url(pointer, url) }
  func setCustom(enter: String, exit: String) {
    cmark_node_set_on_enter(pointer, enter)
    cmark_node_set_on_exit(pointer, exit)
  }
  func unlink() { cmark_node_unlink(pointer) }
  func free() { cmark_node_free(pointer) }
  @discardableResult func insert(before sibling: CNode) -> Bool {
    cmark_node_insert_before(sibling.pointer, pointer) != 0
  }
  @discardableResult func append(_ child: CNode) -> Bool {
    cmark_node_append_child(pointer, child.pointer) != 0
  }
}

// MARK: - Parsing and rendering

extension CNode {
  /// The whole tree of a text; its owner frees the root.
  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> CNode {
    let parser = cmark_parser_new(CMARK_OPT_SOURCEPOS | CMARK_OPT_FOOTNOTES)!
    defer { cmark_parser_free(parser) }
    for syntax in CMarkExtensions.shared.all {
      cmark_parser_attach_syntax_extension(parser, syntax)
    }
    if let start = text.baseAddress {
      start.withMemoryRebound(to: CChar.self, capacity: text.count) {
        cmark_parser_feed(parser, $0, text.count)
      }
    }
    return CNode(cmark_parser_finish(parser)!)
  }

  func renderHTML() -> String { take(cmark_render_html(pointer, CMARK_OPT_UNSAFE, nil)) }
  func renderMarkdown() -> String { take(cmark_render_commonmark(pointer, CMARK_OPT_DEFAULT, 0)) }

  private func take(_ text: UnsafeMutablePointer<CChar>?) -> String {
    guard let text else { return "" }
    defer { cmark_get_default_mem_allocator().pointee.free(text) }
    return String(cString: text)
  }
}
