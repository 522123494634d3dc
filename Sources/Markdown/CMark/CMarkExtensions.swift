import CMarkGFM

/// The syntax beyond CommonMark, registered once for the process.
///
/// cmark keeps the characters at which an extension looks in global tables, sets them when a parse
/// begins and clears them when it ends: two parses at once would disturb each other. Here they are
/// set once and never cleared, because the extensions handed to a parse list none. Strikethrough
/// must list its delimiter, so it is given one that no text means: the byte 1 stands for `~`.
final class CMarkExtensions: @unchecked Sendable {
  typealias Syntax = UnsafeMutablePointer<cmark_syntax_extension>

  static let shared = CMarkExtensions()

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
