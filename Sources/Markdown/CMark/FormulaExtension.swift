import CMarkGFM

/// `$…$` and `$$…$$` inside a paragraph, where no code span or link began before it.
let matchFormula: cmark_match_inline_func = { syntax, parser, _, character, inlines in
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
let openFormulaBlock: cmark_open_block_func = {
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

let continueFormulaBlock: cmark_match_block_func = { _, parser, input, length, node in
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

let renderFormulaAsMarkdown: cmark_common_render_func = { _, renderer, node, event, _ in
  guard event == CMARK_EVENT_ENTER, let node = CNode(node), let renderer else { return }
  let write = renderer.pointee.out!
  if node.isBlock {
    // A line that has ended takes no mark of a quote around it.
    var text = "$$" + node.codeLiteral
    if text.hasSuffix("\n") { text.removeLast() }
    write(renderer, node.pointer, text, false, LITERAL)
    renderer.pointee.cr(renderer)
    renderer.pointee.blankline(renderer)
  } else {
    write(renderer, node.pointer, node.formulaFlags.source(of: node.literal), false, LITERAL)
  }
}
