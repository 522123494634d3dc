import BookModel
import ChapterParsing
import PageRendering
import Synchronization

/// What a book that is built again and again was made of last, so that a new sentence costs one
/// chapter's work and not the book's.
package struct BookMemory: Sendable {
  let chapters = Memo<[UInt8], ParsedChapter>()
  let outlines = Memo<Chapter, ChapterOutline>()
  let pages = Memo<PageInput, MadePage>()
  let surroundings = Editions<BookIndex.Surroundings>()
  let math = Editions<TypesetFormulas> { $1.serve($0) }
  let works = Editions<CitedWorks>()
  let theme = Editions<BookTheme?>()
  let highlighter = SwiftHighlighter(remembers: true)

  /// What is shown in the place of files.
  let drafts: ChapterDrafts?

  package init(drafts: ChapterDrafts? = nil) { self.drafts = drafts }

  /// Forgets chapters that the book has no more.
  func keep(only paths: Set<String>) {
    chapters.keep(only: paths)
    outlines.keep(only: paths)
    pages.keep(only: paths)
  }

  struct ParsedChapter: Sendable {
    var chapter: Chapter?
    var diagnostics: [Diagnostic]

    /// Whether it holds lines of files, or would if those could be read.
    var showsFiles: Bool {
      chapter?.inclusions.isEmpty == false
        || diagnostics.contains { $0.id == .includedFile || $0.id == .snippetName }
    }
  }

  /// All that a page shows. What pages share is as large as the book, and stands here by the number of its
  /// edition.
  struct PageInput: Hashable, Sendable {
    var chapter: Chapter
    var result: ChapterResult?
    var shared: Shared

    struct Shared: Hashable, Sendable {
      var surroundings: Int
      var math: Int
      var works: Int
      var theme: Int
    }
  }

  /// A page with what the search takes of it.
  struct MadePage: Sendable {
    var page: Page
    var searchPart: SearchPart

    init(_ page: Page) {
      self.page = page
      searchPart = SearchPart(page.searchEntries)
    }
  }
}

/// Numbers values that follow one another: while they are the same, so is their number.
final class Editions<Value: Sendable>: Sendable {
  private let latest = Mutex<(value: Value, number: Int)?>(nil)
  private let areSame: @Sendable (_ old: Value, _ new: Value) -> Bool

  init(areSame: @escaping @Sendable (_ old: Value, _ new: Value) -> Bool) {
    self.areSame = areSame
  }

  convenience init() where Value: Equatable { self.init { $0 == $1 } }

  func number(of value: Value) -> Int {
    latest.withLock { latest in
      var number = latest?.number ?? 0
      if let latest, !areSame(latest.value, value) { number += 1 }
      latest = (value, number)
      return number
    }
  }
}

/// One value for each name, made anew where it would be made of something else.
final class Memo<Input: Equatable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    var input: Input
    var value: Value
  }

  private let entries = Mutex<[String: Entry]>([:])

  func value(named name: String, of input: Input, make: () -> Value) -> Value {
    if let known = entries.withLock({ $0[name] }), known.input == input { return known.value }
    let value = make()
    entries.withLock { $0[name] = Entry(input: input, value: value) }
    return value
  }

  /// Forgets what is named otherwise, where there is more than these names have.
  func keep(only names: Set<String>) {
    entries.withLock { entries in
      if entries.count > names.count { entries = entries.filter { names.contains($0.key) } }
    }
  }
}
