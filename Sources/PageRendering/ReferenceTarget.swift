import BookModel
import Markdown

/// Something that `[](#id)` can name.
package struct ReferenceTarget: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case chapter
    case appendix
    case section
    case figure
    case table
    case listing
    case equation
    case exercise
    case theorem, lemma, corollary, definition, example
    /// A named cell, or an anchor in raw HTML.
    case place
  }

  package var kind: Kind
  package var id: String
  /// Such as "3.2"; nil for what isn't counted.
  package var number: String?
  package var title: String?
  /// What things of its kind are called in the book's language; nil for English.
  var word: String?
  /// Of the page it stands on.
  package var slug: String
  /// Nil for the page as a whole.
  package var anchor: String?
  package var range: SourceRange
  /// Whether a section was given its name: then it is unique in the book, and not only on its page.
  package var isNamed = false
  /// Of a part of a figure: the name of the whole.
  var group: String?

  package init(
    kind: Kind, id: String, number: String?, title: String?, slug: String, anchor: String?,
    range: SourceRange, isNamed: Bool = false
  ) {
    self.kind = kind
    self.id = id
    self.number = number
    self.title = title
    self.slug = slug
    self.anchor = anchor
    self.range = range
    self.isNamed = isNamed
  }

  /// What stands in the sentence: "Figure 3.2". Nil where there is neither number nor title.
  package var label: String? {
    guard let number else { return title }
    return InterfaceWords.counted(
      word ?? InterfaceWords.english[kind.rawValue], kind == .equation ? "(\(number))" : number)
  }

  /// Of a note that is counted.
  static func kind(of alert: MarkdownAlert.Kind) -> Kind? {
    switch alert {
    case .figures: .figure
    default: alert.prefix == nil ? nil : Kind(rawValue: alert.rawValue)
    }
  }

  /// The kind that an id's prefix asks for.
  static func kind(ofID id: String) -> Kind {
    switch id.prefix(while: { $0 != "-" }) {
    case "fig" where id.hasPrefix("fig-"): .figure
    case "tbl" where id.hasPrefix("tbl-"): .table
    case "lst" where id.hasPrefix("lst-"): .listing
    case "eq" where id.hasPrefix("eq-"): .equation
    default: .place
    }
  }
}
