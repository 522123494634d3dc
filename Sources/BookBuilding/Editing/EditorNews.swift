import BookModel

/// What a build says to the editors in its pages, by the page's path.
package struct EditorNews: Hashable, Sendable, Encodable {
  /// A diagnostic with its place in the text that was built.
  package struct Message: Hashable, Sendable, Encodable {
    var severity: String
    var id: String
    /// From 1; the column in bytes.
    var line: Int
    var column: Int
    var text: String
    var notes: [String]
  }

  /// What a learner is told of an exercise.
  package struct Attempt: Hashable, Sendable, Encodable {
    /// Index of the cell with the starter.
    var cell: Int
    var passed: Int
    /// Sentences of the conditions that do not hold, each once.
    var failed: [String]
    /// Why the code stopped; nil where it did not.
    var stop: String?
    var printed: String
  }

  package var messages: [String: [Message]] = [:]
  package var attempts: [String: [Attempt]] = [:]
  /// How many diagnostics have no place in a chapter.
  package var placeless = 0

  package init() {}
}

extension EditorNews {
  init(_ outcome: BookBuild.Outcome, drafts: ChapterDrafts?) {
    let pages = Dictionary(
      (outcome.book?.chapters ?? []).map { ($0.path, "\($0.slug).html") },
      uniquingKeysWith: { first, _ in first })
    for diagnostic in outcome.diagnostics {
      guard let range = diagnostic.range else {
        placeless += 1
        continue
      }
      // A chapter that cannot be read at all has its page still.
      let name = range.file.split(separator: "/").last ?? ""
      let page = pages[range.file] ?? "\(name.hasSuffix(".md") ? name.dropLast(3) : name).html"
      messages[page, default: []].append(
        Message(
          severity: diagnostic.severity.rawValue, id: "\(diagnostic.id)", line: range.start.line,
          column: range.start.column, text: diagnostic.summary,
          notes: diagnostic.notes.map(\.summary)))
    }
    for chapter in outcome.book?.chapters ?? [] where drafts?[chapter.path] != nil {
      guard let result = outcome.results[chapter.slug] else { continue }
      let current = outcome.known[chapter.slug]?.current ?? []
      let found = chapter.exercises.compactMap { exercise -> Attempt? in
        guard current.contains(exercise.starter.index), let cell = result[exercise.starter] else {
          return nil
        }
        return Attempt(exercise.starter.index, cell)
      }
      if !found.isEmpty { attempts["\(chapter.slug).html"] = found }
    }
  }
}

extension EditorNews.Attempt {
  fileprivate init(_ index: Int, _ result: CellResult) {
    self.init(cell: index, passed: 0, failed: [], stop: result.expectedFailure, printed: "")
    for output in result.outputs {
      switch output {
      case .check(let outcome) where outcome.holds: passed += 1
      case .check(let outcome):
        if !failed.contains(outcome.sentence) { failed.append(outcome.sentence) }
      case .console(let text), .text(let text): printed += TerminalText(text).plain
      case .markdown, .html, .svg, .control: continue
      }
    }
  }
}

extension BookBuild.Outcome {
  /// A learner who has solved an exercise is not told that it asks nothing: that is for its author,
  /// whose starter is the file's.
  mutating func forgiveLearners(_ drafts: ChapterDrafts) {
    diagnostics.removeAll { diagnostic in
      diagnostic.id == .starterPasses && diagnostic.range.map { drafts[$0.file] != nil } ?? false
    }
  }
}
