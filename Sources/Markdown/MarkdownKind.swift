/// What a node of a Markdown text is, with what only that kind has. The large ones are kept apart: a
/// page is made with the kinds of all its nodes at hand, most of which are words.
package enum MarkdownKind: Hashable, Sendable {
  // Blocks
  case document
  case blockQuote
  case list(MarkdownList)
  /// `isChecked` is nil unless the item is a task.
  case item(isChecked: Bool?)
  indirect case codeBlock(CodeBlock)
  case htmlBlock(String)
  case customBlock
  case paragraph
  case heading(level: Int)
  case thematicBreak
  case footnoteDefinition(label: String)
  case table([ColumnAlignment])
  case tableRow(isHeader: Bool)
  case tableCell
  /// `$$…$$` on lines of its own, or a ```` ```math ```` fence.
  indirect case formulaBlock(FormulaBlock)

  // Inline
  case text(String)
  case softBreak
  case lineBreak
  case code(String)
  case htmlInline(String)
  case customInline
  case emphasis
  case strong
  case strikethrough
  indirect case link(destination: String, title: String)
  indirect case image(destination: String, title: String)
  case footnoteReference(label: String)
  /// `$…$` or, as display, `$$…$$` in a sentence.
  case formula(tex: String, isDisplay: Bool)
}

package struct MarkdownList: Hashable, Sendable {
  /// The first number; nil for a list of bullets.
  package var start: Int?
  package var isTight: Bool
}

package struct CodeBlock: Hashable, Sendable {
  /// The words after the fence, unescaped; empty for indented code.
  package var info: String
  package var code: String
  package var isFenced: Bool

  /// The first word of the info string.
  package var language: Substring { info.prefix { $0 != " " && $0 != "\t" } }
}

package struct FormulaBlock: Hashable, Sendable {
  package var tex: String
  /// The name in `$$ {#eq-name}` or ```` ```math {#eq-name} ````.
  package var label: String?
  /// False where a blank line or the end of the text came before `$$`.
  package var isClosed: Bool
  /// What else stands after the closing `$$`, which no rule gives a meaning.
  package var tail: String
}

package enum ColumnAlignment: Hashable, Sendable { case unspecified, left, center, right }
