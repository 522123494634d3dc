import BookModel
import ChapterParsing
import PageRendering
import Synchronization

/// What a book that is built again and again was made of last, so that a new sentence costs one
/// chapter's work and not the book's.
package struct BookMemory: Sendable {
  let chapters = Memo<[UInt8], ParsedChapter>()
  let outlines = Memo<Chapter, ChapterOutline>()
  let pages = Memo<PageInput, Page>()
  let highlighter = SwiftHighlighter(remembers: true)

  /// What is shown in the place of files.
  let drafts: ChapterDrafts?

  package init(drafts: ChapterDrafts? = nil) { self.drafts = drafts }

  struct ParsedChapter: Sendable {
    var chapter: Chapter?
    var diagnostics: [Diagnostic]

    /// Whether it holds lines of files, or would if those could be read.
    var showsFiles: Bool {
      chapter?.inclusions.isEmpty == false
        || diagnostics.contains { $0.id == .includedFile || $0.id == .snippetName }
    }
  }

  /// All that a page shows.
  struct PageInput: Hashable, Sendable {
    var chapter: Chapter
    var result: ChapterResult?
    var surroundings: BookIndex.Surroundings
    var math: [Formula: String]
    var works: CitedWorks
    var theme: BookTheme?
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
}
