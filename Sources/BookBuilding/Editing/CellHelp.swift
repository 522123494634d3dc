/// What pages ask about the code in their editors, and who answers: completion at a place, and what
/// the name there is. The answer comes from a language server, which a caller gives.
package struct CellHelp: Sendable {
  package enum Kind: String, Decodable, Sendable { case completion, hover }

  package struct Question: Sendable {
    package var kind: Kind
    /// Of the chapter, with what is typed in the page.
    package var path: String
    package var text: [UInt8]
    /// From 0.
    package var line: Int
    /// UTF-16 units from 0.
    package var character: Int

    package init(kind: Kind, path: String, text: [UInt8], line: Int, character: Int) {
      self.kind = kind
      self.path = path
      self.text = text
      self.line = line
      self.character = character
    }
  }

  /// Something that fits.
  package struct Item: Hashable, Sendable, Encodable {
    package var label: String
    /// Its type.
    package var detail: String
    package var meaning: String
    /// What takes the place of the text from this unit of the line on.
    package var text: String
    package var from: Int
    /// Units of `text` that are to be selected once it is there: what the author fills in first.
    package var selected: [Int]

    package init(
      label: String, detail: String, meaning: String, text: String, from: Int, selected: [Int]
    ) {
      self.label = label
      self.detail = detail
      self.meaning = meaning
      self.text = text
      self.from = from
      self.selected = selected
    }
  }

  package struct Answer: Hashable, Sendable, Encodable {
    package var items: [Item] = []
    /// Markdown: what a name is; empty for what has none.
    package var hover = ""

    package init() {}
  }

  package var answer: @Sendable (Question) async -> Answer

  package init(answer: @escaping @Sendable (Question) async -> Answer) { self.answer = answer }
}

/// A question as a page sends it: of its text the server knows all but what is typed now.
struct PageQuestion: Decodable, Sendable {
  var kind: CellHelp.Kind
  var base: String
  var edits: [ChapterDraft.Edit]?
  /// Of the text with the edits, from 1.
  var line: Int
  /// UTF-16 units from 0.
  var character: Int
}
