import Markdown

/// The marks of notes, such as `[!THEOREM]`, for those who write them.
package enum NoteMark {
  /// In the order in which kinds are listed; `fields` holds what stands after the mark, where
  /// something does, with `$1` and on in the places of words.
  package static let all = MarkdownAlert.Kind.allCases.map { kind in
    (mark: "[!\(kind.rawValue.uppercased())]", fields: fields(of: kind), meaning: meaning(of: kind))
  }

  private static func fields(of kind: MarkdownAlert.Kind) -> String? {
    kind.prefix.map { " $1 {#\($0)$2}" }
  }

  private static func meaning(of kind: MarkdownAlert.Kind) -> String {
    switch kind {
    case .note, .tip, .important, .warning, .caution: "A note, as on GitHub."
    case .exercise: "An exercise, with a number."
    case .hint: "A hint, folded; of several in a row, each unfolds after the one before."
    case .solution: "A solution, folded."
    case .theorem, .lemma, .corollary, .definition, .example:
      "What a text states: with a number, a title, and a name that references use."
    case .proof: "A proof, without a number."
    case .tabs: "One thing in several languages or for several systems, each below bold words."
    case .figures:
      "Several figures under one number: cells and images, each with a caption of its own."
    }
  }
}
