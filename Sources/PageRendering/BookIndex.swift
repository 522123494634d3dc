import BookModel

/// The whole book's numbers and names: what each reference and link leads to.
package struct BookIndex: Sendable {
  package let settings: BookSettings
  /// What the book may cite.
  let bibliography: Bibliography?
  /// What pages say, in the book's language.
  package let words: InterfaceWords
  /// In the order of reading.
  package let chapters: [ChapterOutline]
  /// Of the settings, which no chapter has.
  package var formulas: [WrittenFormula] {
    [settings.title, settings.description ?? ""].flatMap { TitleText($0).formulas }
      .map { WrittenFormula(formula: $0, range: nil) } + formulasOfSymbols
  }
  /// Of each of them.
  let chapterNumbers: [ChapterNumber]
  /// References and links that lead nowhere, and the like.
  package internal(set) var diagnostics: [Diagnostic] = []
  /// Files of the author's that pages show or link to, each once, in the order of the book.
  package internal(set) var localFiles: [LocalFile] = []

  /// Paths of chapters that were left out.
  let drafts: Set<String>
  private(set) var targets: [ReferenceTarget.Key: ReferenceTarget] = [:]
  /// Those whose names have marks that nobody types, by the names without them.
  private(set) var plainTargets: [ReferenceTarget.Key: ReferenceTarget] = [:]
  /// How many each chapter has, told or not.
  var unknownLinks: [String: Int] = [:]
  private var numbers: [String: ChapterNumber] = [:]
  /// Where each chapter stands among the others, by its slug.
  private var places: [String: Int] = [:]
  private(set) var pagesByPath: [String: String] = [:]
  private(set) var titles: [String: String] = [:]
  /// What is referred to from other pages, by the page where it stands; nil for the page itself.
  package internal(set) var mentions: [String: Set<String?>] = [:]
  /// The terms that the book defines.
  let glossary: Glossary
  /// In the order of their list.
  var symbols: [ListedSymbol] = []
  /// Titles of parts, by the place of the chapter that each begins with.
  package internal(set) var parts: [Int: String] = [:]

  package init(_ book: Book) {
    self.init(
      settings: book.settings, chapters: book.chapters.map(ChapterOutline.init),
      bibliography: book.bibliography)
  }

  /// - Precondition: slugs differ.
  package init(
    settings: BookSettings, chapters: [ChapterOutline], drafts: [String] = [],
    bibliography: Bibliography? = nil
  ) {
    self.settings = settings
    self.bibliography = bibliography
    words = InterfaceWords(of: settings.language)
    self.drafts = Set(drafts)
    self.chapters = chapters
    chapterNumbers = ChapterNumber.numbers(of: chapters)
    for (place, (chapter, number)) in zip(chapters, chapterNumbers).enumerated() {
      places[chapter.slug] = place
      numbers[chapter.slug] = number
      titles[chapter.slug] = TitleText(chapter.title).plain()
      pagesByPath[chapter.path] = chapter.slug
    }
    glossary = Glossary(chapters, language: settings.language)
    diagnostics = glossary.diagnostics
    for chapter in chapters { collectTargets(of: chapter) }
    plainTargets = Self.plainTargets(of: targets.values)
    // Pages of other chapters show definitions.
    for term in glossary.terms where term.isLinked && chapters.count > 1 {
      mentions[term.slug, default: []].insert(term.anchor)
    }
    checkNames()
    var seen: Set<String> = []
    for chapter in chapters {
      diagnostics += chapter.diagnostics
      for link in chapter.links { check(link, in: chapter, seen: &seen) }
    }
    checkCitations()
    collectSymbols()
  }

  /// All that a page shows of the book around it. Places in the text are no part of it: they move
  /// with every sentence.
  package struct Surroundings: Hashable, Sendable {
    fileprivate struct Entry: Hashable {
      var slug: String
      var title: String
      var description: String?
      var path: String
      var isAppendix: Bool
    }

    fileprivate var settings: BookSettings
    fileprivate var chapters: [Entry]
    fileprivate var targets: [ReferenceTarget.Key: ReferenceTarget]
    fileprivate var mentions: [String: Set<String?>]
    fileprivate var terms: [Glossary.Term]
  }

  package var surroundings: Surroundings {
    Surroundings(
      settings: settings,
      chapters: chapters.map {
        Surroundings.Entry(
          slug: $0.slug, title: $0.title, description: $0.description, path: $0.path,
          isAppendix: $0.isAppendix)
      },
      targets: targets.mapValues {
        var target = $0
        target.range = SourceRange(file: "", line: 1)
        return target
      }, mentions: mentions, terms: glossary.terms)
  }

  func number(ofChapter slug: String) -> ChapterNumber? { numbers[slug] }

  /// Among the chapters.
  func place(ofChapter slug: String) -> Int? { places[slug] }

  func outline(of slug: String) -> ChapterOutline? { places[slug].map { chapters[$0] } }

  /// A target on the page `slug`, or one anywhere whose id is unique in the book.
  package func target(_ id: String, from slug: String) -> ReferenceTarget? {
    targets[ReferenceTarget.Key(id: id, slug: slug)] ?? targets[ReferenceTarget.Key(id: id)]
  }
}

extension ReferenceTarget {
  /// Sections and places belong to their page; numbered things to the book, where `slug` is nil.
  package struct Key: Hashable, Sendable {
    package var id: String
    package var slug: String?
  }
}

// MARK: - Numbers

extension BookIndex {
  private mutating func collectTargets(of chapter: ChapterOutline) {
    let number = numbers[chapter.slug]?.text ?? ""
    for var target in chapter.targets {
      target.word = words[target.kind.rawValue]
      target.number = target.number.map { $0.isEmpty ? number : "\(number).\($0)" }
      if target.kind == .place || target.kind == .section && !target.isNamed {
        let key = ReferenceTarget.Key(id: target.id, slug: target.slug)
        if targets[key] == nil { targets[key] = target }
        continue
      }
      let key = ReferenceTarget.Key(id: target.id)
      if let first = targets[key] {
        diagnostics.append(
          Diagnostic(
            .error, .duplicateID, at: target.range,
            "id '\(target.id)' is taken; each id names one thing in the whole book",
            notes: [Diagnostic.Note("first used here", range: first.range)]))
      } else {
        targets[key] = target
      }
    }
  }
}
