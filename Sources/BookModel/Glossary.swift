/// What a chapter's front matter says of the glossary that it is.
package struct GlossarySettings: Hashable, Sendable {
  /// What is said of one of its terms.
  package enum Spellings: Hashable, Sendable {
    /// How the term is written as well, such as a plural that no rule makes.
    case also([Located<String>])
    /// The term is defined, and other chapters do not lead to it.
    case unlinked
  }

  package var terms: [(name: Located<String>, spellings: Spellings)]

  package init(terms: [(name: Located<String>, spellings: Spellings)] = []) {
    self.terms = terms
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.terms.elementsEqual(b.terms) { $0.name == $1.name && $0.spellings == $1.spellings }
  }

  package func hash(into hasher: inout Hasher) {
    for (name, spellings) in terms {
      hasher.combine(name)
      hasher.combine(spellings)
    }
  }
}

/// The terms of the glossary that a chapter does not lead to.
package enum UnlinkedTerms: Hashable, Sendable {
  case all
  case these([Located<String>])
}
