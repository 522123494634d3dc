import BookModel

/// The terms that the book defines, and what is written of them in its text.
struct Glossary: Sendable {
  struct Term: Hashable, Sendable {
    var name: String
    /// The chapter that defines it.
    var slug: String
    var anchor: String
    var place: Place { Place(slug: slug, anchor: anchor) }
    /// Beside the name.
    var others: [String] = []
    /// False for one that no chapter leads to.
    var isLinked: Bool
  }

  /// Where a term is defined.
  struct Place: Hashable {
    var slug: String
    var anchor: String
  }

  private(set) var terms: [Term] = []
  /// The spellings of all, by the places of their terms.
  private(set) var finder = TermFinder()
  private(set) var diagnostics: [Diagnostic] = []

  /// Of the terms, those that chapters lead to.
  private var linkedCount = 0
  private var places: [Place: Int] = [:]
  private var ranges: [SourceRange] = []
  private var names: [String: Int] = [:]
  /// What stands in parentheses beside the names, with the places of its terms.
  private var beside: [(spelling: String, place: Int)] = []
  private let language: String

  init(_ chapters: [ChapterOutline], language: String) {
    self.language = language
    for chapter in chapters {
      guard let settings = chapter.glossary else { continue }
      if chapter.terms.isEmpty {
        diagnostics.append(
          Diagnostic(
            .error, .noTerms, at: SourceRange(file: chapter.path, line: 1),
            "glossary defines no term; a paragraph that begins with bold words does, such as "
              + "'**Batch.** The samples of one step.'"))
      }
      let first = terms.count
      for term in chapter.terms { define(term, in: chapter.slug) }
      for (name, spellings) in settings.terms {
        guard let place = place(of: name, from: first) else { continue }
        switch spellings {
        case .unlinked: terms[place].isLinked = false
        case .also(let others):
          for other in others { add(other, to: place) }
        }
      }
    }
    addPlurals()
    linkedCount = terms.count(where: \.isLinked)
    for chapter in chapters { check(chapter) }
  }

  private mutating func define(_ defined: DefinedTerm, in slug: String) {
    let (name, range) = (defined.term.value, defined.term.range)
    if !defined.hasDefinition {
      diagnostics.append(
        Diagnostic(
          .error, .emptyDefinition, at: range,
          "term '\(name)' has no definition; it follows the bold words in the same paragraph"))
    }
    let place = terms.count
    if let first = finder.add(name, of: place) {
      diagnostics.append(
        Diagnostic(
          .error, .duplicateTerm, at: range,
          "term '\(name)' is defined twice; a term has one definition in the whole book",
          notes: [Diagnostic.Note("first defined here", range: ranges[first])]))
      return
    }
    names[TermText(name).key] = place
    terms.append(Term(name: name, slug: slug, anchor: defined.anchor, isLinked: true))
    places[terms[place].place] = place
    ranges.append(range)
    if let other = defined.other {
      add(Located(other, at: range), to: place)
      beside.append((other, place))
    }
  }

  private mutating func add(_ spelling: Located<String>, to place: Int) {
    guard let owner = finder.add(spelling.value, of: place), owner != place else {
      terms[place].others.append(spelling.value)
      return
    }
    diagnostics.append(
      Diagnostic(
        .error, .duplicateTerm, at: spelling.range,
        "spelling '\(spelling.value)' belongs to two terms, '\(terms[owner].name)' and "
          + "'\(terms[place].name)'; each spelling leads to one definition"))
  }

  /// Only English makes the plural by a rule that a few lines can hold.
  private mutating func addPlurals() {
    guard Typography.applies(to: language) else { return }
    // A name goes before what only stands beside one.
    for (spelling, place) in terms.enumerated().map({ ($1.name, $0) }) + beside {
      for other in englishNumbers(of: spelling) { finder.add(other, of: place) }
    }
  }

  // MARK: What chapters say of terms

  /// - Parameter first: the place of the first term that may be meant.
  private mutating func place(of name: Located<String>, from first: Int = 0) -> Int? {
    if let place = names[TermText(name.value).key], place >= first { return place }
    let advice =
      nearest(to: name.value, in: terms[first...].map(\.name)).map { "did you mean '\($0)'?" }
      ?? "it has no entry that begins with these words in bold"
    diagnostics.append(
      Diagnostic(
        .error, .unknownTerm, at: name.range,
        "'\(name.value)' is no term of the glossary; \(advice)"))
    return nil
  }

  private mutating func check(_ chapter: ChapterOutline) {
    guard case .these(let names) = chapter.unlinked, let first = names.first else { return }
    if terms.isEmpty {
      diagnostics.append(
        Diagnostic(
          .error, .noTerms, at: first.range,
          "'unlinked' names a term, and the book has no glossary; 'glossary: true' in the front "
            + "matter of a chapter makes it one"))
      return
    }
    for name in names { _ = place(of: name) }
  }

  /// What is defined at a place, among `terms`.
  func term(at place: Place) -> Int? { places[place] }

  /// The terms that a chapter leads to.
  func linkedTerms(of chapter: Chapter) -> OpenTerms {
    guard chapter.frontMatter.glossary == nil,
      case .these(let unlinked) = chapter.frontMatter.unlinked
    else { return OpenTerms(terms, count: 0) }
    var open = OpenTerms(terms, count: linkedCount)
    for name in unlinked {
      if let place = names[TermText(name.value).key] { open.remove(place) }
    }
    return open
  }

  /// Terms of the glossary that a chapter has not led to yet. It keeps those that it has: a chapter uses
  /// few of a large glossary's.
  struct OpenTerms {
    private let terms: [Term]
    private var closed: Set<Int> = []
    private var count: Int

    fileprivate init(_ terms: [Term], count: Int) {
      self.terms = terms
      self.count = count
    }

    var isEmpty: Bool { count == 0 }

    func contains(_ term: Int) -> Bool {
      !isEmpty && terms[term].isLinked && !closed.contains(term)
    }

    /// False where it was not open.
    @discardableResult
    mutating func remove(_ term: Int) -> Bool {
      guard contains(term) else { return false }
      closed.insert(term)
      count -= 1
      return true
    }
  }
}
