// The only file that imports cmark-gfm, and long because of it: everything else sees `CNode` and
// Swift values.

import CMarkGFM

/// A node of cmark's tree. Valid as long as the tree it belongs to.
struct CNode: Hashable {
  fileprivate let pointer: UnsafeMutablePointer<cmark_node>

  fileprivate init(_ pointer: UnsafeMutablePointer<cmark_node>) { self.pointer = pointer }

  fileprivate init?(_ pointer: UnsafeMutablePointer<cmark_node>?) {
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
    if node.extension == Extensions.shared.formula {
      return CNode.isBlock(node.type) ? .formulaBlock : .formula
    }
    return Extensions.shared.kind(of: node.type)
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
  var isTask: Bool { pointer.pointee.extension == Extensions.shared.taskList }
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

  func setLiteral(_ text: String) { cmark_node_set_literal(pointer, text) }
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
    for syntax in Extensions.shared.all { cmark_parser_attach_syntax_extension(parser, syntax) }
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

// MARK: - Extensions

/// The syntax beyond CommonMark, registered once for the process.
///
/// cmark keeps the characters at which an extension looks in global tables, sets them when a parse
/// begins and clears them when it ends: two parses at once would disturb each other. Here they are
/// set once and never cleared, because the extensions handed to a parse list none. Strikethrough
/// must list its delimiter, so it is given one that no text means: the byte 1 stands for `~`.
private final class Extensions: @unchecked Sendable {
  typealias Syntax = UnsafeMutablePointer<cmark_syntax_extension>

  static let shared = Extensions()

  let table: Syntax
  let autolink: Syntax
  let taskList: Syntax
  let strikethrough: Syntax
  let formula: Syntax
  /// By `index(of:)` a type.
  private var kinds: [CNode.Kind]

  /// Formulas stand before tables: a table that does not begin still keeps later extensions from asking.
  var all: [Syntax] { [formula, table, strikethrough, autolink, taskList] }

  private init() {
    cmark_gfm_core_extensions_ensure_registered()
    table = cmark_find_syntax_extension("table")
    autolink = cmark_find_syntax_extension("autolink")
    taskList = cmark_find_syntax_extension("tasklist")
    let tilde = cmark_find_syntax_extension("strikethrough")!
    strikethrough = cmark_syntax_extension_new("strikethrough")
    formula = cmark_syntax_extension_new("formula")
    kinds = Array(repeating: .text, count: 128)
    for (type, kind) in Self.coreKinds { kinds[Self.index(of: UInt16(type.rawValue))] = kind }

    cmark_syntax_extension_set_special_inline_chars(formula, Self.list(UInt8(ascii: "$")))
    cmark_syntax_extension_set_match_inline_func(formula, matchFormula)
    cmark_syntax_extension_set_open_block_func(formula, openFormulaBlock)
    cmark_syntax_extension_set_match_block_func(formula, continueFormulaBlock)
    cmark_syntax_extension_set_commonmark_render_func(formula, renderFormulaAsMarkdown)

    let parser = cmark_parser_new(0)!
    for syntax in [autolink, tilde, formula] {
      cmark_parser_attach_syntax_extension(parser, syntax)
    }
    cmark_manage_extensions_special_characters(parser, 1)
    cmark_parser_free(parser)
    cmark_syntax_extension_set_special_inline_chars(autolink, nil)
    cmark_syntax_extension_set_special_inline_chars(formula, nil)

    let name = strikethrough.pointee.name
    strikethrough.pointee = tilde.pointee
    strikethrough.pointee.name = name
    strikethrough.pointee.special_inline_chars = Self.list(tildeDelimiter)
    strikethrough.pointee.match_inline = matchTildes
    learnKinds()
  }

  func kind(of type: UInt16) -> CNode.Kind { kinds[Self.index(of: type)] }

  /// Types are small numbers, with bits beside them that say block or inline.
  private static func index(of type: UInt16) -> Int {
    Int(type & 0x3F) | (type & 0xC000 == 0xC000 ? 64 : 0)
  }

  /// The types of extension nodes are numbers given out at run time.
  private func learnKinds() {
    let parser = cmark_parser_new(0)!
    defer { cmark_parser_free(parser) }
    for syntax in all { cmark_parser_attach_syntax_extension(parser, syntax) }
    let sample = "|~~a~~|\n|-|\n"
    cmark_parser_feed(parser, sample, sample.utf8.count)
    let root = cmark_parser_finish(parser)!
    defer { cmark_node_free(root) }
    var node = root.pointee.first_child
    for kind in [CNode.Kind.table, .tableRow, .tableCell, .strikethrough] {
      kinds[Self.index(of: node!.pointee.type)] = kind
      node = node!.pointee.first_child
    }
  }

  private static func list(_ character: UInt8) -> UnsafeMutablePointer<cmark_llist> {
    cmark_llist_append(
      cmark_get_default_mem_allocator(), nil, UnsafeMutableRawPointer(bitPattern: UInt(character)))
  }

  private static let coreKinds: [(cmark_node_type, CNode.Kind)] = [
    (CMARK_NODE_DOCUMENT, .document), (CMARK_NODE_BLOCK_QUOTE, .blockQuote),
    (CMARK_NODE_LIST, .list), (CMARK_NODE_ITEM, .item), (CMARK_NODE_CODE_BLOCK, .codeBlock),
    (CMARK_NODE_HTML_BLOCK, .htmlBlock), (CMARK_NODE_CUSTOM_BLOCK, .customBlock),
    (CMARK_NODE_PARAGRAPH, .paragraph), (CMARK_NODE_HEADING, .heading),
    (CMARK_NODE_THEMATIC_BREAK, .thematicBreak),
    (CMARK_NODE_FOOTNOTE_DEFINITION, .footnoteDefinition), (CMARK_NODE_TEXT, .text),
    (CMARK_NODE_SOFTBREAK, .softBreak), (CMARK_NODE_LINEBREAK, .lineBreak),
    (CMARK_NODE_CODE, .code), (CMARK_NODE_HTML_INLINE, .htmlInline),
    (CMARK_NODE_CUSTOM_INLINE, .customInline), (CMARK_NODE_EMPH, .emphasis),
    (CMARK_NODE_STRONG, .strong), (CMARK_NODE_LINK, .link), (CMARK_NODE_IMAGE, .image),
    (CMARK_NODE_FOOTNOTE_REFERENCE, .footnoteReference),
  ]
}

private let tildeDelimiter: UInt8 = 1

/// `~` and `~~` as delimiters; more of them are text.
private let matchTildes: cmark_match_inline_func = { _, parser, _, character, inlines in
  guard character == UInt8(ascii: "~") else { return nil }
  var left: Int32 = 0
  var right: Int32 = 0
  var before: Int32 = 0
  var after: Int32 = 0
  let column = cmark_inline_parser_get_column(inlines)
  let count = cmark_inline_parser_scan_delimiters(
    inlines, 100, character, &left, &right, &before, &after)
  let node = cmark_node_new(CMARK_NODE_TEXT)!
  cmark_node_set_literal(node, String(repeating: "~", count: Int(count)))
  node.pointee.start_line = cmark_inline_parser_get_line(inlines)
  node.pointee.end_line = node.pointee.start_line
  node.pointee.start_column = column
  node.pointee.end_column = column + count - 1
  if left != 0 || right != 0, count <= 2 {
    cmark_inline_parser_push_delimiter(inlines, tildeDelimiter, left, right, node)
  }
  return node
}

/// `$…$` and `$$…$$` inside a paragraph, where no code span or link began before it.
private let matchFormula: cmark_match_inline_func = { syntax, parser, _, character, inlines in
  guard character == UInt8(ascii: "$") else { return nil }
  let chunk = cmark_inline_parser_get_chunk(inlines)!.pointee
  let bytes = UnsafeBufferPointer(start: chunk.data, count: Int(chunk.len))
  let start = Int(cmark_inline_parser_get_offset(inlines))
  let found = scanFormula(in: bytes, at: start)
  let node: UnsafeMutablePointer<cmark_node>
  switch found.meaning {
  case .text:
    node = cmark_node_new(CMARK_NODE_TEXT)!
  case .formula(let flags):
    node = cmark_node_new(CMARK_NODE_CODE)!
    cmark_node_set_syntax_extension(node, syntax)
    cmark_node_set_user_data(node, UnsafeMutableRawPointer(bitPattern: flags.rawValue))
  }
  cmark_node_set_literal(node, String(decoding: bytes[found.content], as: UTF8.self))
  node.pointee.start_line = cmark_inline_parser_get_line(inlines)
  node.pointee.end_line = node.pointee.start_line
  node.pointee.start_column = cmark_inline_parser_get_column(inlines)
  cmark_inline_parser_set_offset(inlines, Int32(found.end))
  node.pointee.end_column = cmark_inline_parser_get_column(inlines) - 1
  return node
}

/// A line that begins with `$$`: a block of its own, so that its lines are not taken for lists or
/// headings. It is an indented code block to cmark, whose text nothing changes.
private let openFormulaBlock: cmark_open_block_func = {
  syntax, indented, parser, parent, input, length in
  let first = Int(cmark_parser_get_first_nonspace(parser))
  let line = UnsafeBufferPointer(start: input, count: Int(length))
  guard indented == 0, first + 1 < line.count, line[first] == UInt8(ascii: "$"),
    let flags = formulaBlockOpening(line[first...])
  else { return nil }
  guard
    let node = cmark_parser_add_child(
      parser, parent, CMARK_NODE_CODE_BLOCK, Int32(first + 1))
  else { return nil }
  cmark_node_set_syntax_extension(node, syntax)
  cmark_node_set_user_data(node, UnsafeMutableRawPointer(bitPattern: flags.rawValue))
  input!.withMemoryRebound(to: CChar.self, capacity: line.count) {
    cmark_parser_advance_offset(
      parser, $0, Int32(first + 2) - cmark_parser_get_offset(parser), 0)
  }
  return node
}

private let continueFormulaBlock: cmark_match_block_func = { _, parser, input, length, node in
  var flags = FormulaFlags(rawValue: Int(bitPattern: cmark_node_get_user_data(node)))
  let offset = Int(cmark_parser_get_offset(parser))
  let line = UnsafeBufferPointer(start: input, count: Int(length))
  if flags.contains(.closed) || cmark_parser_is_blank(parser) != 0 { return 0 }
  if formulaBlockCloses(line[min(offset, line.count)...]) {
    flags.insert(.closed)
    cmark_node_set_user_data(node, UnsafeMutableRawPointer(bitPattern: flags.rawValue))
  }
  return 1
}

private let renderFormulaAsMarkdown: cmark_common_render_func = { _, renderer, node, event, _ in
  guard event == CMARK_EVENT_ENTER, let node = CNode(node), let renderer else { return }
  let write = renderer.pointee.out!
  if node.isBlock {
    write(renderer, node.pointer, "$$" + node.codeLiteral, false, LITERAL)
    renderer.pointee.cr(renderer)
    renderer.pointee.blankline(renderer)
  } else {
    write(renderer, node.pointer, node.formulaFlags.source(of: node.literal), false, LITERAL)
  }
}
